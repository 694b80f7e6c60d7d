import type { ComposedPart } from './composed-key';
import { sortedEntries } from '../definition/json';
import { Artifact } from '../synthesis/artifact';
import { ENCODE_FOR_URL, quoteForShell } from '../synthesis/shell';

/** One value that the script sets. */
export interface ScriptKey {
  readonly name: string;
  /** Whether the script makes the value up. */
  readonly generated: boolean;
  /** Whether the value is a file rather than something to type. */
  readonly isFile: boolean;
  /** What the value is made of, where it is made of others. */
  readonly composed?: readonly ComposedPart[];
}

/** The Secret that a script fills in. */
export interface ScriptDefinition {
  readonly environment?: string;
  readonly namespace?: string;
  readonly name: string;
  readonly type: string;
  readonly labels: { readonly [label: string]: string };
  readonly annotations: { readonly [annotation: string]: string };
  readonly keys: readonly ScriptKey[];
}

/**
 * The script that fills in a Secret and rotates its values.
 *
 * Values go through shell variables, builtins and pipes alone, which no other process can see. `kubectl create` and a merge patch keep
 * what `kubectl apply` of the manifest leaves alone, and other keys.
 */
export class SecretScript extends Artifact {
  public readonly path: string;

  public constructor(private readonly definition: ScriptDefinition) {
    super();
    const { environment, namespace, name } = definition;
    const file = `${[namespace, name].filter(part => part !== undefined).join('-')}.sh`;
    this.path = [environment, 'secrets', file].filter(part => part !== undefined).join('/');
  }

  public render(): string {
    const { namespace, name, type, keys } = this.definition;
    const composed = keys.filter(key => key.composed);
    // The keys that others are made of, each with the variable that holds its value in base64.
    const sources = new Map([...new Set(composed.flatMap(keysOf))].map((key, index) => [key, `value_${index}`]));
    const path = oneLine(this.path);
    const secret = quoteForShell(name);
    const where = namespace === undefined ? '' : ` --namespace ${quoteForShell(namespace)}`;
    return `#!/bin/sh
# Fills in the Secret ${oneLine(name)}${namespace === undefined ? '' : ` of the namespace ${oneLine(namespace)}`}.
#
#   sh ${path}          sets the keys that have no value yet
#   sh ${path} KEY...   sets these keys anew (rotation); the others keep their values
#
# The value of a key is the file $SECRETS_DIR/KEY, byte for byte, where that variable is set and the file exists;
# else it is made up where it can be, or asked for. It shows on no command line, in no history and on no screen.
# KUBE_CONTEXT chooses a context of kubectl other than the current one.
set -eu
set +ax

kube() {
  kubectl \${KUBE_CONTEXT:+--context "$KUBE_CONTEXT"}${where} "$@"
}

fail() {
  printf '%s\\n' "$1" >&2
  exit 1
}

# Sets $encoded to the value of a key in base64. The kind is 'text', 'file' or 'generated'.
take() {
  if [ -n "\${SECRETS_DIR:-}" ] && [ -f "$SECRETS_DIR/$1" ]; then
    encoded=$(base64 <"$SECRETS_DIR/$1" | tr -d '\\n')
  elif [ "$2" = generated ]; then
    encoded=$(dd if=/dev/urandom bs=32 count=1 2>/dev/null | base64 | tr -d '=\\n' | tr '+/' '-_' | base64 | tr -d '\\n')
  elif [ "$2" = file ]; then
    printf 'File with the value of %s: ' "$1" >&2
    IFS= read -r file || [ -n "$file" ] || fail "No file was named for $1; nothing was changed."
    [ -f "$file" ] || fail "There is no file $file; nothing was changed."
    encoded=$(base64 <"$file" | tr -d '\\n')
  else
    printf 'Value of %s (not shown): ' "$1" >&2
    if [ -t 0 ]; then stty -echo; fi
    IFS= read -r value || [ -n "$value" ] || fail "No value was given for $1; nothing was changed."
    if [ -t 0 ]; then stty "$terminal"; fi
    printf '\\n' >&2
    encoded=$(printf '%s' "$value" | base64 | tr -d '\\n')
    value=
  fi
  [ -n "$encoded" ] || fail "The value of $1 is empty; nothing was changed."
}

${composed.length === 0 ? '' : `${ENCODE_FOR_URL}
# Prints in base64 the value that a key has already.
current() {
  case $filled in
    *" $1 "*) kube get secret ${secret} --output "go-template={{index .data \"$1\"}}" </dev/null ;;
    *) fail "The Secret has no value for $1, of which another key is made; nothing was changed." ;;
  esac
}

