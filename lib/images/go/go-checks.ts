import type { GoLanguage } from './go-language';
import { compareGoVersions, isGoVersion } from './go-version';
import { type Report, within } from '../../diagnostics/report';
import { ModuleAccess } from '../go-image-options';
import { canCross } from '../recipe/cross';
import { PLAIN_PATH } from '../recipe/option-checks';
import { insideOf, lastPart, type SourceFault } from '../source-folder';

const FILE_NAME = /^[A-Za-z0-9_][\w.+-]*$/;
const BUILD_TAG = /^[\p{L}\p{N}_.]+$/u;
const LINKER_VARIABLE = /^[\w./~-]+\.[A-Za-z_]\w*$/;
const PACKAGES = /^\.(\/[\w@%+=.~-]+)*(\/\.\.\.)?$/;
const DELVE_VERSION = /^\d+\.\d+\.\d+$/;

/** Reports everything that is wrong with the recipe of a Go program, beside what all languages have. */
export function checkGo(go: GoLanguage, report: Report): void {
  checkModule(go, report);
  checkCompilation(go, report);
  checkTargets(go, report);
}

function checkModule(go: GoLanguage, report: Report): void {
  const { module, options, goMod } = go;
  const fault = (property: string, { message, remedy }: SourceFault): void => report({ code: 'source-folder', property, message, remedy });
  const { goVersion } = options;
  if (goVersion !== undefined && !isGoVersion(goVersion)) {
    report({ code: 'invalid-version', property: 'goVersion', message: `'${goVersion}' is not a version of Go.`, remedy: "Write it in full and without 'go', for example '1.25.3'." });
  }
  go.mains.forEach((main, index) => checkProgram(go, main, index === 0 ? 'main' : `programs[${index - 1}]`, report));
  checkBinaries(go, report);
  if (goMod === undefined || go.fault()) {
    return;
  }
  const said = go.saidVersion;
  const file = module.workspace() && goMod.toolchain === undefined && said !== goMod.go ? 'go.work' : 'go.mod';
  if (goVersion === undefined && (said === undefined || !isGoVersion(said))) {
    fault('goVersion', {
      message: `The ${file} of '${module.path}' ${said === undefined ? 'names no version of Go' : `names '${said}', which is not a version of Go`}.`,
      remedy: "Write 'go 1.25.0' or a later one into it, or give 'goVersion'.",
    });
  } else if (goVersion !== undefined && isGoVersion(goVersion) && goMod.go !== undefined && compareGoVersions(goVersion, goMod.go) < 0) {
    fault('goVersion', {
      message: `Go ${goVersion} cannot compile '${module.path}', whose go.mod asks for ${goMod.go}.`,
      remedy: `Leave 'goVersion' out, or write ${goMod.go} or later.`,
    });
  }
  for (const { module: replaced, folder } of module.strayReplacements()) {
    fault('path', {
      message: `The go.mod of '${module.path}' replaces '${replaced}' by '${folder}', which the build does not see.`,
      remedy: "Give 'context' a folder that holds both, require a published version, or copy the modules into the folder ('go mod vendor').",
    });
  }
  const missing = module.modules().filter(folder => !module.contextHasFile(folder === '.' ? 'go.mod' : `${folder}/go.mod`));
  for (const folder of missing) {
    fault('context', {
      message: `'${module.context}' should hold the module '${folder}', but there is no go.mod in it.`,
      remedy: `Take '${folder}' out of ${module.workspace() ? 'the go.work' : "the 'replace' lines"}, or put the module there.`,
    });
  }
  if (go.vendored && !go.hasVendorFolder) {
    fault('vendored', { message: `There is no vendor/modules.txt in '${module.workspace() ? module.context : module.path}'.`, remedy: `Run 'go ${module.workspace() ? 'work' : 'mod'} vendor' in it, or leave 'vendored' out.` });
  } else if (!go.vendored && !module.workspace() && goMod.requires.some(path => !goMod.localReplacements.some(each => each.module === path)) && !module.isFile('go.sum')) {
    fault('path', { message: `The go.mod of '${module.path}' requires modules, but there is no go.sum beside it.`, remedy: "Run 'go mod tidy' in it and commit both files." });
  }
  if (go.vendored && options.privateModules) {
    report({
      code: 'conflicting-options',
      property: 'privateModules',
      message: 'The modules come from the folder vendor, so nothing private is downloaded.',
      remedy: "Leave 'privateModules' out, or write vendored: false.",
    });
  }
}

function checkProgram({ module, goMod }: GoLanguage, main: string, property: string, report: Report): void {
  const isPackage = main === '.' || (main.startsWith('./') && insideOf(main) !== undefined && PLAIN_PATH.test(main));
  if (!isPackage) {
    report({
      code: 'invalid-value',
      property,
      message: `'${main}' is not a package of the module.`,
      remedy: "Write '.' or the folder of the program below that of the module, for example './cmd/server'.",
    });
  } else if (goMod !== undefined && !module.holdsGoFiles(main)) {
    report({
      code: 'source-folder',
      property,
      message: `There are no Go files in '${main}' of '${module.path}'.`,
      remedy: "Write the folder that holds the package main, for example './cmd/server'.",
    });
  }
}

