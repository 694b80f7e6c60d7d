import { type ModuleFault, insideOf } from './go-module';
import type { GoRecipe } from './go-recipe';
import { compareGoVersions, isGoVersion } from './go-version';
import { isRepository } from '../../definition/container-image';
import { sortedEntries } from '../../definition/json';
import { isEnvName } from '../../definition/naming';
import { holdsCredentials, looksLikeSecret } from '../../definition/secret-names';
import { type Report, within } from '../../diagnostics/report';
import { ModuleAccess } from '../go-image-options';

const PLATFORM = /^linux\/(386|amd64(\/v[1-4])?|arm\/v[567]|arm64|loong64|ppc64le|riscv64|s390x)$/;
const FILE_NAME = /^[A-Za-z0-9_][\w.+-]*$/;
const BUILD_TAG = /^[\p{L}\p{N}_.]+$/u;
const LINKER_VARIABLE = /^[\w./~-]+\.[A-Za-z_]\w*$/;
const LABEL = /^[a-z0-9]+([._/-][a-z0-9]+)*$/i;
const TAG_PART = /^\w[\w.-]*$/;
/** A path without white space at its ends and without a character that COPY, a mount or .dockerignore reads as something else. */
const PLAIN_PATH = /^[\w@%+=.~/-]+( [\w@%+=.~/-]+)*$/;
/** Names that the Dockerfile uses itself, or that BuildKit fills. */
const TAKEN_ARGUMENT = /^(GO_VERSION|ALPINE_VERSION|VERSION|REVISION|CREATED|SOURCE_DATE_EPOCH|CGO_ENABLED|GOFLAGS|GOTOOLCHAIN|GOPRIVATE|GOOS|GOARCH|GOARM|GOAMD64|(TARGET|BUILD)(PLATFORM|OS|ARCH|VARIANT|STAGE))$/;
/** Words by which BuildKit and hadolint tell a secret, beside those of our own. */
const SECRET_WORD = /password|secret|token|private|api_key|(^|_)(apikey|auth|credentials?|key|pword|passwd)(_|$)/i;

/** Reports everything that is wrong with the recipe of a Go program. */
export function checkGoRecipe(recipe: GoRecipe, report: Report): void {
  checkModule(recipe, report);
  checkCompilation(recipe, report);
  checkContent(recipe, report);
  recipe.base._check(within(report, 'base'));
}

function checkModule(recipe: GoRecipe, report: Report): void {
  const { module, options, main } = recipe;
  const fault = (property: string, { message, remedy }: ModuleFault): void => report({ code: 'go-module', property, message, remedy });
  const goMod = module.goMod();
  const { goVersion } = options;
  if (goVersion !== undefined && !isGoVersion(goVersion)) {
    report({ code: 'invalid-version', property: 'goVersion', message: `'${goVersion}' is not a version of Go.`, remedy: "Write it in full and without 'go', for example '1.25.3'." });
  }
  const isPackage = main === '.' || (main.startsWith('./') && insideOf(main) !== undefined && PLAIN_PATH.test(main));
  if (!isPackage) {
    report({
      code: 'invalid-value',
      property: 'main',
      message: `'${main}' is not a package of the module.`,
      remedy: "Write '.' or the folder of the program below that of the module, for example './cmd/server'.",
    });
  }
  if ('message' in goMod) {
    fault('path', goMod);
    return;
  }
  if (!PLAIN_PATH.test(module.folder)) {
    report({ code: 'invalid-value', property: 'path', message: `'${module.path}' cannot be written into a build command.`, remedy: 'Use letters, digits and the usual punctuation of paths.' });
  }
  const said = goMod.toolchain ?? goMod.go;
  if (goVersion === undefined && (said === undefined || !isGoVersion(said))) {
    fault('goVersion', {
      message: `The go.mod of '${module.path}' ${said === undefined ? 'names no version of Go' : `names '${said}', which is not a version of Go`}.`,
      remedy: "Write 'go 1.25.0' or a later one into it, or give 'goVersion'.",
    });
  } else if (goVersion !== undefined && isGoVersion(goVersion) && goMod.go !== undefined && compareGoVersions(goVersion, goMod.go) < 0) {
    fault('goVersion', {
      message: `Go ${goVersion} cannot compile '${module.path}', whose go.mod asks for ${goMod.go}.`,
      remedy: `Leave 'goVersion' out, or write ${goMod.go} or later.`,
    });
  }
  if (isPackage && !module.holdsGoFiles(main)) {
    fault('main', {
      message: `There are no Go files in '${main}' of '${module.path}'.`,
      remedy: "Write the folder that holds the package main, for example './cmd/server'.",
    });
  }
  for (const { module: replaced, folder } of goMod.localReplacements) {
    if (insideOf(folder) === undefined) {
      fault('path', {
        message: `The go.mod of '${module.path}' replaces '${replaced}' by '${folder}', which the build does not see.`,
        remedy: "Require a published version, copy the modules into the folder ('go mod vendor'), or name a module further up that holds both.",
      });
    }
  }
  if (recipe.vendored && !module.isFile('vendor/modules.txt')) {
    fault('vendored', { message: `There is no vendor/modules.txt in '${module.path}'.`, remedy: "Run 'go mod vendor' in it, or leave 'vendored' out." });
  } else if (!recipe.vendored && goMod.requires.length > 0 && !module.isFile('go.sum')) {
    fault('path', { message: `The go.mod of '${module.path}' requires modules, but there is no go.sum beside it.`, remedy: "Run 'go mod tidy' in it and commit both files." });
  }
  if (recipe.vendored && options.privateModules) {
    report({
      code: 'conflicting-options',
      property: 'privateModules',
      message: 'The modules come from the folder vendor, so nothing private is downloaded.',
      remedy: "Leave 'privateModules' out, or write vendored: false.",
    });
  }
}

