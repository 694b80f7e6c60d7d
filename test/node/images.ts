import { chmodSync, copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { HOST_ARCHITECTURE } from '../image-builds/builder';
import { writeImage } from '../image-builds/oci-layout';
import { output } from '../support/real-runs/processes';

/** An image, and what pods call it. */
export interface NamedImage {
  readonly name: string;
  /** The OCI layout that holds it. */
  readonly layout: string;
}

/** An image of nothing but one static program. */
export async function packProgram(name: string, program: string, work: string): Promise<NamedImage> {
  const file = name.split('/').pop()!.split(':')[0];
  const [root, layout, layer] = ['root', 'layout', 'layer.tar'].map(part => join(work, file, part));
  mkdirSync(join(root, 'tmp'), { recursive: true });
  chmodSync(join(root, 'tmp'), 0o1777);
  copyFileSync(program, join(root, file));
  await output('tar', ['-C', root, '--numeric-owner', '--owner=0', '--group=0', '-cf', layer, '.']);
  await writeImage(layout, 'latest', [layer], { User: '65532:65532', Entrypoint: [`/${file}`] }, [HOST_ARCHITECTURE]);
  return { name, layout };
}
