import { splitReference } from '../images/image-base';

/** Where an image lies. */
export interface Location {
  /** The base of the registry's API. */
  readonly url: string;
  /** The repository, without its registry. */
  readonly repository: string;
  /** The tag, or the digest where that is what the image is known by. */
  readonly version: string;
}

const DOCKER_HUB = 'registry-1.docker.io';
/** Where nobody listens in between, so that a registry without a certificate will do. */
const LOCAL = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/;

/** Where the image of a reference lies; nothing where the reference is none. */
export function locate(reference: string): Location | undefined {
  const { repository, tag, digest } = splitReference(reference);
  const version = digest ?? tag;
  const [first, ...rest] = repository.split('/');
  const hasHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  const name = hasHost ? rest.join('/') : repository;
  if (version === undefined || !/^[a-z0-9]+([._/-]+[a-z0-9]+)*$/.test(name) || !/^[\w.:-]+$/.test(version)) {
    return undefined;
  }
  const host = !hasHost || first === 'docker.io' ? DOCKER_HUB : first;
  return {
    url: `${LOCAL.test(host) ? 'http' : 'https'}://${host}`,
    repository: host === DOCKER_HUB && !name.includes('/') ? `library/${name}` : name,
    version,
  };
}
