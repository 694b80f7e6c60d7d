import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { copyFile, link } from 'node:fs/promises';
import { join } from 'node:path';
import { output } from '../support/real-runs/processes';

const INDEX = 'application/vnd.oci.image.index.v1+json';
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';

interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly platform?: { readonly os: string; readonly architecture: string };
  readonly annotations?: { readonly [name: string]: string };
}

/** What an image says of its container, as the OCI image specification has it; HEALTHCHECK is Docker's. */
export interface ContainerConfig {
  readonly User?: string;
  readonly ExposedPorts?: { readonly [port: string]: object };
  readonly Env?: readonly string[];
  readonly Entrypoint?: readonly string[];
  readonly Cmd?: readonly string[];
  readonly WorkingDir?: string;
  readonly Labels?: { readonly [label: string]: string };
  readonly StopSignal?: string;
  readonly Healthcheck?: { readonly Test?: readonly string[] };
}

/** An image in a folder that is an OCI layout. */
export interface Image {
  readonly architecture: string;
  readonly config: ContainerConfig;
  /** The file that says so. */
  readonly configFile: string;
  /** Its layers as tar archives, compressed or not, lowest first. */
  readonly layers: readonly string[];
  /** The sum of the layers as they are stored: buildah compresses them. */
  readonly bytes: number;
}

/**
 * Writes an image whose layers are tar archives, for several architectures that share them.
 *
 * @returns the digest of its index
 */
export async function writeImage(
  folder: string,
  tag: string,
  layers: readonly string[],
  config: ContainerConfig,
  architectures: readonly string[],
): Promise<string> {
  const blobs = join(folder, 'blobs/sha256');
  mkdirSync(blobs, { recursive: true });
  const json = (mediaType: string, content: object): Descriptor => {
    const text = JSON.stringify(content);
    const hex = createHash('sha256').update(text).digest('hex');
    writeFileSync(join(blobs, hex), text);
    return { mediaType, digest: `sha256:${hex}`, size: Buffer.byteLength(text) };
  };
  const stored: Descriptor[] = [];
  for (const layer of layers) {
    const hex = await sha256(layer);
    await place(layer, join(blobs, hex));
    stored.push({ mediaType: 'application/vnd.oci.image.layer.v1.tar', digest: `sha256:${hex}`, size: statSync(layer).size });
  }
  const manifests = architectures.map(architecture => {
    const platform = { os: 'linux', architecture };
    const rootfs = { type: 'layers', diff_ids: stored.map(({ digest }) => digest) };
    const manifest = { schemaVersion: 2, mediaType: MANIFEST, config: json('application/vnd.oci.image.config.v1+json', { ...platform, config, rootfs }), layers: stored };
    return { ...json(MANIFEST, manifest), platform };
  });
  const index = json(INDEX, { schemaVersion: 2, mediaType: INDEX, manifests });
  writeFileSync(join(folder, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
  writeFileSync(join(folder, 'index.json'), JSON.stringify({
    schemaVersion: 2, manifests: [{ ...index, annotations: { 'org.opencontainers.image.ref.name': tag } }],
  }));
  return index.digest;
}

/** Reads the only image of a layout, or that for an architecture. */
export function readImage(folder: string, architecture?: string): Image {
  const blob = (digest: string): string => join(folder, 'blobs', digest.replace(':', '/'));
  const parse = (file: string): any => JSON.parse(readFileSync(file, 'utf8'));
  let descriptors: Descriptor[] = parse(join(folder, 'index.json')).manifests;
  while (descriptors.length === 1 && descriptors[0].mediaType === INDEX) {
    descriptors = parse(blob(descriptors[0].digest)).manifests;
  }
  const found = descriptors.filter(({ platform }) => architecture === undefined || platform === undefined || platform.architecture === architecture);
  if (found.length !== 1) {
    throw new Error(`${folder} holds ${found.length} images${architecture === undefined ? '' : ` for ${architecture}`}, where one was expected`);
  }
  const manifest = parse(blob(found[0].digest));
  const configFile = blob(manifest.config.digest);
  const config = parse(configFile);
  const layers = manifest.layers as Descriptor[];
  return {
    architecture: config.architecture,
    config: config.config ?? {},
    configFile,
    layers: layers.map(({ digest }) => blob(digest)),
    bytes: layers.reduce((sum, { size }) => sum + size, 0),
  };
}

/** Unpacks an image into a folder. */
export async function unpack({ layers }: Image, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const layer of layers) {
    const names = await output('tar', ['-tf', layer]);
    if (/(^|\/)\.wh\./m.test(names)) {
      throw new Error(`${layer} removes files of a lower layer, which is more than is understood here`);
    }
    await output('tar', ['--numeric-owner', '-xpf', layer, '-C', folder]);
  }
}

/** Layers are large, and nobody writes to them; so they lie there once where one file system holds both places. */
async function place(layer: string, blob: string): Promise<void> {
  if (!existsSync(blob)) {
    await link(layer, blob).catch(async () => copyFile(layer, blob));
  }
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) {
    hash.update(chunk);
  }
  return hash.digest('hex');
}
