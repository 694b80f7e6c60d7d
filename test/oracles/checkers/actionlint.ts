import { resolve } from 'node:path';
import { run } from '../../support/real-runs/processes';
import { type Checker, type Finding, locate } from '../checker';
import { type Installation } from '../installation';
import { parseJson } from '../json';
import { FileKind, type Output, type OutputFile } from '../output';

interface Fault {
  readonly message: string;
  readonly filepath: string;
  readonly line: number;
  readonly kind: string;
}

/** Workflows of GitHub Actions, as soon as some output has one. */
export class Actionlint implements Checker {
  public readonly name = 'actionlint';
  public readonly mayIdle = true;
  public readonly control = {
    rule: 'syntax-check',
    files: { 'artifacts/.github/workflows/control.yaml': 'on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    step: []\n' },
  };

  private program = '';

  public judges(file: OutputFile): boolean {
    return file.kind === FileKind.WORKFLOW;
  }

  public async install(installation: Installation): Promise<void> {
    this.program = await installation.goProgram('actionlint', 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12');
  }

  public async check(outputs: readonly Output[]): Promise<Finding[]> {
    const files = outputs.flatMap(output => output.ofKind(FileKind.WORKFLOW).map(file => file.path));
    const outcome = await run(this.program, ['-format', '{{ json . }}', '-no-color', '-shellcheck=', '-pyflakes=', ...files]);
    // It names files relative to the working directory.
    return parseJson<Fault[]>(this.name, outcome).map(({ message, filepath, line, kind }) => {
      const { output, file } = locate(outputs, resolve(filepath));
      return { rule: kind, output: output.name, file: file.name, line, message };
    });
  }
}
