import { type Diagnostic, formatDiagnostic, Severity } from './diagnostic';

/**
 * All errors of an app at once. It prints as its findings alone: a stack would show
 * this library's code, and what is to be mended is the user's model.
 *
 * jsii has no errors of one's own; from other languages its message is what is seen.
 *
 * @internal
 */
export class SynthesisError extends Error {
  /** The errors, in the order of the construct tree. */
  public readonly diagnostics!: Diagnostic[];

  public constructor(diagnostics: Diagnostic[]) {
    const errors = diagnostics.filter(diagnostic => diagnostic.severity === Severity.ERROR);
    const count = errors.length === 1 ? '1 error' : `${errors.length} errors`;
    super(`${count}, nothing was written\n\n${errors.map(formatDiagnostic).join('\n')}\n`);
    // Without a stack node prints name and message alone; what can be enumerated it would print once more.
    Object.defineProperties(this, {
      name: { value: 'SynthesisError', enumerable: false },
      stack: { value: undefined, enumerable: false },
      diagnostics: { value: errors, enumerable: false },
    });
  }
}
