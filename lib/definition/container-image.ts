import type { IConstruct } from 'constructs';
import { checkDigest, checkTag, type ImageTag } from './image-tag';
import type { Json } from './json';
import type { Port } from './port';
import { type Report } from '../diagnostics/report';

/** What the platform says about images that are built here. */
export interface ImageContext {
  /** The registry and its path, for example `ghcr.io/acme`. */
  readonly registry?: string;
  /** The name of the service that uses the image. */
  readonly serviceName: string;
  /** Where tags come from unless the image says so itself. */
  readonly tag: ImageTag;
}

/** An image as the pod names it. */
export interface ResolvedImage {
  readonly reference: string;
  readonly tag?: string;
  readonly digest?: string;
  /** The program that is run in place of the image's own, where the container names none. */
  readonly command?: readonly string[];
}

/** A service that runs an image, as far as the image's recipe must know. */
export interface ImageUser {
  readonly construct: IConstruct;
  readonly name: string;
  ports(): readonly Port[];
  /** The numeric user and group that the container runs as; nothing where the cluster decides. */
  identity(): { readonly user: number; readonly group: number } | undefined;
}

const REFERENCE = /^(?<name>(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?(?::\d+)?\/)?[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*)*)(?::(?<tag>[^@/]+))?(?:@(?<digest>.+))?$/;

/** The image of a container. */
export abstract class ContainerImage {
  /**
   * An image that is built elsewhere: `repository:tag`, `repository@digest` or `repository:tag@digest`.
   *
   * Diagnostics: `invalid-image`, `tag-missing`, `digest-missing`.
   */
  public static reference(reference: string): ContainerImage {
    return new ReferencedImage(reference);
  }

  /** @internal */
  public abstract _resolve(context: ImageContext, report: Report): ResolvedImage;

  /**
   * Tells the image that a service runs it, so that its recipe can agree with the pod.
   *
   * @internal
   */
  public _usedBy(_user: ImageUser): void {
    // An image that is built elsewhere has no recipe.
  }

  /**
   * Reports where the rendered container asks for what the image has not.
   *
   * @internal
   */
  public _checkContainer(_container: Json, _report: Report): void {
    // Nothing is known of an image that is built elsewhere.
  }

  /**
   * The version of Go that compiled it, where that is known.
   *
   * @internal
   */
  public _goVersion(): string | undefined {
    return undefined;
  }
}

class ReferencedImage extends ContainerImage {
  public constructor(private readonly reference: string) {
    super();
  }

  public _resolve(_context: ImageContext, report: Report): ResolvedImage {
    const match = REFERENCE.exec(this.reference);
    if (!match) {
      report({
        code: 'invalid-image',
        message: `'${this.reference}' is not an image reference.`,
        remedy: "Write 'registry/repository:tag' in lower case, with '@sha256:…' behind it to pin it.",
      });
      return { reference: this.reference };
    }
    const { tag, digest } = match.groups!;
    if (tag === undefined && digest === undefined) {
      report({
        code: 'tag-missing',
        message: `'${this.reference}' has no tag, which means 'latest'.`,
        remedy: `Write '${this.reference}:<version>'.`,
      });
    }
    if (tag !== undefined) {
      checkTag(tag, report);
    }
    if (digest !== undefined) {
      checkDigest(digest, report);
    } else {
      report({
        code: 'digest-missing',
        message: `'${this.reference}' is not pinned: whoever can push to its registry can change what runs.`,
        remedy: `Write '${this.reference}@sha256:…' with the digest that the registry returned.`,
      });
    }
    return { reference: this.reference, tag, digest };
  }
}

/** Whether a text can name an image, with or without tag and digest. */
export function isReference(text: string): boolean {
  return REFERENCE.test(text);
}

/** Whether a text can be the repository of an image. */
export function isRepository(text: string): boolean {
  const match = REFERENCE.exec(text);
  return match !== null && match.groups!.tag === undefined && match.groups!.digest === undefined;
}
