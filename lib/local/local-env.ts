import type { LocalText, SecretKey } from './local-app';
import type { LocalObjects } from './local-objects';
import type { Json } from '../definition/json';
import { sortedEntries } from '../definition/json';
import { parseQuantity } from '../definition/quantity';
import { type Report, within } from '../diagnostics/report';
import { REFERENCES } from '../pods/env';

/** What the variables of a container are read from. */
export interface EnvContext {
  readonly namespace?: string;
  readonly service: string;
  /** The pod template. */
  readonly template: Json;
  readonly objects: LocalObjects;
  /** A key of a secret, by a name that is unique in the app. */
  readonly secretKey: (name: string, key: string) => SecretKey;
  /** A value that names a port of a Service, as it is where no Service stands between. */
  readonly localized: (name: string, value: string) => string;
}

/** The variables of a container, by name; references are resolved as the kubelet does it. */
export function localEnv(container: Json, context: EnvContext, report: Report): ReadonlyMap<string, LocalText> {
  const env = new Map<string, LocalText>();
  for (const source of container.envFrom ?? []) {
    fromSource(source, context, report).forEach(([name, value]) => env.set(name, value));
  }
  for (const variable of container.env ?? []) {
    const value = variable.valueFrom === undefined
      ? expand(context.localized(variable.name, variable.value ?? ''), env)
      : fromReference(variable.valueFrom, container, context, within(report, `env ${variable.name}`));
    if (value !== undefined) {
      env.set(variable.name, value);
    }
  }
  return new Map(sortedEntries(Object.fromEntries(env)));
}

/** A text in which `$(NAME)` stands for a variable, as in commands and arguments. */
export function expand(text: string, env: ReadonlyMap<string, LocalText>): LocalText {
  const parts: LocalText[number][] = [];
  let end = 0;
  for (const match of text.matchAll(REFERENCES)) {
    const [whole, name] = match;
    parts.push(text.slice(end, match.index), ...name === undefined ? ['$'] : env.get(name) ?? [whole]);
    end = match.index + whole.length;
  }
  return joined([...parts, text.slice(end)]);
}

function joined(parts: LocalText): LocalText {
  const result: LocalText[number][] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (typeof part === 'string' && typeof last === 'string') {
      result[result.length - 1] = last + part;
    } else if (part !== '') {
      result.push(part);
    }
  }
  return result;
}

function fromSource(source: Json, context: EnvContext, report: Report): [string, LocalText][] {
  const { prefix = '', configMapRef, secretRef } = source;
  const { namespace, objects } = context;
  if (configMapRef) {
    const data = objects.configMap(namespace, configMapRef.name);
    if (!data && !configMapRef.optional) {
      unknownMap(configMapRef.name, within(report, 'envFrom'));
    }
    return sortedEntries(data).map(([key, value]) => [`${prefix}${key}`, [value]]);
  }
  const keys = objects.secretKeys(namespace, secretRef.name) ?? [];
  if (keys.length === 0 && !secretRef.optional) {
    unknownSecret(secretRef.name, within(report, 'envFrom'));
  }
  return [...keys].sort().map(key => [`${prefix}${key}`, [context.secretKey(secretRef.name, key)]]);
}

function fromReference(reference: Json, container: Json, context: EnvContext, report: Report): LocalText | undefined {
  const { configMapKeyRef: config, secretKeyRef: secret, fieldRef: field, resourceFieldRef: resource } = reference;
  if (secret) {
    return [context.secretKey(secret.name, secret.key)];
  }
  if (config) {
    const value = context.objects.configMap(context.namespace, config.name)?.[config.key];
    if (value === undefined && !config.optional) {
      unknownMap(config.name, report);
    }
    return value === undefined ? undefined : [value];
  }
  const value = field ? podField(field.fieldPath, context) : resource ? resourceField(resource, container) : undefined;
  if (value === undefined) {
    report({
      code: 'local-omission',
      message: `Docker has nothing for '${field?.fieldPath ?? resource?.resource ?? Object.keys(reference).join()}', so the variable is not set there.`,
      remedy: "Let the program do without it, or acknowledge 'local-omission' with the reason.",
    });
  }
  return value === undefined ? undefined : [value];
}

/** A field of the pod, as far as a container alone has it. */
export function podField(path: string, { namespace, service, template }: Pick<EnvContext, 'namespace' | 'service' | 'template'>): string | undefined {
  const [, map, key] = /^metadata\.(labels|annotations)\['([^']+)'\]$/.exec(path) ?? [];
  if (map !== undefined) {
    return template.metadata?.[map]?.[key];
  }
  const fields: { readonly [path: string]: string | undefined } = {
    'metadata.name': service,
    'metadata.namespace': namespace,
    'spec.serviceAccountName': template.spec.serviceAccountName,
  };
  return fields[path];
}

function resourceField({ resource, divisor }: Json, container: Json): string | undefined {
  const [list, ...name] = String(resource).split('.');
  const amount = container.resources?.[list]?.[name.join('.')];
  const value = amount === undefined ? undefined : parseQuantity(String(amount));
  return value === undefined ? undefined : String(Math.ceil(value / (parseQuantity(String(divisor ?? '1')) ?? 1)));
}

/** Reports a ConfigMap that nobody here makes. */
export function unknownMap(name: string, report: Report): void {
  report({
    code: 'local-unsupported',
    message: `The app does not know what the ConfigMap '${name}' holds.`,
    remedy: 'Make it here by a ServiceConfig, or leave the service out of the local app.',
  });
}

/** Reports a Secret whose keys nobody here knows. */
export function unknownSecret(name: string, report: Report): void {
  report({
    code: 'local-unsupported',
    message: `The app does not know which keys the Secret '${name}' has.`,
    remedy: "Name its 'keys' by ServiceSecret.existing(), or which files it fills by 'items'.",
  });
}
