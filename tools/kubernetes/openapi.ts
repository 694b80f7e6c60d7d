import { GoModule } from './go-module';

const KUBERNETES = 'k8s.io/kubernetes';

/** The release that stands for each minor version: its last patch that the module proxy serves and the checksum database knows. */
export const RELEASES: { readonly [minor: number]: string } = {
  27: '1.27.16',
  28: '1.28.15',
  29: '1.29.15',
  30: '1.30.14',
  31: '1.31.14',
  32: '1.32.13',
  33: '1.33.13',
  34: '1.34.10',
  35: '1.35.8',
  36: '1.36.4',
};

/** The supported minor versions, oldest first. */
export const MINORS = Object.keys(RELEASES).map(Number).sort((a, b) => a - b);
export const OLDEST = MINORS[0];
export const NEWEST = MINORS[MINORS.length - 1];

/** What is read of a schema in the OpenAPI document of Kubernetes (Swagger 2), and in a custom resource definition. */
export interface Schema {
  readonly '$ref'?: string;
  readonly 'type'?: string;
  readonly 'format'?: string;
  readonly 'properties'?: { readonly [name: string]: Schema };
  readonly 'required'?: string[];
  readonly 'enum'?: unknown[];
  readonly 'items'?: Schema;
  readonly 'additionalProperties'?: Schema | boolean;
  readonly 'default'?: unknown;
  readonly 'x-kubernetes-group-version-kind'?: { readonly group: string; readonly version: string; readonly kind: string }[];
  readonly 'x-kubernetes-patch-merge-key'?: string;
  readonly 'x-kubernetes-list-type'?: string;
  readonly 'x-kubernetes-list-map-keys'?: string[];
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-embedded-resource'?: boolean;
}

/** The definitions of one release by their full name, such as `io.k8s.api.core.v1.PodSpec`. */
export type Definitions = { readonly [name: string]: Schema };

/** The definitions of a minor version. */
export function openapi(minor: number): Definitions {
  return JSON.parse(GoModule.download(KUBERNETES, `v${RELEASES[minor]}`).read('api/openapi-spec/swagger.json')).definitions;
}

/** The name of the definition that a schema refers to. */
export function referenced(schema: Schema): string | undefined {
  return schema.$ref?.replace('#/definitions/', '');
}

/** The last part of a definition's name: `PodSpec`. */
export function shortName(definition: string): string {
  return definition.slice(definition.lastIndexOf('.') + 1);
}

/** Says which release stands for each minor, and whether a later patch or minor is out. */
function main(): void {
  for (const minor of [...MINORS, NEWEST + 1]) {
    const release = RELEASES[minor];
    const next = release ? release.replace(/\d+$/, patch => String(Number(patch) + 1)) : `1.${minor}.0`;
    const later = GoModule.exists(KUBERNETES, `v${next}`) ? `, v${next} is out` : '';
    console.log(`1.${minor}: ${release ? `v${release}` : 'not supported yet'}${later}`);
  }
}

if (require.main === module) {
  main();
}
