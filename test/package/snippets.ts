import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import * as ts from 'typescript';
import { ROOT, sources } from './compiled';

/** A program that a user may copy, and where each of its lines comes from. */
export interface Snippet {
  /** Where it begins, for example `README.md:12`. */
  readonly name: string;
  readonly lines: readonly { readonly text: string; readonly origin: string }[];
}

/** The file of jsii-rosetta's own convention: what an example may take for granted. */
const FIXTURE = join(ROOT, 'rosetta/default.ts-fixture');
/** Where the compiler takes snippets to lie: from there modules resolve as in the repository. */
export const FOLDER = join(ROOT, '.cache/snippets');
const CONTINUED = '// …continued';

/** What a snippet is written in: the options of the repository, and the liberty to declare more than it uses. */
function compilerOptions(): ts.CompilerOptions {
  const file = join(ROOT, 'test/tsconfig.json');
  const { config } = ts.readConfigFile(file, ts.sys.readFile);
  return {
    ...ts.parseJsonConfigFileContent(config, ts.sys, join(ROOT, 'test')).options,
    noUnusedLocals: false,
    noUnusedParameters: false,
    moduleDetection: ts.ModuleDetectionKind.Force,
  };
}

/** A program of snippets, which exist in memory alone. */
function createProgram(snippets: readonly string[]): { readonly program: ts.Program; readonly paths: string[] } {
  const options = compilerOptions();
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  const texts = new Map(snippets.map((text, index) => [join(FOLDER, `${index}.ts`).replace(/\\/g, '/'), text]));
  host.fileExists = file => texts.has(file) || fileExists(file);
  host.getSourceFile = (file, version, ...rest) => {
    const text = texts.get(file);
    return text === undefined ? getSourceFile(file, version, ...rest) : ts.createSourceFile(file, text, version, true);
  };
  const paths = [...texts.keys()];
  return { program: ts.createProgram({ rootNames: paths, options, host }), paths };
}

/**
 * What the compiler says about each snippet, each with the place that it comes from.
 *
 * @returns the errors by the name of the snippet; one that is right has an empty list
 */
export function typeErrors(snippets: readonly Snippet[]): Map<string, string[]> {
  const { program, paths } = createProgram(snippets.map(({ lines }) => lines.map(line => line.text).join('\n')));
  return new Map(snippets.map(({ name, lines }, index) => {
    const file = program.getSourceFile(paths[index])!;
    const errors = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(({ start, messageText }) => {
      const line = lines[file.getLineAndCharacterOfPosition(start ?? 0).line];
      return `${line?.origin ?? name}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
    });
    return [name, errors];
  }));
}

/** A snippet out of a text of one's own. */
export function snippet(name: string, text: string): Snippet {
  return { name, lines: text.split('\n').map(line => ({ text: line, origin: name })) };
}

/** README.md and the pages of docs/. */
export function pages(): string[] {
  const docs = existsSync(join(ROOT, 'docs')) ? readdirSync(join(ROOT, 'docs')).filter(file => file.endsWith('.md')).sort() : [];
  return ['README.md', ...docs.map(file => `docs/${file}`)];
}

/**
 * The TypeScript blocks of a page. Each is a complete program, unless it begins with the line `// …continued`: then it goes on where the
 * block before it ended.
 */
export function pageSnippets(page: string): Snippet[] {
  const snippets: { name: string; lines: { text: string; origin: string }[] }[] = [];
  let open: { text: string; origin: string }[] | undefined;
  readFileSync(join(ROOT, page), 'utf8').split(/\r?\n/).forEach((text, index, all) => {
    const origin = `${page}:${index + 1}`;
    if (open) {
      if (text.startsWith('```')) {
        open = undefined;
      } else {
        open.push({ text, origin });
      }
    } else if (/^\s*```(ts|typescript)\s*$/.test(text)) {
      if (/^\s/.test(text)) {
        throw new Error(`${origin}: put the block at the beginning of the line.`);
      }
      if (all[index + 1] === CONTINUED && snippets.length > 0) {
        open = snippets[snippets.length - 1].lines;
      } else {
        open = [];
        snippets.push({ name: `${page}:${index + 2}`, lines: open });
      }
    }
  });
  return snippets;
}

/** What stands before and after an example of a doc comment, so that it is a program. */
export function exampleFixture(): { readonly before: string; readonly after: string } {
  const [before, after] = readFileSync(FIXTURE, 'utf8').split(/^\/\/\/ here\n/m);
  return { before, after };
}

/** The examples of the library's doc comments, each a program. */
export function exampleSnippets(): Snippet[] {
  const { before, after } = exampleFixture();
  return sources().flatMap(source => examplesOf(join(ROOT, 'lib', source)).map(({ line, text }): Snippet => {
    const origin = `${relative(ROOT, join(ROOT, 'lib', source)).replace(/\\/g, '/')}:${line}`;
    const around = (part: string) => part.trimEnd().split('\n').map(content => ({ text: content, origin: `${origin} (around the example)` }));
    const lines = text.split('\n').map((content, index) => ({ text: content, origin: `${origin} (line ${index + 1} of the example)` }));
    return { name: origin, lines: [...around(before), ...lines, ...around(after)] };
  }));
}

function examplesOf(file: string): { readonly line: number; readonly text: string }[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
  const found: { line: number; text: string }[] = [];
  const visit = (node: ts.Node): void => {
    for (const tag of ts.getJSDocTags(node)) {
      // A tag is also that of the parameters and variables below the node that carries it.
      if (tag.tagName.text === 'example' && tag.parent.parent === node) {
        const line = source.getLineAndCharacterOfPosition(tag.getStart()).line + 1;
        found.push({ line, text: ts.getTextOfJSDocComment(tag.comment) ?? '' });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
