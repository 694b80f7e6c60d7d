import { parseAllDocuments } from 'yaml';
import { GoModule } from './go-module';
import type { Schema } from './openapi';

/** The Go modules that carry custom resource definitions which our manifests, or those that users write beside them, follow. */
const SOURCES: readonly { readonly module: string; readonly version: string; readonly files: RegExp }[] = [
  { module: 'github.com/traefik/traefik/v3', version: 'v3.7.13', files: /^integration\/fixtures\/k8s\/01-traefik-crd\.yml$/ },
  { module: 'sigs.k8s.io/gateway-api', version: 'v1.6.3', files: /^config\/crd\/standard\/[^/]*\.yaml$/ },
  { module: 'github.com/cert-manager/cert-manager', version: 'v1.21.2', files: /^deploy\/crds\/cert-manager\.io_[^/]*\.yaml$/ },
  {
    module: 'github.com/prometheus-operator/prometheus-operator',
    version: 'v0.85.0',
    files: /^example\/prometheus-operator-crd\/[^/]*_(servicemonitors|podmonitors|prometheusrules|probes|scrapeconfigs|alertmanagerconfigs)\.yaml$/,
  },
  { module: 'github.com/external-secrets/external-secrets', version: 'v1.3.2', files: /^config\/crds\/bases\/(generators\.external-secrets\.io_passwords|external-secrets\.io_[^/]*)\.yaml$/ },
  { module: 'github.com/bitnami-labs/sealed-secrets', version: 'v0.40.0', files: /^helm\/sealed-secrets\/crds\/[^/]*\.yaml$/ },
  { module: 'github.com/kedacore/keda/v2', version: 'v2.21.0', files: /^config\/crd\/bases\/keda\.sh_[^/]*\.yaml$/ },
  { module: 'github.com/argoproj/argo-rollouts', version: 'v1.10.2', files: /^manifests\/crds\/.*-crd\.yaml$/ },
  { module: 'github.com/argoproj/argo-cd/v3', version: 'v3.6.1', files: /^manifests\/crds\/.*-crd\.yaml$/ },
  { module: 'github.com/cloudnative-pg/cloudnative-pg', version: 'v1.30.1', files: /^config\/crd\/bases\/[^/]*\.yaml$/ },
  { module: 'github.com/rabbitmq/cluster-operator/v2', version: 'v2.16.0', files: /^config\/crd\/bases\/[^/]*\.yaml$/ },
  { module: 'github.com/kubernetes-csi/external-snapshotter/client/v8', version: 'v8.7.0', files: /^config\/crd\/snapshot\.storage\.k8s\.io_[^/]*\.yaml$/ },
];

/** One served version of a custom resource. */
export interface CustomResource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly schema: Schema;
}

/** What is read of a custom resource definition; the rest of it is there too. */
export interface CustomResourceDefinition {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: { readonly name: string; readonly served: boolean; readonly schema: { readonly openAPIV3Schema: Schema } }[];
  };
}

/** The modules and their versions, for the record. */
export const CRD_MODULES = SOURCES.map(({ module, version }) => `${module}@${version}`);

/** Every served version of every custom resource of the modules. */
export function readCustomResources(): CustomResource[] {
  return SOURCES.flatMap(source => readDefinitions(source).flatMap(definition => {
    const { group, names, versions } = definition.spec;
    return versions.filter(({ served }) => served)
      .map(({ name, schema }) => ({ apiVersion: `${group}/${name}`, kind: names.kind, schema: schema.openAPIV3Schema }));
  }));
}

/** The definitions that a module carries. */
export function definitionsOf(module: string): CustomResourceDefinition[] {
  return SOURCES.filter(source => source.module === module).flatMap(readDefinitions);
}

/** The first definition that defines `kind` of `group`; no more modules are downloaded than it takes. */
export function findDefinition(group: string, kind: string): CustomResourceDefinition | undefined {
  for (const source of SOURCES) {
    const found = readDefinitions(source).find(({ spec }) => spec.group === group && spec.names.kind === kind);
    if (found) {
      return found;
    }
  }
  return undefined;
}

function readDefinitions({ module, version, files }: typeof SOURCES[number]): CustomResourceDefinition[] {
  const source = GoModule.download(module, version);
  const definitions = source.files(files)
    .flatMap(file => parseAllDocuments(source.read(file)).map(document => document.toJS() as CustomResourceDefinition | null))
    .filter(document => document?.kind === 'CustomResourceDefinition');
  if (definitions.length === 0) {
    throw new Error(`${module}@${version} has no custom resource definitions where they are looked for`);
  }
  return definitions as CustomResourceDefinition[];
}
