import { type GlobalArgument } from './dockerfile/dockerfile';
import { type Text, text, variable } from './dockerfile/text';
import { splitReference } from './image-base';

/** An image that a stage begins with, by name. */
export interface NamedImage {
  readonly repository: string;
  /** The tag; behind a version, what follows it. */
  readonly tag: string;
  /** The version that the tag begins with, as a build argument. */
  readonly version?: GlobalArgument;
  readonly digest?: string;
}

/** The same, as it is written into a Dockerfile. */
export interface WrittenImage {
  readonly image: Text;
  /** The argument that stands in it. */
  readonly argument?: GlobalArgument;
  /** Its name without digest, which is how the lock file calls it. */
  readonly reference: string;
  readonly digest?: string;
}

/** Looks an image up in the lock file. */
export type DigestOf = (reference: string) => string | undefined;

/** An image by its whole reference. */
export function namedImage(reference: string): NamedImage {
  const { repository, tag = '', digest } = splitReference(reference);
  return { repository, tag, ...digest !== undefined && { digest } };
}

/** A pinned image takes no argument: the digest would win against it. */
export function writeImage({ repository, tag, version, digest: own }: NamedImage, digestOf: DigestOf): WrittenImage {
  const name = `${version?.default ?? ''}${tag}`;
  const reference = name === '' ? repository : `${repository}:${name}`;
  const digest = own ?? digestOf(reference);
  if (digest !== undefined || version === undefined) {
    return { image: `${reference}${digest === undefined ? '' : `@${digest}`}`, reference, ...digest !== undefined && { digest } };
  }
  return { image: text`${repository}:${variable(version.name)}${tag}`, argument: version, reference };
}
