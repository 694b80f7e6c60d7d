import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { corpusFolder } from '../corpus-folder';

const POD_TEMPLATE = 'PodTemplate';
/** Where each kind keeps its pods; they are counted together. */
const POD_TEMPLATES: { readonly [kind: string]: string } = {
  CronJob: 'spec.jobTemplate.spec.template',
  DaemonSet: 'spec.template',
  Deployment: 'spec.template',
  Job: 'spec.template',
  Pod: '',
  ReplicaSet: 'spec.template',
  ReplicationController: 'spec.template',
  StatefulSet: 'spec.template',
};
const LEAST_PROJECTS = 2;

/** A field that real projects write. */
export interface CorpusPath {
  /** The kind and the field, `[]` for items of a list and `*` for free keys. */
  readonly path: string;
  /** How many objects and projects write it. */
  readonly objects: number;
  readonly projects: number;
}

/** The fields of Kubernetes' own kinds that at least two projects write; nothing where the corpus is not there. */
export function corpusPaths(): CorpusPath[] | undefined {
  const folder = corpusFolder();
  if (folder === undefined) {
    return undefined;
  }
  const own = read(join(folder, 'fields.tsv')).filter(({ path }) => !path.split('.')[0].includes('@') && !isInPodTemplate(path));
  return [...own, ...read(join(folder, 'fields_podtemplate.tsv'))].filter(({ projects, path }) => projects >= LEAST_PROJECTS && path !== POD_TEMPLATE);
}

function read(file: string): CorpusPath[] {
  return readFileSync(file, 'utf8').split('\n').slice(1).filter(line => line !== '').map(line => {
    const [path, objects, projects] = line.split('\t');
    return { path, objects: Number(objects), projects: Number(projects) };
  });
}

function isInPodTemplate(path: string): boolean {
  const [kind, ...rest] = path.split('.');
  const template = POD_TEMPLATES[kind];
  return template !== undefined && (template === '' || rest.join('.').startsWith(template));
}

/** Whether a manifest writes a field. */
export function writes(manifest: any, path: string): boolean {
  const [kind, ...keys] = path.split('.');
  if (kind !== POD_TEMPLATE) {
    return manifest.kind === kind && reaches(manifest, keys);
  }
  const template = POD_TEMPLATES[manifest.kind];
  return template !== undefined && reaches(template.split('.').reduce((value, key) => value?.[key], manifest), keys);
}

function reaches(value: any, [key, ...rest]: readonly string[]): boolean {
  if (key === undefined) {
    return value !== undefined;
  }
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  if (key.endsWith('[]')) {
    const items = value[key.slice(0, -2)];
    return Array.isArray(items) && items.some(item => reaches(item, rest));
  }
  return key === '*' ? Object.values(value).some(item => reaches(item, rest)) : reaches(value[key], rest);
}
