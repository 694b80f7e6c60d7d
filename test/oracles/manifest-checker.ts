import type { Checker, Control, Finding } from './checker';
import type { Installation } from './installation';
import { FileKind, type Output, type OutputFile } from './output';

/** A program that judges the manifests of one output at a time. */
export abstract class ManifestChecker implements Checker {
  public abstract readonly name: string;
  public abstract readonly control: Control;
  protected program = '';

  public judges(file: OutputFile): boolean {
    return file.kind === FileKind.MANIFEST;
  }

  public async install(installation: Installation): Promise<void> {
    this.program = await this.provide(installation);
  }

  public async check(outputs: readonly Output[]): Promise<Finding[]> {
    const findings: Finding[] = [];
    for (const output of outputs) {
      findings.push(...await this.checkOutput(output, output.ofKind(FileKind.MANIFEST).map(file => file.path)));
    }
    return findings;
  }

  /** Where the program is, once it is installed. */
  protected abstract provide(installation: Installation): Promise<string>;

  /** Judges one output, whose manifests are these files. */
  protected abstract checkOutput(output: Output, manifests: readonly string[]): Promise<Finding[]>;
}
