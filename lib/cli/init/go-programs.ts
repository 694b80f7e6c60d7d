import { join, posix } from 'path';
import { DEFAULT_PORTS, dockerfilePorts, type ExposedPorts } from './dockerfile-ports';
import { compareStrings } from '../../definition/json';
import { parseGoMod } from '../../images/go/go-mod-file';
import { isGoVersion } from '../../images/go/go-version';
import { parseGoWork } from '../../images/go/go-work-file';
import { entriesOf, readText } from '../../images/source-files';
import { below, insideOf, lastPart, normalFolder } from '../../images/source-folder';

/** A program of a Go module. */
export interface GoProgram {
  /** The folder of the module, relative to where one stands. */
  readonly module: string;
  /** The package, as `go build` takes it; nothing for that of the module's own folder. */
  readonly main?: string;
  /** What the build must read beside the module's own folder. */
  readonly context?: string;
  /** Where the module does not say which Go it wants. */
  readonly goVersion?: string;
  readonly ports: ExposedPorts;
  /** A good name for its service, which another program may have as well; and a longer one. */
  readonly names: readonly [string, string];
}

/** What there is of Go below a folder. */
export interface GoFindings {
  readonly programs: readonly GoProgram[];
  /** The path of the module of the folder itself, or that of the first below. */
  readonly modulePath?: string;
  /** Whether the folder itself is a module. */
  readonly isModule: boolean;
  /** What was seen and cannot be used as it is. */
  readonly remarks: readonly string[];
}

/** How far below modules are looked for. */
const MAX_DEPTH = 4;
const SKIPPED = new Set(['node_modules', 'vendor', 'testdata', 'dist', 'artifacts']);
/** Names that say what a program is, and not which. */
const GENERIC = new Set(['main', 'server', 'service', 'serve', 'app', 'cmd', 'run']);
/** For a module that names none. */
const FALLBACK_VERSION = '1.25.0';

/** Finds the Go modules in a folder and below, and their programs: `cmd/*`, and the package main of the module's own folder. */
export function findGoPrograms(directory: string): GoFindings {
  const work = readText(join(directory, 'go.work'));
  const used = work === undefined ? undefined : new Set(parseGoWork(work).uses.map(folder => insideOf(normalFolder(folder)) ?? '.'));
  const folders = moduleFolders(directory);
  const found = folders.map(module => readModule(directory, module, used?.has(module) ?? false));
  const modulePath = found.map(({ path }) => path).find(path => path !== undefined);
  return {
    programs: found.flatMap(({ programs }) => programs),
    remarks: found.flatMap(({ remarks }) => remarks),
    isModule: folders[0] === '.',
    ...modulePath !== undefined && { modulePath },
  };
}

/** The folders that hold a go.mod, the outermost first. */
function moduleFolders(directory: string): string[] {
  const visit = (folder: string, depth: number): string[] => {
    const entries = entriesOf(join(directory, folder));
    const inside = depth === MAX_DEPTH ? [] : entries
      .filter(entry => entry.isDirectory() && !/^[._]/.test(entry.name) && !SKIPPED.has(entry.name))
      .map(({ name }) => name).sort(compareStrings);
    return [
      ...entries.some(entry => entry.isFile() && entry.name === 'go.mod') ? [folder] : [],
      ...inside.flatMap(name => visit(below(folder, name), depth + 1)),
    ];
  };
  return visit('.', 0);
}

interface Module {
  readonly path?: string;
  readonly programs: readonly GoProgram[];
  readonly remarks: readonly string[];
}

function readModule(directory: string, module: string, inWorkspace: boolean): Module {
  const goMod = parseGoMod(readText(join(directory, module, 'go.mod')) ?? '');
  const path = goMod.module?.replace(/\/v\d+$/, '');
  const remarks: string[] = [];
  const replacements = goMod.localReplacements.map(({ folder }) => ({ folder, place: posix.isAbsolute(folder) ? '..' : posix.join(module, folder) }));
  replacements.filter(({ place }) => leaves(place)).forEach(({ folder }) =>
    remarks.push(`The go.mod of '${module}' replaces a module by '${folder}', which is not below this folder: its image cannot be built from here.`));
  // The build reads the folder of the module alone, unless it is told of a wider one.
  const needsMore = module !== '.' && (inWorkspace || replacements.some(({ place }) => leaves(posix.relative(module, place))));
  const vendored = readText(join(directory, inWorkspace ? '.' : module, 'vendor/modules.txt')) !== undefined;
  const required = goMod.requires.filter(name => !goMod.localReplacements.some(({ module: replaced }) => replaced === name));
  if (!inWorkspace && !vendored && required.length > 0 && readText(join(directory, module, 'go.sum')) === undefined) {
    remarks.push(`The go.mod of '${module}' requires modules, but there is no go.sum beside it: run 'go mod tidy' in it before the first synth.`);
  }
  const version = goMod.toolchain ?? goMod.go;
  const saysVersion = inWorkspace || (version !== undefined && isGoVersion(version));
  const mains = programFolders(join(directory, module));
  if (mains.length === 0) {
    remarks.push(`'${module}' has no program: no package main in cmd/* or in its own folder.`);
  }
  const moduleName = lastPart(module) || lastPart(path ?? '') || 'service';
  return {
    ...path !== undefined && { path },
    remarks,
    programs: mains.map(main => {
      const program = lastPart(main);
      const own = program === '' || (mains.length === 1 && GENERIC.has(program)) ? moduleName : program;
      return {
        module,
        ...main !== '.' && { main: `./${main}` },
        ...needsMore && { context: '.' },
        ...!saysVersion && { goVersion: FALLBACK_VERSION },
        ports: exposedPorts(directory, module, main),
        names: [own, `${moduleName}-${program || 'main'}`] as const,
      };
    }),
  };
}

/** Whether a path leads out of where it begins. */
function leaves(path: string): boolean {
  return path === '..' || path.startsWith('../');
}

/** The folders of the programs of a module, relative to it. */
function programFolders(module: string): string[] {
  const commands = entriesOf(join(module, 'cmd')).filter(entry => entry.isDirectory()).map(({ name }) => `cmd/${name}`).sort(compareStrings);
  return ['.', ...commands].filter(folder => holdsMain(join(module, folder)));
}

/** Whether a folder holds a program; files that are run by hand, such as generators, are none. */
function holdsMain(folder: string): boolean {
  return entriesOf(folder)
    .filter(entry => entry.isFile() && entry.name.endsWith('.go') && !entry.name.endsWith('_test.go'))
    .map(({ name }) => readText(join(folder, name)) ?? '')
    .some(text => /^package\s+main\b/m.test(text.replace(/\/\*[\s\S]*?\*\//g, '')) && !/^\/\/go:build ignore\b/m.test(text));
}

/** What the Dockerfile that is nearest to a program exposes. */
function exposedPorts(directory: string, module: string, main: string): ExposedPorts {
  const name = lastPart(main);
  const candidates = [
    ...name === '' ? [] : [below(main, 'Dockerfile'), `Dockerfile.${name}`, `${name}.Dockerfile`, `build/${name}/Dockerfile`],
    'Dockerfile', 'build/Dockerfile', 'docker/Dockerfile',
  ];
  for (const file of candidates.map(candidate => below(module, candidate))) {
    const text = readText(join(directory, file));
    if (text !== undefined) {
      return dockerfilePorts(text, file);
    }
  }
  return DEFAULT_PORTS;
}
