import type { Kubectl } from './kubectl';
import { type CustomResourceDefinition, findDefinition } from '../../tools/kubernetes/crds';
import type { KubernetesObject } from '../support/real-runs/manifests';
import { findProgram, output, until } from '../support/real-runs/processes';

/** The kinds that the cluster does not serve, as `apiVersion/Kind`. */
export async function unservedKinds(kubectl: Kubectl, objects: readonly KubernetesObject[]): Promise<string[]> {
  const wanted = new Map<string, Set<string>>();
  objects.forEach(({ apiVersion, kind }) => wanted.set(apiVersion, (wanted.get(apiVersion) ?? new Set()).add(kind)));
  const missing: string[] = [];
  for (const [apiVersion, kinds] of wanted) {
    const served = await servedKinds(kubectl, apiVersion);
    missing.push(...[...kinds].filter(kind => !served.has(kind)).map(kind => `${apiVersion}/${kind}`));
  }
  return missing.sort();
}

/** Installs the definitions of kinds, as their operators' own modules have them; says of each that it is there. */
export async function installKinds(kubectl: Kubectl, kinds: readonly string[], made: (resource: string) => void): Promise<void> {
  for (const kind of kinds) {
    const [group, version, name] = kind.split('/');
    const definition = version && name ? findDefinition(group, name) : undefined;
    if (!definition) {
      throw new Error(`no server and no module of tools/kubernetes/crds.ts defines ${kind}`);
    }
    made(`crd/${definition.metadata.name}`);
    await kubectl.output(['create', '--validate=false', '-f', '-'], JSON.stringify(withoutDescriptions(definition)));
  }
  for (const kind of kinds) {
    const [group, version, name] = kind.split('/');
    await until(`${kind} is served`, 30, async () => (await servedKinds(kubectl, `${group}/${version}`)).has(name));
  }
}

/** Whether definitions can be read out of Go modules here. */
export async function canReadDefinitions(): Promise<boolean> {
  const go = findProgram('go');
  return go !== undefined && (await output(go, ['version'])).startsWith('go version');
}

async function servedKinds(kubectl: Kubectl, apiVersion: string): Promise<Set<string>> {
  const { status, stdout, stderr } = await kubectl.run(['get', '--raw', `/${apiVersion.includes('/') ? 'apis' : 'api'}/${apiVersion}`]);
  if (status !== 0) {
    if (/NotFound/.test(stderr)) {
      return new Set();
    }
    throw new Error(stderr);
  }
  return new Set((JSON.parse(stdout).resources as { kind: string }[]).map(({ kind }) => kind));
}

/** The server compiles a definition several times faster without its prose; what it accepts is the same. */
function withoutDescriptions(definition: CustomResourceDefinition): object {
  const strip = (schema: any): any => {
    if (Array.isArray(schema)) {
      return schema.map(strip);
    }
    if (typeof schema !== 'object' || schema === null) {
      return schema;
    }
    return Object.fromEntries(Object.entries(schema)
      .filter(([name, value]) => name !== 'description' || typeof value !== 'string')
      .map(([name, value]) => [name, ['default', 'enum', 'example', 'x-kubernetes-validations'].includes(name) ? value : strip(value)]));
  };
  return { ...definition, spec: { ...definition.spec, versions: definition.spec.versions.map(strip) } };
}
