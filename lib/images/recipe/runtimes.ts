import type { Runtime } from './language';
import { namedImage, type NamedImage } from '../base-image';

const STATIC_DEBUG = 'gcr.io/distroless/static-debian13:debug-nonroot';

/** Alpine Linux of a version, with the digest where the version has one behind it. */
export function alpineImage(version: string, repository = 'alpine', before = ''): NamedImage {
  const [number, digest] = version.split('@');
  return {
    repository,
    tag: before,
    ...before === '' ? { version: { name: 'ALPINE_VERSION', default: number, description: 'is the Alpine Linux that the program runs on' } } : { tag: `${before}${number}` },
    ...digest !== undefined && { digest },
  };
}

/** What a static program runs on: an image, or nothing. */
export function staticRuntime(image: NamedImage | undefined): Omit<Runtime, 'copiesSystem'> {
  return image === undefined ? { hasShell: false, debug: namedImage(STATIC_DEBUG) } : { image, hasShell: true };
}

/** Official images of languages name Alpine by its minor version. */
export function minorOf(version: string): string {
  return version.replace(/@.*$/, '').split('.').slice(0, 2).join('.');
}