/** Several programs are named by their folders, so each must have one of its own. */
function checkBinaries(go: GoLanguage, report: Report): void {
  if ((go.options.binary !== undefined || go.goMod) && !FILE_NAME.test(go.programName())) {
    report({ code: 'invalid-value', property: 'binary', message: `'${go.programName()}' cannot name the binary.`, remedy: "Give 'binary' a name of letters, digits, dots, dashes and underscores." });
  }
  if (go.mains.length === 1) {
    return;
  }
  if (go.options.binary !== undefined && go.options.binary !== lastPart(go.main)) {
    report({
      code: 'conflicting-options',
      property: 'binary',
      message: `'${go.options.binary}' would name one of ${go.mains.length} programs, which are named by their folders.`,
      remedy: `Leave 'binary' out, or call the folder of the main program '${go.options.binary}'.`,
    });
  }
  go.mains.forEach((main, index) => {
    const name = lastPart(main);
    if (name === '' || go.mains.findIndex(other => lastPart(other) === name) !== index) {
      report({
        code: 'conflicting-options',
        property: index === 0 ? 'main' : `programs[${index - 1}]`,
        message: name === '' ? `'${main}' is no folder whose name the program could take.` : `Two programs of the image are called '${name}'.`,
        remedy: "Put each program into a folder of its own name, for example './cmd/server' and './cmd/migrate'.",
      });
    }
  });
}

function checkCompilation(go: GoLanguage, report: Report): void {
  const { buildTags = [], ldflags = [], generate = [], versionVariable, privateModules, cgo } = go.options;
  const invalid = (property: string, message: string, remedy: string): void => report({ code: 'invalid-value', property, message, remedy });
  buildTags.forEach((tag, index) => {
    if (!BUILD_TAG.test(tag)) {
      invalid(`buildTags[${index}]`, `'${tag}' is not a build tag.`, 'Use letters, digits, underscores and dots, one tag for each entry of the list.');
    }
  });
  ldflags.forEach((flag, index) => {
    if (flag.trim() === '' || /[\r\n]/.test(flag)) {
      invalid(`ldflags[${index}]`, `'${flag.replace(/[\r\n]+/g, ' ')}' is not a flag of the linker.`, "Write one line, for example '-X main.commit=unknown'.");
    }
  });
  if (versionVariable !== undefined && !LINKER_VARIABLE.test(versionVariable)) {
    invalid('versionVariable', `'${versionVariable}' is not a variable of a package.`, "Write the path of the package, a dot and the variable, for example 'main.version'.");
  }
  checkPackages(generate, 'generate', report);
  if (go.options.generate?.length === 0) {
    invalid('generate', 'No package generates code.', "Leave 'generate' out, or write './...'.");
  }
  if (cgo) {
    go.platforms.filter(platform => !canCross(platform)).forEach(platform => report({
      code: 'conflicting-options',
      property: 'cgo',
      message: `Debian has no C compiler that builds for '${platform}'.`,
      remedy: "Leave the platform out, or 'cgo'.",
    }));
  }
  if (privateModules) {
    checkPrivateModules(privateModules.patterns, privateModules.access ?? ModuleAccess.SSH, within(report, 'privateModules'));
  }
}

function checkPackages(packages: readonly string[], property: string, report: Report): void {
  packages.forEach((pattern, index) => {
    if (!PACKAGES.test(pattern)) {
      report({ code: 'invalid-value', property: `${property}[${index}]`, message: `'${pattern}' names no packages of the module.`, remedy: "Write './...' for all of them, or a folder, for example './internal/...'." });
    }
  });
}

function checkTargets({ options: { tests, delve } }: GoLanguage, report: Report): void {
  checkPackages(tests?.packages ?? [], 'tests.packages', report);
  if (delve?.version !== undefined && !DELVE_VERSION.test(delve.version)) {
    report({ code: 'invalid-version', property: 'delve.version', message: `'${delve.version}' is not a version of Delve.`, remedy: "Write it in full, for example '1.27.2'." });
  }
  if (delve?.port !== undefined && !(Number.isInteger(delve.port) && delve.port >= 1 && delve.port <= 65535)) {
    report({ code: 'invalid-port', property: 'delve.port', message: `${delve.port} is not a port.`, remedy: 'Write a whole number from 1 to 65535, for example 2345.' });
  }
}

function checkPrivateModules(patterns: readonly string[], access: ModuleAccess, report: Report): void {
  if (patterns.length === 0) {
    report({ code: 'invalid-value', property: 'patterns', message: 'No module is private.', remedy: "Leave 'privateModules' out, or write a pattern, for example 'github.com/acme/*'." });
  }
  patterns.forEach((pattern, index) => {
    const here = within(report, `patterns[${index}]`);
    const [host] = pattern.split('/');
    if (!/^[\w*?.[\]~/-]+$/.test(pattern)) {
      here({ code: 'invalid-value', message: `'${pattern}' is not a pattern of module paths.`, remedy: "Write one pattern for each entry of the list, for example 'github.com/acme/*'." });
    } else if (access === ModuleAccess.SSH && !/^[\w.-]+$/.test(host)) {
      here({
        code: 'invalid-value',
        message: `'${pattern}' names no host, so git cannot be told to ask it by SSH.`,
        remedy: "Write a pattern for each host, for example 'git.example.com/*', or use ModuleAccess.NETRC.",
      });
    }
  });
}
