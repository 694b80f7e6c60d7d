import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { ServiceSecret } from '../configuration/service-secret';
import { asMap } from '../definition/json';
import { Environment } from '../platform/environment';
import { Certificate } from '../traffic/certificate';

/** The keys of a certificate and its private key. */
export const TLS_CERTIFICATE = 'tls.crt';
export const TLS_KEY = 'tls.key';

/** What the app knows of the ConfigMaps and Secrets that its pods refer to. */
export interface LocalObjects {
  /** The texts of a ConfigMap by key; nothing where the app does not make it. */
  configMap(namespace: string | undefined, name: string): { readonly [key: string]: string } | undefined;
  /** The keys of a Secret; nothing where they are not known. */
  secretKeys(namespace: string | undefined, name: string): readonly string[] | undefined;
  /** The template of a key that is made of others; nothing where it has a value of its own. */
  composedKey(namespace: string | undefined, name: string, key: string): string | undefined;
}

/** The ConfigMaps and Secrets of one environment. */
export function findObjects(root: IConstruct, environment: string | undefined): LocalObjects {
  const maps = new Map<string, ApiObject>();
  const secrets = new Map<string, readonly string[]>();
  const composed = new Map<string, { readonly [key: string]: string }>();
  for (const construct of root.node.findAll()) {
    if (construct instanceof ServiceSecret && Environment.of(construct)?.name === environment) {
      secrets.set(keyOf(Chart.of(construct).namespace, construct.name), construct.keys);
      composed.set(keyOf(Chart.of(construct).namespace, construct.name), construct._composed);
    } else if (construct instanceof Certificate && Environment.of(construct)?.name === environment) {
      secrets.set(keyOf(Chart.of(construct).namespace, construct.secretName), [TLS_CERTIFICATE, TLS_KEY]);
    } else if (ApiObject.isApiObject(construct) && construct.kind === 'ConfigMap' && Environment.of(construct)?.name === environment) {
      maps.set(keyOf(construct.metadata.namespace ?? construct.chart.namespace, construct.name), construct);
    }
  }
  return {
    configMap: (namespace, name) => {
      const map = maps.get(keyOf(namespace, name));
      return map && asMap(renderObject(map).data);
    },
    secretKeys: (namespace, name) => secrets.get(keyOf(namespace, name)),
    composedKey: (namespace, name, key) => {
      const templates = composed.get(keyOf(namespace, name)) ?? {};
      return Object.hasOwn(templates, key) ? templates[key] : undefined;
    },
  };
}

function keyOf(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`;
}

/** What cannot be rendered is never written, and whoever writes it says why. */
export function renderObject(object: ApiObject): { [field: string]: unknown } {
  try {
    return object.toJson();
  } catch {
    return {};
  }
}
