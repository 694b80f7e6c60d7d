import { type LocalText, secretFile, type SecretKey } from './local-app';
import type { PlannedBuild } from '../images/bake/planned-build';

/** A template that gives the braces that begin one. */
const BRACES = '{{"{{"}}';

/** How a stack is written. */
export interface TerraformContext {
  /** Where it lies, relative to the working directory. */
  readonly folder: string;
  /** The ranges of addresses of networks, by name. */
  readonly subnets: { readonly [network: string]: string };
}

/** An image, and how it is built where it is built here. */
export interface BuiltImage {
  readonly name: string;
  readonly image: string;
  readonly build?: PlannedBuild;
}

/** The value of a variable or a word of a command, in the language of Terraform. */
export function expression(parts: LocalText): string {
  return parts.map(part => typeof part === 'string' ? literal(part) : `\${sensitive(${valueOf(part)})}`).join('');
}

/** The value of a variable where Swarm reads templates of its own. */
export function templateExpression(parts: LocalText): string {
  return parts.map(part => typeof part === 'string' ? literal(part.replace(/\{\{/g, BRACES))
    : `\${sensitive(replace(${valueOf(part)}, "{{", ${JSON.stringify(BRACES)}))}`).join('');
}

function valueOf(key: SecretKey): string {
  return `trimspace(file("\${path.module}/${secretFile(key)}"))`;
}

/** A text as it is: Terraform reads expressions where these stand. */
export function literal(text: string): string {
  return text.replace(/\$\{/g, '$$$${').replace(/%\{/g, '%%{');
}