function checkCompilation(recipe: GoRecipe, report: Report): void {
  const { options, platforms } = recipe;
  const invalid = (property: string, message: string, remedy: string): void => report({ code: 'invalid-value', property, message, remedy });
  if (platforms.length === 0) {
    invalid('platforms', 'The image is built for no platform.', "Leave 'platforms' out for linux/amd64 and linux/arm64.");
  }
  platforms.forEach((platform, index) => {
    if (!PLATFORM.test(platform)) {
      invalid(`platforms[${index}]`, `'${platform}' is not a platform that Go compiles for.`, "Write system, processor and variant as Docker does, for example 'linux/arm64' or 'linux/arm/v7'.");
    }
  });
  (options.buildTags ?? []).forEach((tag, index) => {
    if (!BUILD_TAG.test(tag)) {
      invalid(`buildTags[${index}]`, `'${tag}' is not a build tag.`, 'Use letters, digits, underscores and dots, one tag for each entry of the list.');
    }
  });
  (options.ldflags ?? []).forEach((flag, index) => {
    if (flag.trim() === '' || /[\r\n]/.test(flag)) {
      invalid(`ldflags[${index}]`, `'${flag.replace(/[\r\n]+/g, ' ')}' is not a flag of the linker.`, "Write one line, for example '-X main.commit=unknown'.");
    }
  });
  const { versionVariable, builderRepository, builderVariant, privateModules } = options;
  if (versionVariable !== undefined && !LINKER_VARIABLE.test(versionVariable)) {
    invalid('versionVariable', `'${versionVariable}' is not a variable of a package.`, "Write the path of the package, a dot and the variable, for example 'main.version'.");
  }
  if ((options.binary !== undefined || recipe.goMod) && !FILE_NAME.test(recipe.programName())) {
    invalid('binary', `'${recipe.programName()}' cannot name the binary.`, "Give 'binary' a name of letters, digits, dots, dashes and underscores.");
  }
  if (builderRepository !== undefined && !isRepository(builderRepository)) {
    report({ code: 'invalid-image', property: 'builderRepository', message: `'${builderRepository}' is not a repository.`, remedy: "Write it without a tag, for example 'registry.example.com/library/golang'." });
  }
  if (builderVariant !== undefined && !TAG_PART.test(builderVariant)) {
    invalid('builderVariant', `'${builderVariant}' is not the variant of an image.`, "Write what stands behind the version of the tag, for example 'trixie'.");
  }
  if (privateModules) {
    checkPrivateModules(privateModules.patterns, privateModules.access ?? ModuleAccess.SSH, within(report, 'privateModules'));
  }
  for (const [name, value] of sortedEntries(options.buildArgs)) {
    checkBuildArgument(name, value, within(report, `buildArgs['${name}']`));
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

function checkBuildArgument(name: string, value: string, report: Report): void {
  if (!isEnvName(name)) {
    report({ code: 'invalid-env-name', message: `'${name}' cannot name a build argument.`, remedy: 'Use letters, digits and underscores, beginning with a letter or underscore.' });
  } else if (TAKEN_ARGUMENT.test(name)) {
    report({ code: 'invalid-dockerfile', message: `The Dockerfile sets '${name}' itself.`, remedy: 'Choose another name, or the option of the image that is meant for it.' });
  } else if (looksLikeSecret(name) || SECRET_WORD.test(name) || holdsCredentials(value)) {
    report({
      code: 'invalid-dockerfile',
      message: `'${name}' looks like a secret, and everybody who has the image can read its build arguments.`,
      remedy: "For modules that are not public use 'privateModules', which mounts credentials for one command; a program gets its secrets when it runs.",
    });
  }
  if (/[\r\n]/.test(value)) {
    report({ code: 'invalid-value', message: 'The default has several lines.', remedy: 'Write it on one line.' });
  }
}

function checkContent(recipe: GoRecipe, report: Report): void {
  const { module, options: { files, metadata = {}, user, debugTarget } } = recipe;
  const binaryPath = `/app/${recipe.programName()}`;
  for (const [path, source] of sortedEntries(files)) {
    const here = within(report, `files['${path}']`);
    if (!/^\//.test(path) || insideOf(`.${path}`) !== path.replace(/^\/|\/$/g, '') || !PLAIN_PATH.test(path) || path.replace(/\/$/, '') === binaryPath) {
      here({
        code: 'invalid-dockerfile',
        message: path.replace(/\/$/, '') === binaryPath ? `'${path}' is where the binary lies.` : `'${path}' is not an absolute path.`,
        remedy: "Write where the file or folder lies in the image, for example '/app/static'.",
      });
    }
    const inside = insideOf(source);
    if (inside === undefined || !PLAIN_PATH.test(source)) {
      here({ code: 'invalid-dockerfile', message: `'${source}' is not a path inside the module.`, remedy: 'Write a file or folder relative to the module; the build sees nothing else.' });
    } else if (!('message' in module.goMod()) && !module.isFile(inside) && !module.isDirectory(inside)) {
      here({ code: 'go-module', message: `There is no '${source}' in '${module.path}'.`, remedy: 'Write a file or folder that exists, relative to the module.' });
    }
  }
  const { labels, ...named } = metadata;
  for (const [key, value] of sortedEntries<string | undefined>({ ...named, ...labels })) {
    const property = key in named ? `metadata.${key}` : `metadata.labels['${key}']`;
    if (!(key in named) && !LABEL.test(key)) {
      report({ code: 'invalid-label', property, message: `'${key}' is not the name of an image label.`, remedy: "Write it in reverse DNS form, for example 'com.example.team'." });
    }
    if (/[\r\n]/.test(value ?? '')) {
      report({ code: 'invalid-label', property, message: 'The label has several lines, which a Dockerfile cannot express.', remedy: 'Write it on one line.' });
    }
  }
  if (user !== undefined && !(Number.isInteger(user) && user >= 1 && user <= 0xfffffffe)) {
    report({
      code: user === 0 ? 'invalid-dockerfile' : 'invalid-value',
      property: 'user',
      message: user === 0 ? 'An image that runs as root hands root to everybody who breaks into it.' : `${user} is not a numeric user.`,
      remedy: "Leave 'user' out for 65532, or write a whole number above 10000.",
    });
  }
  if (debugTarget && !['distroless', 'scratch'].includes(recipe.base._facts.kind)) {
    report({
      code: 'conflicting-options',
      property: 'debugTarget',
      message: 'The debug target stands on distroless, which would not be what runs on this base.',
      remedy: "Leave 'debugTarget' out: Alpine has a shell, and so has the debug variant of most other bases.",
    });
  }
}
