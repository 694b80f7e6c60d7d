import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ImageBuilder } from './builder';
import { CACHE } from './builders';
import { DataImages } from './data-images';
import { dockerfilesBelow } from './dockerfiles';
import type { Application } from '../support/real-runs/applications';
import type { Suite } from '../support/real-runs/suite';

/**
 * Provides the images that an app runs: its own are built from its Dockerfiles as they are, servers that hold data out of Debian packages.
 *
 * @param images their names
 * @param publish gets the name of each and the OCI layout that holds it
 */
export async function provideAppImages(
  suite: Suite,
  builder: ImageBuilder,
  { folder, artifacts }: Application,
  images: readonly string[],
  publish: (name: string, layout: string) => Promise<void>,
): Promise<void> {
  const dockerfiles = artifacts.flatMap(each => dockerfilesBelow(each, folder));
  const stock = new DataImages(CACHE, join(suite.folder, 'data-images'), text => suite.note(text));
  for (const image of new Set(images)) {
    const ours = dockerfiles.find(({ name }) => new RegExp(`/${name}:[^/]+$`).test(image));
    if (ours) {
      const layout = join(folder, 'built', ours.name);
      mkdirSync(join(layout, '..'), { recursive: true });
      await builder.build({ folder: ours.folder, context: ours.context }, layout);
      await publish(image, layout);
    } else {
      await publish(image, await stock.for(image));
    }
  }
}
