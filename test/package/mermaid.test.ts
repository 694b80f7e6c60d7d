import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pageBlocks } from './page-programs';
import { pages } from './snippets';

/** What is drawn of a diagram, or why it cannot be. */
interface Rendered {
  readonly text?: string;
  readonly error?: string;
}

function render(sources: readonly string[]): Rendered[] {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(__dirname, 'mermaid/render.mjs')], { encoding: 'utf8', input: JSON.stringify(sources) });
  if (status !== 0) {
    throw new Error(`the diagrams were not rendered: ${stderr}`);
  }
  return JSON.parse(stdout);
}

/** Words without the spaces and line breaks that a diagram sets as it likes. */
const closed = (text: string) => text.replace(/<br\s*\/?>|\s/g, '');

test('the diagrams of the documents render, and every label is drawn', () => {
  const diagrams = [...pages(), 'CONTRIBUTING.md', 'bench/README.md'].flatMap(pageBlocks).filter(({ language }) => language === 'mermaid');
  const rendered = render(diagrams.map(({ text }) => text));
  const wrong = diagrams.flatMap(({ origin, text }, index) => {
    const { error, text: drawn = '' } = rendered[index];
    const labels = [...text.matchAll(/"([^"]+)"/g)].map(([, label]) => label);
    return error === undefined
      ? labels.filter(label => !closed(drawn).includes(closed(label))).map(label => `${origin}: '${label}' is not drawn`)
      : [`${origin}: ${error}`];
  });
  expect(wrong).toEqual([]);
  expect(rendered.filter(({ text }) => text)).not.toHaveLength(0);
}, 60_000);

test('a diagram that is broken is told from one that is not', () => {
  const [whole, broken, unknown] = render(['flowchart LR\n  a["one"] --> b["two<br/>lines"]', 'flowchart LR\n  a["one"] -->', 'flow nonsense']);
  expect(closed(whole.text!)).toBe('onetwolines');
  expect(broken.error).toMatch(/^Parse error on line /);
  expect(unknown.error).toMatch(/^No diagram type detected/);
}, 60_000);
