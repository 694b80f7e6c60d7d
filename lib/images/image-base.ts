import { isRepository } from '../definition/container-image';
import { checkDigest, checkTag } from '../definition/image-tag';
import type { Report } from '../diagnostics/report';

/** What else an image from nothing needs. */
export interface ScratchOptions {
  /**
   * Whether the image has a `/tmp` that everybody may write to. The pods of this library bring their own.
   *
   * @default false
   */
  readonly tmp?: boolean;
}

/** What a distroless image holds beside CA certificates, time zones and a user. */
export enum DistrolessFlavor {
  /** Nothing: for programs that bring all that they need. */
  STATIC = 'static',
  /** The C library and OpenSSL: for programs that are linked with them. */
  BASE = 'base',
  /** The C library, OpenSSL, and what C++ and Rust programs are linked with. */
  CC = 'cc',
}

/**
 * What a base image is.
 */
export interface ImageBaseFacts {
  readonly kind: 'distroless' | 'scratch' | 'alpine' | 'chainguard' | 'custom';
  /** The reference of a custom base. */
  readonly reference?: string;
  /** The version of Alpine, or the tag of a Chainguard image. */
  readonly version?: string;
  readonly flavor?: DistrolessFlavor;
  readonly tmp?: boolean;
}

export const ALPINE_VERSION = '3.24.2';

/**
 * What a program stands on. Where the program is static, none of them runs a command while it is built, so that an image for another
 * processor never needs emulation.
 */
export class ImageBase {
  /**
   * Distroless: what the program needs to run, with CA certificates, time zones, the user 65532, and no shell. For Go it is
   * `gcr.io/distroless/static-debian13:nonroot`; other languages get the variant with their runtime.
   *
   * @param flavor for compiled programs, what else the image holds; what the way of linking asks for where none is given
   * @see https://github.com/GoogleContainerTools/distroless/blob/main/README.md
   */
  public static distroless(flavor?: DistrolessFlavor): ImageBase {
    return new ImageBase({ kind: 'distroless', ...flavor && { flavor } });
  }

  /** Nothing but CA certificates, time zones, a user, its group and the program, which must be static. */
  public static scratch(options: ScratchOptions = {}): ImageBase {
    return new ImageBase({ kind: 'scratch', ...options.tmp && { tmp: true } });
  }

  /**
   * Alpine Linux, for those who want a shell in production: with CA certificates and time zones for a static program, with the runtime of
   * the language for others.
   *
   * @param version the version, 3.24.2 where none is given
   */
  public static alpine(version?: string): ImageBase {
    return new ImageBase({ kind: 'alpine', version: version ?? ALPINE_VERSION });
  }

  /**
   * The image of Chainguard's public catalogue that fits the language, for example `cgr.dev/chainguard/static`. That catalogue has moving
   * tags alone, so it takes an entry in images.lock.json.
   *
   * @param tag the tag, for those whose registry has more; `latest` where none is given
   * @see https://images.chainguard.dev
   */
  public static chainguard(tag?: string): ImageBase {
    return new ImageBase({ kind: 'chainguard', version: tag ?? 'latest' });
  }

  /**
   * Any other image that runs the program. It must bring what the program needs: nothing is added to it.
   *
   * @param reference `repository:tag`, `repository@digest` or `repository:tag@digest`
   */
  public static custom(reference: string): ImageBase {
    return new ImageBase({ kind: 'custom', reference });
  }

  private constructor(private readonly facts: ImageBaseFacts) {}

  /** @internal */
  public get _facts(): ImageBaseFacts {
    return this.facts;
  }

  /** @internal */
  public _check(report: Report): void {
    const { kind, reference, version } = this.facts;
    if (kind === 'alpine' && !/^\d+\.\d+(\.\d+)?(@sha256:[0-9a-f]{64})?$/.test(version!)) {
      report({ code: 'invalid-version', message: `'${version}' is not a version of Alpine Linux.`, remedy: `Write it in full, for example '${ALPINE_VERSION}'.` });
    }
    if (kind === 'chainguard' && version !== 'latest') {
      checkTag(version!, report);
    }
    if (kind === 'custom') {
      checkBaseReference(reference!, report);
    }
  }
}

function checkBaseReference(reference: string, report: Report): void {
  const { repository, tag, digest } = splitReference(reference);
  if (!isRepository(repository)) {
    report({
      code: 'invalid-image',
      message: `'${reference}' is not an image reference.`,
      remedy: "Write 'registry/repository:tag' in lower case, with '@sha256:…' behind it to pin it.",
    });
    return;
  }
  if (tag === undefined && digest === undefined) {
    report({ code: 'tag-missing', message: `'${reference}' has no tag, which means 'latest'.`, remedy: `Write '${reference}:<version>'.` });
  }
  if (tag !== undefined) {
    checkTag(tag, report);
  }
  if (digest !== undefined) {
    checkDigest(digest, report);
  }
}

/** The parts of a reference, whether or not they are right. */
export function splitReference(reference: string): { readonly repository: string; readonly tag?: string; readonly digest?: string } {
  const [name, digest] = splitAt(reference, reference.indexOf('@'));
  const colon = name.lastIndexOf(':');
  const [repository, tag] = splitAt(name, colon > name.lastIndexOf('/') ? colon : -1);
  return { repository, ...tag !== undefined && { tag }, ...digest !== undefined && { digest } };
}

function splitAt(text: string, index: number): [string, string | undefined] {
  return index < 0 ? [text, undefined] : [text.slice(0, index), text.slice(index + 1)];
}
