import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';

/** The versions of Kubernetes that there are schemas of. */
export type KubernetesMinor = '1.27' | '1.36';

export const NEWEST_MINOR: KubernetesMinor = '1.36';

/**
 * What is wrong with a manifest according to the strict schemas of Kubernetes and of the custom resources in test/schemas,
 * one message a fault, each beginning with the path: `spec.replicas: must be integer`. No message means a valid manifest.
 */
export function validateManifest(manifest: any, kubernetesMinor: KubernetesMinor): string[] {
  const { apiVersion, kind, metadata } = manifest ?? {};
  const validate = validatorOf(`${apiVersion}/${kind}`, kubernetesMinor);
  if (!validate) {
    return [`kind: there is no schema of ${kind} in ${apiVersion} for Kubernetes ${kubernetesMinor}`];
  }
  const errors = validate(manifest) ? [] : validate.errors!.map(describeError);
  return typeof metadata?.name === 'string' ? errors : ['metadata.name: missing', ...errors];
}

interface SchemaFile {
  readonly kinds: { readonly [kind: string]: string };
  readonly definitions: { readonly [name: string]: object };
}

/** The schemas of one file; each kind is compiled when a manifest first asks for it, with those that it refers to. */
class Schemas {
  private readonly ajv = new Ajv({
    strict: false,
    allErrors: true,
    unicodeRegExp: false,
    validateFormats: false,
    validateSchema: false,
    meta: false,
    inlineRefs: false,
    code: { optimize: false },
  });

  private readonly file: SchemaFile;
  private readonly added = new Set<string>();

  public constructor(name: string) {
    this.file = JSON.parse(gunzipSync(readFileSync(join(__dirname, '../schemas', `${name}.json.gz`))).toString('utf8'));
  }

  public validator(kind: string): ValidateFunction | undefined {
    if (!Object.hasOwn(this.file.kinds, kind)) {
      return undefined;
    }
    const definition = this.file.kinds[kind];
    this.add(definition);
    return this.ajv.getSchema(definition);
  }

  private add(definition: string): void {
    if (!this.added.has(definition)) {
      this.added.add(definition);
      const schema = this.file.definitions[definition];
      this.ajv.addSchema(schema, definition);
      for (const [, reference] of JSON.stringify(schema).matchAll(/"\$ref":"([^"]+)"/g)) {
        this.add(reference);
      }
    }
  }
}

const loaded = new Map<string, Schemas>();

function validatorOf(kind: string, minor: KubernetesMinor): ValidateFunction | undefined {
  return schemas(`kubernetes-${minor}`).validator(kind) ?? schemas('crds').validator(kind);
}

function schemas(name: string): Schemas {
  let file = loaded.get(name);
  if (!file) {
    file = new Schemas(name);
    loaded.set(name, file);
  }
  return file;
}

function describeError({ instancePath, keyword, params, message }: ErrorObject): string {
  const path = instancePath.split('/').slice(1).map(part => part.replace(/~1/g, '/').replace(/~0/g, '~'));
  switch (keyword) {
    case 'additionalProperties':
      return `${display([...path, params.additionalProperty])}: unknown field`;
    case 'required':
      return `${display([...path, params.missingProperty])}: missing`;
    case 'enum':
      return `${display(path)}: must be one of ${params.allowedValues.join(', ')}`;
    default:
      return `${display(path)}: ${message}`;
  }
}

/** `spec.containers[0].image`, and `metadata.labels["app.kubernetes.io/name"]`. */
function display(path: readonly string[]): string {
  return path.map((part, index) => {
    if (/^\d+$/.test(part)) {
      return `[${part}]`;
    }
    return /^[\w$-]+$/.test(part) ? `${index > 0 ? '.' : ''}${part}` : `["${part}"]`;
  }).join('');
}
