import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { corpusPaths } from './coverage/corpus-paths';
import { type Covered, cover, Means } from './coverage/coverage';

const PAGE = join(__dirname, '../docs/coverage.md');
const MOST_USED = 150;

function introduction(covered: readonly Covered[]): string {
  const count = (means: Means) => covered.filter(each => each.means === means).length;
  const mostUsed = [...covered].sort((a, b) => b.projects - a.projects || b.objects - a.objects).slice(0, MOST_USED);
  return `# What can be said

The fields of Kubernetes' own kinds that at least two of 24 public projects write (1,363 objects, November 2026), and by what each is set here. Pod
templates of all kinds are counted together. The table is made by \`npx projen coverage-doc\`, which synthesises an app for each property and
each pass-through and looks for the field in what comes out.

| | fields |
|---|---|
${Object.values(Means).map(means => `| ${means} | ${count(means)} |`).join('\n')}
| **all** | **${covered.length}** |

Of the ${MOST_USED} fields that most projects write, ${mostUsed.filter(({ means }) => means === Means.TYPED).length} are set by a typed property.

- **typed property**: a property of a construct, or what the construct writes by itself.
- **typed pass-through**: a struct with every field of the Kubernetes type, merged last (\`podFields\`, \`containerFields\`, \`deploymentFields\` …).
- **not by design**: nobody should write it in a service's definition; the reason stands beside it.
- **set-up of a cluster**: kinds that belong to who runs the cluster; plain cdk8s writes them beside ours.
`;
}

function section(kind: string, covered: readonly Covered[]): string {
  const rows = covered.filter(({ path }) => path.split('.')[0] === kind).sort((a, b) => b.projects - a.projects || b.objects - a.objects || (a.path < b.path ? -1 : 1));
  return `## ${kind}

| field | projects | set by | |
|---|---|---|---|
${rows.map(({ path, projects, means, by }) => `| \`${path.slice(kind.length + 1) || kind}\` | ${projects} | ${by || '—'} | ${means} |`).join('\n')}
`;
}

/** The page; nothing where the corpus is not there. */
export function renderCoverage(): string | undefined {
  const paths = corpusPaths();
  if (!paths) {
    return undefined;
  }
  const covered = cover(paths);
  const kinds = [...new Set(covered.map(({ path }) => path.split('.')[0]))].sort();
  return [introduction(covered), ...kinds.map(kind => section(kind, covered))].join('\n');
}

export const COVERAGE_PAGE = PAGE;

if (require.main === module) {
  const text = renderCoverage();
  if (text === undefined) {
    console.error('The corpus is not beside the project (../shared/corpus), and CORPUS names no other place: docs/coverage.md stays as it is.');
  } else {
    writeFileSync(PAGE, text);
  }
}