`}if [ -t 0 ]; then
  terminal=$(stty -g)
  trap 'stty "$terminal"' EXIT
  trap 'exit 1' HUP INT TERM
fi

for key in "$@"; do
  case $key in
    ${keys.map(key => quoteForShell(key.name)).join(' | ')}) ;;
    *) fail "The Secret has no key $key. Its keys: "${quoteForShell(keys.map(key => key.name).join(' '))} ;;
  esac
done

# 'found' and the keys that have a value, or nothing.
state=$(kube get secret ${secret} --ignore-not-found --output 'go-template=found{{range $key, $value := .data}}{{if $value}} {{$key}}{{end}}{{end}}' </dev/null)
filled=" \${state#found} "

if [ $# -eq 0 ]; then
  for key in ${keys.map(key => quoteForShell(key.name)).join(' ')}; do
    case $filled in
      *" $key "*) ;;
      *) set -- "$@" "$key" ;;
    esac
  done
  if [ $# -eq 0 ]; then
    printf '%s\\n' 'Every key has a value. To set some anew, name them.' >&2
    exit 0
  fi
fi

${composed.map(key => `# What it is made of may be new, so it is too.
case " $* " in
  *${quoteForShell(` ${key.name} `)}*) ;;
${keysOf(key).map(source => `  *${quoteForShell(` ${source} `)}*) set -- "$@" ${quoteForShell(key.name)} ;;\n`).join('')}esac

`).join('')}printf 'Secret %s%s, context %s\\n' ${secret} ${quoteForShell(namespace === undefined ? '' : `, namespace ${namespace}`)} "\${KUBE_CONTEXT:-$(kubectl config current-context 2>/dev/null || printf none)}" >&2
data=
${[...sources.values()].map(variable => `${variable}=\n`).join('')}for key in "$@"; do
  case $key in
${keys.map(key => `    ${quoteForShell(key.name)}) ${key.composed ? 'continue' : `take "$key" ${kindOf(key)}${sources.has(key.name) ? `; ${sources.get(key.name)}=$encoded` : ''}`} ;;`).join('\n')}
  esac
  data="$data\${data:+,}\\"$key\\":\\"$encoded\\""
done
${composed.length === 0 ? '' : `for key in "$@"; do
  case $key in
${composed.map(key => `    ${quoteForShell(key.name)})
${[...new Set(keysOf(key))].map(source => `      [ -n "$${sources.get(source)}" ] || ${sources.get(source)}=$(current ${quoteForShell(source)})\n`).join('')}      encoded=$({ ${key.composed!.map(part => part.key === undefined
  ? `printf '%s' ${quoteForShell(part.text!)}` : `printf '%s' "$${sources.get(part.key)}" | base64 -d | encode`).join('; ')}; } | base64 | tr -d '\\n') ;;
`).join('')}    *) continue ;;
  esac
  data="$data\${data:+,}\\"$key\\":\\"$encoded\\""
done
`}
if [ -n "$state" ]; then
  printf '{"data":{%s}}' "$data" | kube patch secret ${secret} --type merge --patch-file /dev/stdin
  printf '%s\\n' 'Mounted files follow within a minute or two. Pods that read a value as an environment variable, or only once, need a "kubectl rollout restart".' >&2
else
  printf '{"apiVersion":"v1","kind":"Secret","type":"%s","metadata":%s,"data":{%s}}' ${quoteForShell(type)} ${quoteForShell(this.metadata())} "$data" | kube create --filename -
fi
`;
  }

  private metadata(): string {
    const { name, namespace, labels, annotations } = this.definition;
    return JSON.stringify({
      ...Object.keys(annotations).length > 0 && { annotations: Object.fromEntries(sortedEntries(annotations)) },
      labels: Object.fromEntries(sortedEntries(labels)),
      name,
      namespace,
    });
  }
}

/** The keys that another one is made of. */
function keysOf({ composed = [] }: ScriptKey): string[] {
  return composed.flatMap(({ key }) => key ?? []);
}

function kindOf({ generated, isFile }: ScriptKey): string {
  return generated ? 'generated' : isFile ? 'file' : 'text';
}

/** A name that breaks the rules is reported; it must not end the comment either. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
