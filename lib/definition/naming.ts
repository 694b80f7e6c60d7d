import type { Report } from '../diagnostics/report';

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const DNS_1035_LABEL = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const DNS_SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const PORT_NAME = /^(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/;
const LABEL_VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const LABEL_NAME = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const CONFIG_KEY = /^[-._a-zA-Z0-9]+$/;
const C_IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** The longest name that also fits into a label and a host name. */
export const MAX_NAME = 63;

/** Which of the rules of https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ a name follows. */
export enum NameRule {
  /** RFC 1123 label: most objects. */
  LABEL,
  /** RFC 1035 label, which may not begin with a digit: Services. */
  SERVICE,
  /** RFC 1123 subdomain, which may hold dots: ConfigMaps, Secrets, Ingresses. */
  SUBDOMAIN,
}

const RULES = {
  [NameRule.LABEL]: { pattern: DNS_LABEL, say: 'lower-case letters, digits and dashes, with a letter or digit at both ends' },
  [NameRule.SERVICE]: { pattern: DNS_1035_LABEL, say: 'lower-case letters, digits and dashes, beginning with a letter and ending with a letter or digit' },
  [NameRule.SUBDOMAIN]: { pattern: DNS_SUBDOMAIN, say: 'lower-case letters, digits, dashes and dots, with a letter or digit at both ends' },
};

/** Reports a name that the API server would refuse, or that is longer than 63 characters: nothing is ever cut. */
export function checkName(name: string, rule: NameRule, property: string, report: Report): void {
  const { pattern, say } = RULES[rule];
  if (name.length > MAX_NAME) {
    report({
      code: 'invalid-name',
      property,
      message: `'${name}' has ${name.length} characters, ${name.length - MAX_NAME} more than Kubernetes allows in labels and host names.`,
      remedy: `Give a 'name' of at most ${MAX_NAME} characters.`,
    });
  } else if (!pattern.test(name)) {
    report({
      code: 'invalid-name',
      property,
      message: `'${name}' is not a name that Kubernetes accepts.`,
      remedy: `Use ${say}; give a 'name' where the id of the construct is different.`,
    });
  }
}

/** Reports a text that cannot be the name of an object which somebody else makes. */
export function checkReference(name: string, kind: string, property: string, report: Report): void {
  if (!isHostName(name)) {
    report({
      code: 'invalid-name',
      property,
      message: `'${name}' cannot be the name of ${/^[AEIOU]/.test(kind) ? 'an' : 'a'} ${kind}.`,
      remedy: `Write it as the ${kind} has it in its metadata.name: lower-case letters, digits, dashes and dots.`,
    });
  }
}

/** Reports a text that cannot be the name of a namespace; nothing is no name, and right. */
export function checkNamespaceName(namespace: string | undefined, property: string | undefined, report: Report): void {
  if (namespace !== undefined && !isDnsLabel(namespace)) {
    report({
      code: 'invalid-name',
      ...property !== undefined && { property },
      message: `'${namespace}' is not the name of a namespace.`,
      remedy: 'Use at most 63 lower-case letters, digits and dashes.',
    });
  }
}

/** Whether a text can be a host name that a Service or an external system answers to. */
export function isHostName(text: string): boolean {
  return text.length <= 253 && DNS_SUBDOMAIN.test(text) && text.split('.').every(label => label.length <= MAX_NAME);
}

/** Whether a text can name a port: IANA_SVC_NAME, 15 characters at most. */
export function isPortName(text: string): boolean {
  return text.length <= 15 && PORT_NAME.test(text);
}

/** Whether a text is one label of a host name. */
export function isDnsLabel(text: string): boolean {
  return text.length <= MAX_NAME && DNS_LABEL.test(text);
}

/** Whether a text can be a key of a ConfigMap or Secret. */
export function isConfigKey(text: string): boolean {
  return text.length <= 253 && CONFIG_KEY.test(text) && text !== '.' && text !== '..';
}

/** Whether a text can name an environment variable in every shell. */
export function isEnvName(text: string): boolean {
  return C_IDENTIFIER.test(text);
}

/** Reports labels that the API server would refuse. */
export function checkLabels(labels: { readonly [key: string]: string } | undefined, property: string, report: Report): void {
  for (const [key, value] of Object.entries(labels ?? {})) {
    checkLabelKey(key, property, report);
    if (typeof value !== 'string' || value.length > MAX_NAME || !LABEL_VALUE.test(value)) {
      report({
        code: 'invalid-label',
        property: `${property}['${key}']`,
        message: `'${value}' is not a label value.`,
        remedy: 'Use at most 63 letters, digits, dashes, dots and underscores, with a letter or digit at both ends; anything longer belongs into an annotation.',
      });
    }
  }
}

/** Reports annotation keys that the API server would refuse. */
export function checkAnnotations(annotations: { readonly [key: string]: string } | undefined, property: string, report: Report): void {
  Object.keys(annotations ?? {}).forEach(key => checkLabelKey(key, property, report));
}

function checkLabelKey(key: string, property: string, report: Report): void {
  const slash = key.lastIndexOf('/');
  const prefix = slash < 0 ? undefined : key.slice(0, slash);
  const name = key.slice(slash + 1);
  if (name.length > MAX_NAME || !LABEL_NAME.test(name) || (prefix !== undefined && !isHostName(prefix))) {
    report({
      code: 'invalid-label',
      property: `${property}['${key}']`,
      message: `'${key}' is not a key for a label or annotation.`,
      remedy: "Write 'name' or 'example.com/name', with at most 63 letters, digits, dashes, dots and underscores after the slash.",
    });
  }
}

/** An upper-case environment prefix out of a name: `orders-db` gives `ORDERS_DB`. */
export function toEnvPrefix(name: string): string {
  const prefix = name.replace(/[^A-Za-z0-9]+/g, '_').toUpperCase();
  return /^\d/.test(prefix) ? `_${prefix}` : prefix;
}
