import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import * as ts from 'typescript';

/** The first line of what this tool writes. */
const MARK = '// Written by tools/lazy-index.ts: each name loads its file when it is touched.';
const MODULE_MARK = '// Written by tools/lazy-index.ts for bundlers, which leave out the files of the names that nobody imports.';

/** A name that the package offers, and the file that defines it. A namespace is its whole file. */
interface Entry {
  readonly name: string;
  /** Relative to the index, as `require` takes it. */
  readonly file: string;
  readonly namespace: boolean;
}

/**
 * Turns a compiled `index.js` that re-exports eagerly into one of getters, so that touching a name loads the file that defines it and
 * nothing else. Beside it comes `index.mjs`, which says the same in a way that bundlers see through. The declarations (`index.d.ts`) say
 * which names there are; running it again changes nothing.
 *
 * @param folder the folder of `index.js` and `index.d.ts`
 * @returns the names
 */
export function lazyIndex(folder: string): string[] {
  const index = join(folder, 'index.js');
  const declarations = join(folder, 'index.d.ts');
  for (const file of [index, declarations]) {
    if (!existsSync(file)) {
      throw new Error(`${file} does not exist: compile first (npx projen compile).`);
    }
  }
  const { entries, effects } = readIndex(declarations);
  const before = readFileSync(index, 'utf8');
  if (!before.startsWith(`"use strict";\n${MARK}`)) {
    const eager = namesOf(index);
    const [missing, unknown] = [without(eager, entries.map(({ name }) => name)), without(entries.map(({ name }) => name), eager)];
    if (missing.length + unknown.length > 0) {
      throw new Error(`${index} and its declarations disagree: only index.js has [${missing}], only index.d.ts has [${unknown}].`);
    }
  }
  const text = render(entries, effects);
  const module = join(folder, 'index.mjs');
  const moduleText = renderModule(folder, entries, effects);
  if (text !== before || !existsSync(module) || moduleText !== readFileSync(module, 'utf8')) {
    replaceFile(index, text);
    replaceFile(module, moduleText);
    try {
      verify(index, entries, effects);
    } catch (problem) {
      replaceFile(index, before);
      rmSync(module);
      throw problem;
    }
  }
  return entries.map(({ name }) => name);
}

/** The names that exist at run time, in the order of their code units, and the files that are imported for what they do. */
function readIndex(declarations: string): { entries: Entry[]; effects: string[] } {
  const program = ts.createProgram({ rootNames: [declarations], options: OPTIONS, host: hostOfRelativeImports() });
  const source = program.getSourceFile(declarations)!;
  const effects = source.statements.filter(isEffect).map(({ moduleSpecifier }) => (moduleSpecifier as ts.StringLiteral).text);
  for (const statement of source.statements.filter(other => !isEffect(other))) {
    if (!ts.isExportDeclaration(statement) || !statement.moduleSpecifier) {
      throw new Error(`${declarations}: '${statement.getText(source)}' is no re-export; an index only lists what its rooms offer.`);
    }
  }
  const checker = program.getTypeChecker();
  const exports = checker.getExportsOfModule(checker.getSymbolAtLocation(source)!);
  const entries = exports.flatMap((symbol): Entry[] => {
    const { name } = symbol;
    const target = has(symbol, ts.SymbolFlags.Alias) ? checker.getAliasedSymbol(symbol) : symbol;
    const [declaration] = target.declarations ?? [];
    if (!declaration) {
      throw new Error(`${declarations}: '${name}' leads nowhere.`);
    }
    if (!has(target, ts.SymbolFlags.Value)) {
      return [];
    }
    if (target.name !== name && !ts.isSourceFile(declaration)) {
      throw new Error(`${declarations}: '${name}' is called '${target.name}' where it is defined; export it by its own name.`);
    }
    const file = relative(dirname(declarations), declaration.getSourceFile().fileName).replace(/\\/g, '/').replace(/(\/index)?\.d\.ts$/, '');
    return [{ name, file: `./${file}`, namespace: ts.isSourceFile(declaration) }];
  }).sort((a, b) => a.name < b.name ? -1 : 1);
  return { entries, effects };
}

/** `import './file';`, which stays what it was and comes first. */
function isEffect(statement: ts.Statement): statement is ts.ImportDeclaration {
  return ts.isImportDeclaration(statement) && !statement.importClause;
}

function has(symbol: ts.Symbol, flag: ts.SymbolFlags): boolean {
  // eslint-disable-next-line no-bitwise -- the compiler's flags are bits
  return (symbol.flags & flag) !== 0;
}

const OPTIONS: ts.CompilerOptions = { noLib: true, types: [], module: ts.ModuleKind.CommonJS, moduleResolution: ts.ModuleResolutionKind.Node10 };

