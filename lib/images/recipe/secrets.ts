import { type Mount } from '../dockerfile/mounts';
import type { ImageOptions } from '../image-options';

/** What is secret, mounted for one command. */
export function secretMounts({ secrets = [] }: ImageOptions): Mount[] {
  return secrets.map(({ id, target, env }) => ({ type: 'secret', id, ...target !== undefined && { target }, ...env !== undefined && { env } }));
}
