import { Chart, Testing } from 'cdk8s';
import { type CorpusPath, writes } from './corpus-paths';
import { passThrough } from './pass-through';
import { SPECIMENS } from './specimens';

/** By what a field is set. */
export enum Means {
  TYPED = 'typed property',
  PASSED_THROUGH = 'typed pass-through',
  BY_DESIGN = 'not by design',
  ELSEWHERE = 'set-up of a cluster',
  NOT_YET = 'not yet',
}

/** A field, and by what it is set. */
export interface Covered extends CorpusPath {
  readonly means: Means;
  readonly by: string;
}

/** Fields that no service definition should set, each with the reason. */
const BY_DESIGN: readonly (readonly [RegExp, string])[] = [
  [/^Secret\.(data|stringData)(\.|$)/, 'values never reach an output: `ServiceSecret` names keys, seals values, or has a script fill them in'],
  [/^(Cluster)?RoleBinding\.subjects\[\]\.apiGroup$/, 'subjects are ServiceAccounts, which have none; who runs the cluster binds people and groups'],
  [/\.status$/, 'written by the cluster'],
  [/^PodTemplate\.spec\.serviceAccount$/, 'the old name of `serviceAccountName`'],
  [/\.fieldRef\.apiVersion$/, 'there is one, `v1`, and it is the default'],
  [/^PodTemplate\.metadata\.(name|namespace)$/, 'names of pods come from their workload'],
];
/** Kinds that set up a cluster rather than a service; cdk8s' own ApiObject writes them beside ours. */
const OF_A_CLUSTER = ['APIService', 'CustomResourceDefinition', 'PersistentVolume', 'StorageClass', 'ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'];

/** By what each field is set, found by really synthesising. */
export function cover(paths: readonly CorpusPath[]): Covered[] {
  const outputs = SPECIMENS.map(specimen => ({ ...specimen, manifests: synthesise(specimen.build) }));
  return paths.map(path => {
    const typed = outputs.find(({ manifests }) => manifests.some(manifest => writes(manifest, path.path)));
    if (typed) {
      return { ...path, means: Means.TYPED, by: typed.property === undefined ? `\`${typed.construct}\` by itself` : `\`${typed.construct}\`: ${typed.property}` };
    }
    const reason = BY_DESIGN.find(([pattern]) => pattern.test(path.path))?.[1];
    if (reason !== undefined) {
      return { ...path, means: Means.BY_DESIGN, by: reason };
    }
    if (OF_A_CLUSTER.includes(path.path.split('.')[0])) {
      return { ...path, means: Means.ELSEWHERE, by: '`ApiObject` of cdk8s' };
    }
    const passed = passThrough(path.path);
    return passed && synthesise(passed.build).some(manifest => writes(manifest, path.path))
      ? { ...path, means: Means.PASSED_THROUGH, by: passed.property }
      : { ...path, means: Means.NOT_YET, by: '' };
  });
}

function synthesise(build: (chart: Chart) => void): any[] {
  const chart = new Chart(Testing.app(), 'shop', { namespace: 'shop' });
  build(chart);
  return chart.node.findAll().filter(Chart.isChart).flatMap(each => (each as Chart).toJson());
}
