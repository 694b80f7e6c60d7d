import type { ContainerOptions } from '../definition/container';
import { compareStrings, type Json } from '../definition/json';
import { isEnvName } from '../definition/naming';
import { isSecretLiteral } from '../definition/secret-names';
import { type Report, within } from '../diagnostics/report';

/** `$(NAME)`, which stands for a variable, and `$$`, which stands for a dollar. */
export const REFERENCES = /\$\$|\$\(([A-Za-z_][A-Za-z0-9_]*)\)/g;

/** The `env` list of a container: sorted by name, except that a variable follows those that it names by `$(…)`. */
export function renderEnv(options: ContainerOptions, report: Report): Json[] {
  const { env = {}, envValueFrom = {} } = options;
  const entries = new Map<string, Json>();
  for (const [name, value] of Object.entries(env)) {
    checkEnvName(name, within(report, 'env'));
    if (checkLiteral(name, value, within(report, 'env'))) {
      entries.set(name, { name, value });
    }
  }
  for (const [name, reference] of Object.entries(envValueFrom)) {
    const here = within(report, 'envValueFrom');
    checkEnvName(name, here);
    if (Object.hasOwn(env, name)) {
      here({
        code: 'duplicate-env',
        property: name,
        message: `The variable ${name} has a literal value as well.`,
        remedy: "Keep it in one of 'env' and 'envValueFrom'.",
      });
    }
    const rendered = reference._render(within(here, name));
    if (rendered.value !== undefined) {
      // A value of cdk8s-plus may be a literal as well.
      checkLiteral(name, rendered.value, here);
    }
    entries.set(name, { name, ...rendered });
  }
  return inOrderOfReference(entries);
}

/** The names that a value refers to by `$(NAME)`; `$$(NAME)` is a literal. */
function referencedNames(value: unknown): string[] {
  return typeof value === 'string' ? [...value.matchAll(REFERENCES)].flatMap(match => match[1] ?? []) : [];
}

/** Kubernetes expands `$(NAME)` only from variables that stand earlier in the list. */
function inOrderOfReference(entries: ReadonlyMap<string, Json>): Json[] {
  const ordered = new Set<Json>();
  const visit = (name: string, path: readonly string[]): void => {
    const entry = entries.get(name);
    if (entry && !ordered.has(entry) && !path.includes(name)) {
      referencedNames(entry.value).sort(compareStrings).forEach(needed => visit(needed, [...path, name]));
      ordered.add(entry);
    }
  };
  [...entries.keys()].sort(compareStrings).forEach(name => visit(name, []));
  return [...ordered];
}

function checkEnvName(name: string, report: Report): void {
  if (!isEnvName(name)) {
    report({
      code: 'invalid-env-name',
      property: name,
      message: `'${name}' is not a name for an environment variable.`,
      remedy: 'Use letters, digits and underscores, not beginning with a digit.',
    });
  }
}

/** Reports a value that cannot stand in a manifest, and says whether it is a text at all. */
function checkLiteral(name: string, value: unknown, report: Report): value is string {
  if (typeof value !== 'string') {
    // The compiler lets `process.env.X!` through.
    report({ code: 'invalid-value', property: name, message: `The value of ${name} is ${value}, not a text.`, remedy: "Write a text, for example '8080', or leave the variable out." });
    return false;
  }
  if (isSecretLiteral(name, value)) {
    report({
      code: 'secret-literal',
      property: name,
      message: `The value of ${name} would stand in the manifest for everybody who can read it.`,
      remedy: "Keep it in a ServiceSecret: mount it by 'volumes' (secret.asFiles()), or refer to its key by 'envValueFrom'.",
    });
  }
  return true;
}
