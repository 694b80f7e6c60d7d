import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { parseAllDocuments } from 'yaml';

/** What a file is to the checkers. */
export enum FileKind {
  MANIFEST = 'manifest',
  DOCKERFILE = 'Dockerfile',
  WORKFLOW = 'workflow',
  /** YAML that is no manifest. */
  YAML = 'YAML',
  OTHER = 'other',
}

export interface OutputFile {
  /** Absolute. */
  readonly path: string;
  /** Relative to the folder of the output, with slashes. */
  readonly name: string;
  readonly kind: FileKind;
}

/** A Kubernetes object as far as the checkers' reports name it. */
export interface ManifestObject {
  readonly kind: string;
  readonly apiVersion: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly [field: string]: any;
}

/** Manifests go here, as those of an app without environments. */
export const MANIFESTS = 'manifests';
export const ARTIFACTS = 'artifacts';

/** What one app wrote for one environment: objects that stand in one cluster together, and the artefacts beside them. */
export class Output {
  public readonly files: readonly OutputFile[];

  public constructor(
    public readonly name: string,
    public readonly directory: string,
    /** The version of Kubernetes that the manifests are for, such as 1.31. */
    public readonly kubernetesVersion: string,
  ) {
    this.files = filesBelow(directory).map(path => {
      const file = relative(directory, path).split(sep).join('/');
      return { path, name: file, kind: kindOf(file) };
    });
  }

  public ofKind(kind: FileKind): OutputFile[] {
    return this.files.filter(file => file.kind === kind);
  }

  /** Every object of the manifests. */
  public objects(): ManifestObject[] {
    return this.ofKind(FileKind.MANIFEST).flatMap(file => readObjects(readFileSync(file.path, 'utf8')));
  }

  /** The file that a checker calls by its absolute path. */
  public fileAt(path: string): OutputFile | undefined {
    return this.files.find(file => file.path === path);
  }
}

/** The objects of a YAML text; a text that is no YAML has those before the fault. */
export function readObjects(text: string): ManifestObject[] {
  return parseAllDocuments(text).map(document => document.toJS() as ManifestObject | null).filter(object => object !== null);
}

/** Writes the files of an output and lists them. */
export function writeOutput(name: string, directory: string, kubernetesVersion: string, files: { readonly [name: string]: string }): Output {
  for (const [file, text] of Object.entries(files)) {
    const path = join(directory, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return new Output(name, directory, kubernetesVersion);
}

function kindOf(name: string): FileKind {
  const isYaml = /\.ya?ml$/.test(name);
  if (isYaml && name.startsWith(`${MANIFESTS}/`)) {
    return FileKind.MANIFEST;
  }
  if (isYaml && name.includes('.github/workflows/')) {
    return FileKind.WORKFLOW;
  }
  if (isYaml) {
    return FileKind.YAML;
  }
  return /^(.*\.)?Dockerfile(\..*)?$/.test(basename(name)) && !name.endsWith('.dockerignore') ? FileKind.DOCKERFILE : FileKind.OTHER;
}

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(entry => entry.isDirectory() ? filesBelow(join(directory, entry.name)) : [join(directory, entry.name)]);
}
