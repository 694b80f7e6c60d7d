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

/**
 * What a base image is.
 */
export interface GoBaseFacts {
  readonly kind: 'distroless' | 'scratch' | 'alpine' | 'custom';
  /** The reference; the version of alpine stands in a build argument. Nothing for scratch. */
  readonly reference?: string;
  readonly version?: string;
  readonly tmp?: boolean;
}

const ALPINE_VERSION = '3.24.2';

/**
 * What a static binary stands on. None of them runs a command while it is built, so that an image for another processor never needs emulation.
 */
export class GoBase {
  /**
   * `gcr.io/distroless/static-debian13:nonroot`: CA certificates, time zones, a user, and no shell.
   *
   * @see https://github.com/GoogleContainerTools/distroless/blob/main/base/README.md
   */
  public static distroless(): GoBase {
    return new GoBase({ kind: 'distroless', reference: 'gcr.io/distroless/static-debian13:nonroot' });
  }

  /** Nothing but CA certificates, time zones, a user, its group and the binary. */
  public static scratch(options: ScratchOptions = {}): GoBase {
    return new GoBase({ kind: 'scratch', ...options.tmp && { tmp: true } });
  }

  /**
   * Alpine Linux with CA certificates and time zones, for those who want a shell in production.
   *
   * @param version the version, 3.24.2 where none is given
   */
  public static alpine(version?: string): GoBase {
    return new GoBase({ kind: 'alpine', version: version ?? ALPINE_VERSION });
  }

  /**
   * Any other image that runs a static binary. It must bring what the program needs: nothing is added to it.
   *
   * @param reference `repository:tag`, `repository@digest` or `repository:tag@digest`
   */
  public static custom(reference: string): GoBase {
    return new GoBase({ kind: 'custom', reference });
  }

  private constructor(private readonly facts: GoBaseFacts) {}

  /** @internal */
  public get _facts(): GoBaseFacts {
    return this.facts;
  }

  /** @internal */
  public _check(report: Report): void {
    const { kind, reference, version } = this.facts;
    if (kind === 'alpine' && !/^\d+\.\d+(\.\d+)?(@sha256:[0-9a-f]{64})?$/.test(version!)) {
      report({ code: 'invalid-version', message: `'${version}' is not a version of Alpine Linux.`, remedy: `Write it in full, for example '${ALPINE_VERSION}'.` });
    }
    if (kind === 'custom') {
      checkBaseReference(reference!, report);
    }
  }
}

function checkBaseReference(reference: string, report: Report): void {
  const [name, digest] = splitAt(reference, reference.indexOf('@'));
  const colon = name.lastIndexOf(':');
  const [repository, tag] = splitAt(name, colon > name.lastIndexOf('/') ? colon : -1);
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

function splitAt(text: string, index: number): [string, string | undefined] {
  return index < 0 ? [text, undefined] : [text.slice(0, index), text.slice(index + 1)];
}