/** Other packages cannot define what this one offers, and reading them takes seconds. */
function hostOfRelativeImports(): ts.CompilerHost {
  const host = ts.createCompilerHost(OPTIONS);
  return {
    ...host,
    resolveModuleNameLiterals: (literals, containingFile) => literals.map(({ text }) => {
      const base = resolve(dirname(containingFile), text);
      const file = text.startsWith('.') ? [`${base}.d.ts`, join(base, 'index.d.ts')].find(candidate => existsSync(candidate)) : undefined;
      return { resolvedModule: file === undefined ? undefined : { resolvedFileName: file, extension: ts.Extension.Dts } };
    }),
  };
}

function render(entries: readonly Entry[], effects: readonly string[]): string {
  return [
    '"use strict";',
    MARK,
    'Object.defineProperty(exports, "__esModule", { value: true });',
    // Node finds the names for `import { … }` by reading the text; assignments it understands, the getters below it does not.
    ...entries.map(({ name }) => `exports.${name} = void 0;`),
    ...effects.map(file => `require("${file}");`),
    'const lazy = (name, load) => Object.defineProperty(exports, name, {',
    '    enumerable: true,',
    '    configurable: true,',
    '    get: () => {',
    '        const value = load();',
    '        Object.defineProperty(exports, name, { enumerable: true, configurable: true, value });',
    '        return value;',
    '    },',
    '});',
    ...entries.map(({ name, file, namespace }) => `lazy("${name}", () => require("${file}")${namespace ? '' : `.${name}`});`),
    '',
  ].join('\n');
}

/** The names again, as static exports. Node itself never reads it: there all of the files would be loaded at once. */
function renderModule(folder: string, entries: readonly Entry[], effects: readonly string[]): string {
  const fileOf = (file: string): string => {
    const candidates = [`${file}.js`, `${file}/index.mjs`, `${file}/index.js`];
    return candidates.find(candidate => existsSync(join(folder, candidate)))!;
  };
  return [
    MODULE_MARK,
    ...effects.map(file => `import '${fileOf(file)}';`),
    ...entries.map(({ name, file, namespace }) => `export ${namespace ? `* as ${name}` : `{ ${name} }`} from '${fileOf(file)}';`),
    '',
  ].join('\n');
}

/** Loads the result in a process of its own: plain Node, as users do. */
function verify(index: string, entries: readonly Entry[], effects: readonly string[]): void {
  const faults = runNode(`
    const [index, entries, effects] = ${JSON.stringify([resolve(index), entries, effects])};
    const path = require('path');
    effects.forEach(file => require(path.join(path.dirname(index), file)));
    const before = Object.keys(require.cache);
    const lazy = require(index);
    const own = Object.keys(require.cache).filter(file => file.startsWith(path.dirname(index)) && !before.includes(file));
    const faults = own.length === 1 ? [] : ['loading it loads ' + own.join(', ')];
    if (JSON.stringify(Object.keys(lazy)) !== JSON.stringify(entries.map(entry => entry.name))) {
      faults.push('its keys are ' + Object.keys(lazy));
    }
    for (const { name, file, namespace } of entries) {
      const target = require(path.join(path.dirname(index), file));
      const expected = namespace ? target : target[name];
      if (expected === undefined || lazy[name] !== expected) {
        faults.push(name + ' is not what ' + file + ' defines');
      }
    }
    import(require('url').pathToFileURL(path.join(path.dirname(index), 'index.mjs'))).then(module => {
      for (const { name, namespace } of entries) {
        if (namespace ? Object.keys(lazy[name]).some(key => module[name][key] !== lazy[name][key]) : module[name] !== lazy[name]) {
          faults.push(name + ' of index.mjs is another');
        }
      }
    }).catch(problem => faults.push('index.mjs: ' + problem.message)).then(() => process.stdout.write(JSON.stringify(faults)));`);
  if (faults.length > 0) {
    throw new Error(`${index} cannot be made lazy: ${faults.join('; ')}.`);
  }
}

function namesOf(index: string): string[] {
  return runNode(`process.stdout.write(JSON.stringify(Object.keys(require(${JSON.stringify(resolve(index))}))))`);
}

function runNode(script: string): string[] {
  return JSON.parse(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }));
}

function replaceFile(file: string, text: string): void {
  writeFileSync(`${file}.tmp`, text);
  renameSync(`${file}.tmp`, file);
}

function without(names: readonly string[], others: readonly string[]): string[] {
  return names.filter(name => !others.includes(name));
}

if (require.main === module) {
  // The submodules first: who touches one of their names loads that alone.
  for (const folder of ['lib/local', 'lib/testing', 'lib']) {
    const names = lazyIndex(join(__dirname, '..', folder));
    console.log(`${folder}/index.js: ${names.length} names, each loaded when it is touched; index.mjs for bundlers`);
  }
}
