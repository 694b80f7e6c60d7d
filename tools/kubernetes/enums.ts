import { GoModule } from './go-module';
import { RELEASES } from './openapi';

/** The values of a field, by `io.k8s.api.core.v1.Container` and the field's name in JSON. */
export type Enums = { readonly [definition: string]: { readonly [field: string]: readonly string[] } };

/**
 * The values of the fields whose Go type carries the marker `+enum`: the published OpenAPI documents leave them out,
 * the Go module k8s.io/api of the same release has them.
 */
export function readEnums(minor: number): Enums {
  const module = GoModule.download('k8s.io/api', RELEASES[minor].replace(/^1\./, 'v0.'));
  const files = module.files(/^[a-z]+\/v\w+\/types\.go$/).map(file => {
    const [group, version] = file.split('/');
    return { scope: `${group}.${version}`, source: module.read(file) };
  });
  const values = new Map(files.flatMap(({ scope, source }) => valuesOf(scope, source)));
  return Object.fromEntries(files.flatMap(({ scope, source }) => structs(source).map(({ name, body }) => {
    const fields = [...body.matchAll(/^\t\w+ +(?:\[\])?\*?([\w.]+) +`json:"(\w+)/gm)]
      .map(([, type, field]) => [field, values.get(qualified(type, scope)) ?? []] as const)
      .filter(([, known]) => known.length > 0);
    return [`io.k8s.api.${scope}.${name}`, Object.fromEntries(fields)];
  })));
}

/** The constants of each marked type of a file, by the type's full name. */
function valuesOf(scope: string, source: string): [string, string[]][] {
  const marked = [...source.matchAll(/^\/\/ \+enum\n(?:\/\/.*\n)*type (\w+) string$/gm)].map(([, name]) => name);
  // A type with a constant that is made of another one is left open.
  const closed = marked.filter(name => !new RegExp(`= *${name}\\((?!")`).test(source));
  return closed.map(name => {
    const constants = [...source.matchAll(new RegExp(`^\\s*\\w+(?:\\s+${name}\\s*=\\s*|\\s*=\\s*${name}\\()"([^"]*)"`, 'gm'))].map(([, value]) => value);
    return [`${scope}.${name}`, [...new Set(constants)].sort()];
  });
}

function structs(source: string): { name: string; body: string }[] {
  return [...source.matchAll(/^type (\w+) struct \{\n([\s\S]*?)^\}/gm)].map(([, name, body]) => ({ name, body }));
}

/** `v1.Protocol` in another group is that of core. */
function qualified(type: string, scope: string): string {
  return type.includes('.') ? type.replace(/^(core)?v1\./, 'core.v1.') : `${scope}.${type}`;
}
