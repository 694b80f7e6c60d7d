import { fieldLines, type ReportLine } from './field-text';
import type { ObjectChange } from './manifest-diff';
import { titleOf } from './object-title';

/** How a difference is written down. */
export type DiffFormat = 'text' | 'markdown' | 'json';

/** GitHub takes no comment of more than 65,536 characters. */
const MAX_COMMENT = 60_000;
/** By it a pipeline finds the comment that it wrote before. */
const COMMENT_MARK = '<!-- cdk8s-golden-path diff -->';
const MARKS = { added: '+', removed: '-', changed: '~' } as const;

/** What differs, for people or programs. */
export function renderDiff(changes: readonly ObjectChange[], format: DiffFormat): string {
  switch (format) {
    case 'markdown': return renderMarkdown(changes);
    case 'json': return JSON.stringify({ equal: changes.length === 0, ...count(changes), objects: changes.map(toJson) }, undefined, 2);
    case 'text': return changes.length === 0 ? summary(changes) : [...reportLines(changes).map(({ mark, text }) => `${mark} ${text}`), '', summary(changes)].join('\n');
  }
}

function count(changes: readonly ObjectChange[]): { readonly [change in ObjectChange['change']]: number } {
  const of = (wanted: string): number => changes.filter(({ change }) => change === wanted).length;
  return { added: of('added'), removed: of('removed'), changed: of('changed') };
}

/** Such as `2 objects changed, 1 added`. */
function summary(changes: readonly ObjectChange[]): string {
  const { changed, added, removed } = count(changes);
  const parts = Object.entries({ changed, added, removed }).filter(([, number]) => number > 0);
  return parts.length === 0
    ? 'no changes'
    : parts.map(([change, number], index) => `${number} ${index > 0 ? '' : number === 1 ? 'object ' : 'objects '}${change}`).join(', ');
}

function reportLines(changes: readonly ObjectChange[]): ReportLine[] {
  let last: string | undefined;
  return changes.flatMap(({ object, change, fields }): ReportLine[] => {
    const heading = object.environment === (last ?? '') ? [] : [{ mark: ' ' as const, text: `${object.environment}:` }];
    last = object.environment;
    return [
      ...heading,
      { mark: MARKS[change], text: titleOf(object) },
      ...fields.flatMap(fieldLines).map(({ mark, text }) => ({ mark, text: `  ${text}` })),
    ];
  });
}

/** In the words that a `diff` block colours. */
function renderMarkdown(changes: readonly ObjectChange[]): string {
  const title = `${COMMENT_MARK}\n**Manifests:** ${summary(changes)}`;
  if (changes.length === 0) {
    return title;
  }
  const lines = reportLines(changes).map(({ mark, text }) => `${mark === '~' ? '!' : mark} ${text}`);
  let size = 0;
  const shown = lines.filter(line => (size += line.length + 1) <= MAX_COMMENT);
  const rest = lines.length - shown.length;
  const ticks = Math.max(2, ...shown.flatMap(line => line.match(/`+/g) ?? []).map(run => run.length));
  const fence = '`'.repeat(ticks + 1);
  return [title, '', `${fence}diff`, ...shown, fence, ...rest > 0 ? ['', `${rest} more lines do not fit into a comment.`] : []].join('\n');
}

function toJson({ object: { environment, apiVersion, kind, namespace, name }, change, fields }: ObjectChange): object {
  return {
    ...environment !== '' && { environment },
    apiVersion,
    kind,
    ...namespace !== '' && { namespace },
    name,
    change,
    ...change === 'changed' && {
      fields: fields.map(({ path, before, after, hidden }) => ({
        path,
        change: before === undefined ? 'added' : after === undefined ? 'removed' : 'changed',
        ...hidden ? { hidden } : { before, after },
      })),
    },
  };
}
