import type { SourceRecipe } from './source-recipe';
import { isRepository } from '../../definition/container-image';
import { sortedEntries } from '../../definition/json';
import { isEnvName } from '../../definition/naming';
import { holdsCredentials } from '../../definition/secret-names';
import { type Report, within } from '../../diagnostics/report';
import { namesSecret } from '../dockerfile/check';
import type { BuildSecret } from '../image-options';
import { insideOf, type SourceFault } from '../source-folder';

const PLATFORM = /^linux\/(386|amd64(\/v[1-4])?|arm\/v[567]|arm64|loong64|ppc64le|riscv64|s390x)$/;
const LABEL = /^[a-z0-9]+([._/-][a-z0-9]+)*$/i;
const TAG_PART = /^\w[\w.-]*$/;
const SECRET_ID = /^[\w.-]+$/;
/** A path without white space at its ends and without a character that COPY, a mount or .dockerignore reads as something else. */
export const PLAIN_PATH = /^[\w@%+=.~/-]+( [\w@%+=.~/-]+)*$/;
/** The same, with the wildcards of a .dockerignore. */
const PLAIN_PATTERN = /^[\w@%+=.~/*?-]+$/;
/** Names that every Dockerfile uses itself, or that BuildKit fills. */
const TAKEN_ARGUMENT = /^(VERSION|REVISION|CREATED|SOURCE_DATE_EPOCH|ALPINE_VERSION|(TARGET|BUILD)(PLATFORM|OS|ARCH|VARIANT|STAGE))$/;
const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGHUP', 'SIGUSR1', 'SIGUSR2', 'SIGWINCH'];

/** Reports what is wrong with the options that all languages have. */
export function checkOptions(recipe: SourceRecipe, report: Report): void {
  const { language, options, platforms } = recipe;
  const { builderRepository, builderVariant, stopSignal, dockerfile, user, debugTarget } = options;
  const invalid = (property: string, message: string, remedy: string): void => report({ code: 'invalid-value', property, message, remedy });
  if (!language.fault() && !PLAIN_PATH.test(language.context)) {
    invalid('path', `'${language.path}' cannot be written into a build command.`, 'Use letters, digits and the usual punctuation of paths.');
  }
  if (platforms.length === 0) {
    invalid('platforms', 'The image is built for no platform.', "Leave 'platforms' out for linux/amd64 and linux/arm64.");
  }
  platforms.forEach((platform, index) => {
    if (!PLATFORM.test(platform)) {
      invalid(`platforms[${index}]`, `'${platform}' is not a platform that images are built for.`, "Write system, processor and variant as Docker does, for example 'linux/arm64' or 'linux/arm/v7'.");
    }
  });
  if (builderRepository !== undefined && !isRepository(builderRepository)) {
    report({ code: 'invalid-image', property: 'builderRepository', message: `'${builderRepository}' is not a repository.`, remedy: "Write it without a tag, for example 'registry.example.com/library/golang'." });
  }
  if (builderVariant !== undefined && !TAG_PART.test(builderVariant)) {
    invalid('builderVariant', `'${builderVariant}' is not the variant of an image.`, "Write what stands behind the version of the tag, for example 'trixie'.");
  }
  if (stopSignal !== undefined && !SIGNALS.includes(stopSignal)) {
    invalid('stopSignal', `'${stopSignal}' is no signal that asks a program to end.`, `Write one of ${SIGNALS.join(', ')}.`);
  }
  if (dockerfile?._inPlace !== undefined && !/^[\w.-]*Dockerfile[\w.-]*$/.test(dockerfile._inPlace)) {
    invalid('dockerfile', `'${dockerfile._inPlace}' is not the name of a Dockerfile.`, "Write a file name with 'Dockerfile' in it and without a folder.");
  }
  for (const [name, value] of sortedEntries(options.buildArgs)) {
    checkBuildArgument(name, value, language.ownArguments, within(report, `buildArgs['${name}']`));
  }
  (options.secrets ?? []).forEach((secret, index) => checkSecret(secret, within(report, `secrets[${index}]`)));
  checkFiles(recipe, report);
  checkMetadata(recipe, report);
  if (user !== undefined && !(Number.isInteger(user) && user >= 1 && user <= 0xfffffffe)) {
    report({
      code: user === 0 ? 'invalid-dockerfile' : 'invalid-value',
      property: 'user',
      message: user === 0 ? 'An image that runs as root hands root to everybody who breaks into it.' : `${user} is not a numeric user.`,
      remedy: "Leave 'user' out for 65532, or write a whole number above 10000.",
    });
  }
  if (debugTarget && recipe.runtime && !recipe.runtime.debug) {
    report({
      code: 'conflicting-options',
      property: 'debugTarget',
      message: 'The debug target stands on distroless, which would not be what runs on this base.',
      remedy: "Leave 'debugTarget' out: Alpine has a shell, and so has the debug variant of most other bases.",
    });
  }
}

/** Why the base does not fit the program. */
export function baseFault({ language, base }: SourceRecipe): SourceFault | undefined {
  const runtime = language.runtime(base);
  return 'message' in runtime ? runtime : undefined;
}

function checkBuildArgument(name: string, value: string, own: readonly string[], report: Report): void {
  if (!isEnvName(name)) {
    report({ code: 'invalid-env-name', message: `'${name}' cannot name a build argument.`, remedy: 'Use letters, digits and underscores, beginning with a letter or underscore.' });
  } else if (TAKEN_ARGUMENT.test(name) || own.includes(name)) {
    report({ code: 'invalid-dockerfile', message: `The Dockerfile sets '${name}' itself.`, remedy: 'Choose another name, or the option of the image that is meant for it.' });
  } else if (namesSecret(name) || holdsCredentials(value)) {
    report({
      code: 'invalid-dockerfile',
      message: `'${name}' looks like a secret, and everybody who has the image can read its build arguments.`,
      remedy: "What a build needs goes into 'secrets', which mounts it for one command; a program gets its secrets when it runs.",
    });
  }
  if (/[\r\n]/.test(value)) {
    report({ code: 'invalid-value', message: 'The default has several lines.', remedy: 'Write it on one line.' });
  }
}

function checkSecret({ id, source, target, env }: BuildSecret, report: Report): void {
  if (!SECRET_ID.test(id)) {
    report({ code: 'invalid-value', property: 'id', message: `'${id}' is not the name of a build secret.`, remedy: "Use letters, digits, dots, dashes and underscores, for example 'npmrc'." });
  }
  if (source.startsWith('env:') ? !isEnvName(source.slice('env:'.length)) : !/^[\w@%+=.~/-]+$/.test(source)) {
    report({ code: 'invalid-value', property: 'source', message: `'${source}' is neither a file nor a variable.`, remedy: "Write a path without spaces, for example '~/.npmrc', or 'env:' and the name of a variable." });
  }
  if ((target === undefined) === (env === undefined)) {
    report({ code: 'conflicting-options', message: `The secret '${id}' is ${target === undefined ? 'neither' : 'both'} a file ${target === undefined ? 'nor' : 'and'} a variable while a command runs.`, remedy: "Give it a 'target' or an 'env'." });
  }
  if (target !== undefined && !/^\/[\w@%+=.~/-]+$/.test(target)) {
    report({ code: 'invalid-value', property: 'target', message: `'${target}' is not an absolute path.`, remedy: "Write where the file lies while a command runs, for example '/root/.npmrc'." });
  }
  if (env !== undefined && !isEnvName(env)) {
    report({ code: 'invalid-env-name', property: 'env', message: `'${env}' cannot name a variable.`, remedy: 'Use letters, digits and underscores, beginning with a letter or underscore.' });
  }
}

function checkFiles({ language, options: { files, sources = [], writablePaths = [] } }: SourceRecipe, report: Report): void {
  const taken = language.programPath();
  for (const [path, source] of sortedEntries(files)) {
    const here = within(report, `files['${path}']`);
    if (!isAbsolute(path) || path.replace(/\/$/, '') === taken) {
      here({
        code: 'invalid-dockerfile',
        message: path.replace(/\/$/, '') === taken ? `'${path}' is where the program lies.` : `'${path}' is not an absolute path.`,
        remedy: "Write where the file or folder lies in the image, for example '/app/static'.",
      });
    }
    const inside = insideOf(source);
    if (inside === undefined || !PLAIN_PATH.test(source)) {
      here({ code: 'invalid-dockerfile', message: `'${source}' is not a path inside the folder.`, remedy: 'Write a file or folder relative to that of the program; the build sees nothing else.' });
    } else if (!language.fault() && !language.isFile(inside) && !language.isDirectory(inside)) {
      here({ code: 'source-folder', message: `There is no '${source}' in '${language.path}'.`, remedy: 'Write a file or folder that exists, relative to that of the program.' });
    }
  }
  sources.forEach((source, index) => {
    if (insideOf(source) === undefined || !PLAIN_PATTERN.test(source)) {
      report({ code: 'invalid-dockerfile', property: `sources[${index}]`, message: `'${source}' is not a path inside the folder.`, remedy: "Write files or folders relative to that of the program, for example 'api/*.proto'." });
    }
  });
  writablePaths.forEach((path, index) => {
    if (!isAbsolute(path)) {
      report({ code: 'invalid-dockerfile', property: `writablePaths[${index}]`, message: `'${path}' is not an absolute path.`, remedy: "Write where the program writes, for example '/var/cache/orders'." });
    }
  });
}

function isAbsolute(path: string): boolean {
  return path.startsWith('/') && insideOf(`.${path}`) === path.replace(/^\/|\/$/g, '') && PLAIN_PATH.test(path);
}

function checkMetadata({ options: { metadata = {} } }: SourceRecipe, report: Report): void {
  const { labels, ...named } = metadata;
  for (const [key, value] of sortedEntries<string | undefined>({ ...named, ...labels })) {
    const property = Object.hasOwn(named, key) ? `metadata.${key}` : `metadata.labels['${key}']`;
    if (!Object.hasOwn(named, key) && !LABEL.test(key)) {
      report({ code: 'invalid-label', property, message: `'${key}' is not the name of an image label.`, remedy: "Write it in reverse DNS form, for example 'com.example.team'." });
    }
    if (/[\r\n]/.test(value ?? '')) {
      report({ code: 'invalid-label', property, message: 'The label has several lines, which a Dockerfile cannot express.', remedy: 'Write it on one line.' });
    }
  }
}
