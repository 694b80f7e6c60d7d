import * as fs from 'fs';
import { type Report } from '../diagnostics/report';

/** What to use where the build says nothing. */
export interface ImageTagFromEnvOptions {
  /**
   * The tag where the variable is not set, for a synth on a laptop.
   *
   * @default - an unset variable is an error
   */
  readonly otherwise?: string;
}

/** What to use before the first build. */
export interface ImageTagFromBakeOptions {
  /**
   * The tag where the file is not there yet, for the synth that writes what the build needs.
   *
   * @default - a missing file is an error
   */
  readonly otherwise?: string;
}

/** What a build has pushed. */
export interface BuiltImage {
  readonly tag?: string;
  readonly digest?: string;
}

const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

/**
 * Where the tag of an image that is built here comes from: the build, never a guess.
 */
export class ImageTag {
  /** This tag. `latest` is refused: it names another image tomorrow. */
  public static of(tag: string): ImageTag {
    return new ImageTag(report => ({ tag: checkTag(tag, report) }));
  }

  /** The value of an environment variable that the build sets: a tag, a digest (`sha256:…`) or `tag@digest`. */
  public static fromEnv(variable: string, options: ImageTagFromEnvOptions = {}): ImageTag {
    return new ImageTag(report => {
      const value = process.env[variable] || options.otherwise;
      if (!value) {
        report({
          code: 'build-input-missing',
          message: `The environment variable ${variable} is not set, so the tag of the image is unknown.`,
          remedy: `Synthesise with it, for example ${variable}=1.4.2 npx cdk8s synth, or name another source by 'tag' (ImageTag.of, ImageTag.fromBakeMetadata).`,
        });
        return {};
      }
      const [tag, digest] = value.startsWith('sha256:') ? [undefined, value] : splitOnce(value, '@');
      return {
        ...tag !== undefined && { tag: checkTag(tag, report) },
        ...digest !== undefined && { digest: checkDigest(digest, report) },
      };
    });
  }

  /**
   * The file that `docker buildx bake --metadata-file` writes: tag and digest of what the registry took.
   *
   * @param file its path, relative to the working directory; read when the app renders
   * @param options what to use before there is such a file
   */
  public static fromBakeMetadata(file: string, options: ImageTagFromBakeOptions = {}): ImageTag {
    return new ImageTag((report, repository) => options.otherwise !== undefined && !fs.existsSync(file)
      ? { tag: checkTag(options.otherwise, report) }
      : fromBakeMetadata(file, repository, report));
  }

  private constructor(private readonly read: (report: Report, repository: string) => BuiltImage) {}

  /** @internal */
  public _resolve(repository: string, report: Report): BuiltImage {
    return this.read(report, repository);
  }
}

/** Reports a text that is no tag, and the tag that moves. */
export function checkTag(tag: string, report: Report): string {
  if (tag === 'latest') {
    report({
      code: 'tag-missing',
      message: "The tag 'latest' names another image tomorrow.",
      remedy: 'Write the version that was built.',
    });
  } else if (!TAG.test(tag)) {
    report({
      code: 'invalid-image',
      message: `'${tag}' is not a tag.`,
      remedy: 'Use at most 128 letters, digits, underscores, dots and dashes, beginning with a letter, digit or underscore.',
    });
  }
  return tag;
}

/** Reports a text that is no SHA-256 digest. */
export function checkDigest(digest: string, report: Report): string {
  if (!DIGEST.test(digest)) {
    report({
      code: 'invalid-image',
      message: `'${digest}' is not a digest.`,
      remedy: "Write 'sha256:' and 64 hexadecimal digits, as the registry returned it.",
    });
  }
  return digest;
}

function fromBakeMetadata(file: string, repository: string, report: Report): BuiltImage {
  const missing = (message: string): BuiltImage => {
    report({
      code: 'build-input-missing',
      message,
      remedy: `Build first: docker buildx bake --push --metadata-file ${file}`,
    });
    return {};
  };
  let metadata: unknown;
  try {
    metadata = JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch (problem) {
    return missing(`The build metadata '${file}' cannot be read: ${(problem as Error).message}.`);
  }
  for (const target of Object.values(metadata ?? {}) as { [key: string]: unknown }[]) {
    const names = typeof target?.['image.name'] === 'string' ? target['image.name'].split(',') : [];
    const tags = names.flatMap(name => {
      const [base] = splitOnce(name.trim(), '@');
      const colon = base.lastIndexOf(':');
      return colon > base.lastIndexOf('/') && base.slice(0, colon) === repository ? [base.slice(colon + 1)] : [];
    });
    if (tags.length > 0) {
      const digest = target['containerimage.digest'];
      return {
        // A build often moves 'latest' along with the tag that stays.
        tag: checkTag(tags.find(tag => tag !== 'latest') ?? tags[0], report),
        ...typeof digest === 'string' && { digest: checkDigest(digest, report) },
      };
    }
  }
  return missing(`The build metadata '${file}' names no image '${repository}'.`);
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
}
