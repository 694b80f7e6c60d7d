import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Code, CODES } from '../lib/diagnostics/codes';
import { formatDiagnostic, Severity } from '../lib/diagnostics/diagnostic';
import { raise } from '../test/diagnostics/catalogue';

const ROOT = join(__dirname, '..');

export const DIAGNOSTICS_PAGE = join(ROOT, 'docs/diagnostics.md');

const INTRODUCTION = `# Diagnostics

Everything that is wrong with an app is found in one synth and said at once, each finding with its code, the path of the construct, the property as
you wrote it, what is wrong, and what to write instead:

- an **error** stops the synth: nothing is written, the exit status is not 0, and what an earlier run wrote stays;
- a **warning** is printed to standard error, and the output is written. Mend it, or accept it where it is right, with the reason:
  \`Diagnostics.of(construct).acknowledge('hardening-off', 'writes beside its binary')\` holds for the construct and everything below it;
- an **info** is only in the list that \`Diagnostics.of(app).collect()\` returns.

Under a stock cdk8s \`App\` the errors come as validation messages. In a test, \`Diagnostics.of(chart).errors()\` and \`warnings()\` give them as values.

Everything below is what the examples in \`test/diagnostics/catalogue.ts\` really print.
`;

/** The groups of the table are comments in its source. */
function groups(): { readonly title: string; readonly codes: readonly Code[] }[] {
  const source = readFileSync(join(ROOT, 'lib/diagnostics/codes.ts'), 'utf8');
  const found: { title: string; codes: Code[] }[] = [];
  for (const [, title, code] of source.matchAll(/^ {2}(?:\/\/ (.+)|'([a-z-]+)': (?:error|warning|info)\()/gm)) {
    if (title !== undefined) {
      found.push({ title, codes: [] });
    } else {
      found[found.length - 1].codes.push(code as Code);
    }
  }
  const listed = found.flatMap(({ codes }) => codes);
  const unlisted = Object.keys(CODES).filter(code => !listed.includes(code as Code));
  if (unlisted.length > 0) {
    throw new Error(`lib/diagnostics/codes.ts: no group was found for ${unlisted}.`);
  }
  return found;
}

function section(code: Code): string {
  const { severity, meaning } = CODES[code];
  return `### \`${code}\`

${severity === Severity.INFO ? 'Info' : severity === Severity.WARNING ? 'Warning' : 'Error'}. ${meaning}

\`\`\`text
${raise(code).map(formatDiagnostic).join('\n')}
\`\`\`
`;
}

/** The page of all codes. */
export function diagnosticsPage(): string {
  const all = groups();
  const table = all.map(({ title, codes }) => `| ${title} | ${codes.map(code => `[${code}](#${code})`).join(', ')} |`);
  return [
    INTRODUCTION,
    ['| about | codes |', '|---|---|', ...table, ''].join('\n'),
    ...all.flatMap(({ title, codes }) => [`## ${title[0].toUpperCase()}${title.slice(1)}\n`, ...codes.map(section)]),
  ].join('\n');
}

if (require.main === module) {
  writeFileSync(DIAGNOSTICS_PAGE, diagnosticsPage());
  console.log(`docs/diagnostics.md: ${Object.keys(CODES).length} codes`);
}
