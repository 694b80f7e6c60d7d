/** What is to be built. */
export interface BuildRequest {
  /** The folder of the Dockerfile and, beside it, of its .dockerignore. */
  readonly folder: string;
  /** The folder that the build reads. */
  readonly context: string;
  /** @default - the last stage */
  readonly target?: string;
  /** @default - that of this machine */
  readonly architecture?: string;
  readonly buildArgs?: { readonly [name: string]: string };
  /** Whether nothing of earlier builds is used but what they left in cache mounts. */
  readonly fromScratch?: boolean;
}

/** A program that builds images. */
export interface ImageBuilder {
  /** What it is, and how far it follows the text of a Dockerfile. */
  readonly description: string;
  /** Whether an image for another processor is one, and not just a program for it on this processor's base. */
  readonly makesForeignImages: boolean;
  /** Whether a build is faster for what an earlier one has done. */
  readonly remembers: boolean;
  /** Builds an image into a folder, as an OCI layout; without one what is built is forgotten. */
  build(request: BuildRequest, into?: string): Promise<void>;
}

/** The architecture of this machine, as images name it. */
export const HOST_ARCHITECTURE = ({ x64: 'amd64', arm64: 'arm64' } as { [name: string]: string })[process.arch] ?? process.arch;
