import { parseAllDocuments } from 'yaml';
import { readCompiledSchema } from './compiled-schema';
import { GoModule } from './go-module';
import { NpmPackage } from './npm-package';
import type { Schema } from './openapi';

/** A Go module that carries custom resource definitions as the YAML which operators are installed by. */
interface ModuleSource {
  readonly module: string;
  readonly version: string;
  readonly files: RegExp;
}

/** An npm package that carries the validators of custom resources, a file a kind, where no Go module has their definitions. */
interface PackageSource extends ModuleSource {
  /** The hash of its archive, since there is no database of them. */
  readonly integrity: string;
}

/** Where the custom resource definitions come from which our manifests, or those that users write beside them, follow. */
const SOURCES: readonly (ModuleSource | PackageSource)[] = [
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
  {
    // Those of Strimzi 1.0.0.
    module: '@kubernetes-models/strimzi-kafka-operator',
    version: '1.0.1',
    integrity: 'sha512-qdkmGLuGVPMF/pVNhkgSvP9ttQzHyOZb0ncslG/JnjO0BuXNGaoW1gfa3Bpw7ZCm82pJ2dgyiP4YuB9nOSjlog==',
    files: /^_schemas\/KafkaStrimziIoV1Kafka(|NodePool|Topic|User)\.js$/,
  },
];

/** One served version of a custom resource. */
export interface CustomResource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly schema: Schema;
}

/** What is read of a custom resource definition; the rest of it is there too. */
export interface CustomResourceDefinition {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string; readonly singular?: string; readonly plural: string };
    readonly scope: string;
    readonly versions: {
      readonly name: string;
      readonly served: boolean;
      readonly storage: boolean;
      readonly schema: { readonly openAPIV3Schema: Schema };
    }[];
  };
}

/** The modules and packages with their versions, for the record. */
export const CRD_MODULES = SOURCES.map(({ module, version }) => `${module}@${version}`);

/** Every served version of every custom resource of the sources. */
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

function readDefinitions(source: typeof SOURCES[number]): CustomResourceDefinition[] {
  const definitions = 'integrity' in source ? fromPackage(source) : fromModule(source);
  if (definitions.length === 0) {
    throw new Error(`${source.module}@${source.version} has no custom resource definitions where they are looked for`);
  }
  return definitions;
}

function fromModule({ module, version, files }: ModuleSource): CustomResourceDefinition[] {
  const source = GoModule.download(module, version);
  return source.files(files)
    .flatMap(file => parseAllDocuments(source.read(file)).map(document => document.toJS() as CustomResourceDefinition | null))
    .filter(document => document?.kind === 'CustomResourceDefinition') as CustomResourceDefinition[];
}

/** Definitions that a server takes as it takes those of the operator: of each kind the one version that the package is read for. */
function fromPackage({ module, version, integrity, files }: PackageSource): CustomResourceDefinition[] {
  const source = NpmPackage.download(module, version, integrity);
  return source.files(files).map(file => {
    const schema = readCompiledSchema(source.read(file));
    const [kind, apiVersion] = [onlyValue(schema, 'kind'), onlyValue(schema, 'apiVersion')];
    const [group, name] = apiVersion.split('/');
    const singular = kind.toLowerCase();
    return {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: `${singular}s.${group}` },
      spec: {
        group,
        names: { kind, singular, plural: `${singular}s` },
        scope: 'Namespaced',
        versions: [{ name, served: true, storage: true, schema: { openAPIV3Schema: schema } }],
      },
    };
  });
}

function onlyValue({ properties }: Schema, property: string): string {
  return String(properties?.[property]?.enum?.[0]);
}
