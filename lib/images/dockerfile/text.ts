/** A place in a text where the value of a build argument or of an environment variable goes. */
export interface Variable {
  readonly variable: string;
  /** What a shell takes off the front of the value. Only shells can. */
  readonly withoutPrefix?: string;
}

/** A text of a Dockerfile. Its literal parts are meant as they are: the renderer quotes them as their place demands. */
export type Text = string | readonly (string | Variable)[];

/** A variable for a text. */
export function variable(name: string): Variable {
  return { variable: name };
}

/** A text with variables in it: text`golang:${variable('GO_VERSION')}-trixie`. */
export function text(strings: TemplateStringsArray, ...values: (Text | Variable)[]): Text {
  return strings.flatMap((literal, index) => index === 0 ? [literal] : [...partsOf(values[index - 1]), literal]).filter(part => part !== '');
}

/** The parts of a text, or of a variable that stands alone. */
export function partsOf(value: Text | Variable): readonly (string | Variable)[] {
  return typeof value === 'string' ? [value] : 'variable' in value ? [value] : value;
}
