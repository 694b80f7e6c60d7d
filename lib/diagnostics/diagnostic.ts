/** How serious a diagnostic is. */
export enum Severity {
  /** Nothing is written while an error stands. */
  ERROR = 'error',
  /** The output is written; the finding should be mended or acknowledged with a reason. */
  WARNING = 'warning',
  /** Worth knowing, nothing to do. */
  INFO = 'info',
}

/** One finding about the user's model. */
export interface Diagnostic {
  /** The stable code; docs/diagnostics.md explains each. */
  readonly code: string;
  /** How serious it is. */
  readonly severity: Severity;
  /** The path of the construct that it is about. */
  readonly path: string;
  /**
   * The property that it is about, as the user wrote it, for example `resources.memory`.
   *
   * @default - the construct as a whole
   */
  readonly property?: string;
  /** What is wrong. */
  readonly message: string;
  /** What to write instead. */
  readonly remedy: string;
  /**
   * Why somebody accepted it.
   *
   * @default - nobody did
   */
  readonly acknowledgedReason?: string;
}

/** A diagnostic as one block of text, the way it is printed. */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const where = diagnostic.property ? `${diagnostic.path} ${diagnostic.property}` : diagnostic.path;
  return `${diagnostic.severity} ${diagnostic.code} [${where}] ${diagnostic.message}\n    ${diagnostic.remedy}`;
}
