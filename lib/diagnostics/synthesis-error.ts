import { type Diagnostic, formatDiagnostic, Severity } from './diagnostic';
import { PlainError } from './plain-error';

/**
 * All errors of an app at once. It prints as its findings alone.
 *
 * jsii has no errors of one's own; from other languages its message is what is seen.
 *
 * @internal
 */
export class SynthesisError extends PlainError {
  /** The errors, in the order of the construct tree. */
  public readonly diagnostics!: Diagnostic[];

  public constructor(diagnostics: Diagnostic[]) {
    const errors = diagnostics.filter(diagnostic => diagnostic.severity === Severity.ERROR);
    const count = errors.length === 1 ? '1 error' : `${errors.length} errors`;
    super(`${count}, nothing was written\n\n${errors.map(formatDiagnostic).join('\n')}\n`, 'SynthesisError');
    Object.defineProperty(this, 'diagnostics', { value: errors, enumerable: false });
  }
}
