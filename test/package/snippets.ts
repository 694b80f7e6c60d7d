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

const PRELUDE = join(__dirname, 'example-prelude.ts');
/** No such folder exists; from there modules resolve as in the repository. */
const FOLDER = join(ROOT, '.cache/snippets');
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

/** A program of files on the disk and of snippets, which exist in memory alone. */
function createProgram(
  snippets: readonly string[], files: readonly string[], previous?: ts.Program,
): { readonly program: ts.Program; readonly paths: string[] } {
  const options = compilerOptions();
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  const texts = new Map(snippets.map((text, index) => [join(FOLDER, `${index}.ts`).replace(/\\/g, '/'), text]));
  host.fileExists = file => texts.has(file) || fileExists(file);
  host.getSourceFile = (file, version, ...rest) => {
    const text = texts.get(file);
    return text === undefined
      ? previous?.getSourceFile(file) ?? getSourceFile(file, version, ...rest)
      : ts.createSourceFile(file, text, version, true);
  };
  const paths = [...texts.keys()];
  return { program: ts.createProgram({ rootNames: [...paths, ...files], options, host }), paths };
}

/**
 * What the compiler says about each snippet, each with the place that it comes from.
 *
 * @returns the errors by the name of the snippet; one that is right has an empty list
 */
export function typeErrors(snippets: readonly Snippet[], previous?: ts.Program): Map<string, string[]> {
  const { program, paths } = createProgram(snippets.map(({ lines }) => lines.map(line => line.text).join('\n')), [], previous);
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

/** The examples of the library's doc comments, each with what it may take for granted: example-prelude.ts. */
export function exampleSnippets(): { readonly snippets: Snippet[]; readonly program: ts.Program } {
  const { program } = createProgram([], [PRELUDE]);
  const checker = program.getTypeChecker();
  const prelude = checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(PRELUDE)!)!).map(({ name }) => name);
  const before = `import { ${prelude.join(', ')} } from '../../test/package/example-prelude'; {`;
  const snippets = sources().flatMap(source => examplesOf(join(ROOT, 'lib', source)).map(({ line, text }): Snippet => {
    const origin = `${relative(ROOT, join(ROOT, 'lib', source)).replace(/\\/g, '/')}:${line}`;
    const lines = text.split('\n').map((content, index) => ({ text: content, origin: `${origin} (line ${index + 1} of the example)` }));
    // An example that imports is a program of its own; the others stand in a block, so that they may give their own meaning to a name.
    return /^import /m.test(text) ? { name: origin, lines } : { name: origin, lines: [{ text: before, origin }, ...lines, { text: '}', origin }] };
  }));
  return { snippets, program };
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
