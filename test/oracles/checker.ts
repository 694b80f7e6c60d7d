import type { Installation } from './installation';
import type { Output, OutputFile } from './output';

/** Something that a checker does not like. */
export interface Finding {
  /** The checker's own name of the rule. */
  readonly rule: string;
  /** The name of the output. */
  readonly output: string;
  /** The file, relative to the output; nothing where the checker names only the object. */
  readonly file?: string;
  /** `Deployment/web`; nothing for files that hold no objects. */
  readonly object?: string;
  readonly line?: number;
  readonly message: string;
}

/** Bad input that goes through the checker with every run, and the rule that it breaks: a checker that does not say so is not alive. */
export interface Control {
  readonly files: { readonly [name: string]: string };
  readonly rule: string;
}

/** A program that judges files. */
export interface Checker {
  readonly name: string;
  readonly control: Control;
  /** Whether there may be nothing for it to judge; then it is not installed. */
  readonly mayIdle?: boolean;
  /** Whether the file is one of those that it judges. */
  judges(file: OutputFile): boolean;
  /** Makes the program available; called once before `check`. */
  install(installation: Installation): Promise<void>;
  /**
   * Judges the outputs, each by itself. It throws where the program does not do its work: it crashes, or prints what is no report.
   * A file or object that the program passes over is a finding of the rule `UNREADABLE`.
   */
  check(outputs: readonly Output[]): Promise<Finding[]>;
}

/** The rule of what a checker does not judge: it cannot read it, or says nothing of it. */
export const UNREADABLE = 'unreadable';

/** The outputs with something for the checker. */
export function relevantTo(checker: Checker, outputs: readonly Output[]): Output[] {
  return outputs.filter(output => output.files.some(file => checker.judges(file)));
}

/** The output and the file that a report means by an absolute path; a checker that names another file has lost its way. */
export function locate(outputs: readonly Output[], path: string): { readonly output: Output; readonly file: OutputFile } {
  for (const output of outputs) {
    const file = output.fileAt(path);
    if (file) {
      return { output, file };
    }
  }
  throw new Error(`the report names ${path}, which was not given`);
}
