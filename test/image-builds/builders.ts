import { join, resolve } from 'node:path';
import { Buildah } from './buildah';
import type { ImageBuilder } from './builder';
import { BuildKit } from './buildkit';
import type { Suite } from '../support/real-runs/suite';
import { Unavailable } from '../support/real-runs/unavailable';

/** Where builders, stand-ins and layers are kept between runs. */
export const CACHE = resolve(process.env.IMAGES_CACHE ?? join(__dirname, '../../.cache/images'));

/** BuildKit where it starts, else buildah; `IMAGE_BUILDER=buildah` asks for that. */
export async function provideBuilder(suite: Suite): Promise<ImageBuilder> {
  if (process.env.IMAGE_BUILDER !== 'buildah') {
    try {
      return await BuildKit.start(suite, CACHE);
    } catch (error) {
      if (!(error instanceof Unavailable)) {
        throw error;
      }
      suite.note(`no BuildKit: ${error.message}`);
    }
  }
  return Buildah.start(suite, CACHE);
}
