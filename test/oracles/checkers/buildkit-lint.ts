import { join } from 'node:path';
import { run } from '../../support/real-runs/processes';
import { type Checker, type Finding, locate, UNREADABLE } from '../checker';
import { CARELESS_DOCKERFILE } from '../controls';
import { type Installation } from '../installation';
import { parseJson } from '../json';
import { FileKind, type Output, type OutputFile } from '../output';

interface Result {
  readonly file: string;
  readonly warnings: { readonly rule: string; readonly line: number; readonly message: string }[];
  readonly error?: string;
}

/** The rules that `docker build --check` knows, for linux/amd64 and linux/arm64. */
export class BuildkitLint implements Checker {
  public readonly name = 'buildkit-lint';
  public readonly control = { rule: 'StageNameCasing', files: { 'artifacts/Dockerfile': CARELESS_DOCKERFILE } };
  private program = '';

  public judges(file: OutputFile): boolean {
    return file.kind === FileKind.DOCKERFILE;
  }

  public async install(installation: Installation): Promise<void> {
    this.program = await installation.goModule('buildkit-lint', join(__dirname, '../buildkit-lint'));
  }

  public async check(outputs: readonly Output[]): Promise<Finding[]> {
    const files = outputs.flatMap(output => output.ofKind(FileKind.DOCKERFILE).map(file => file.path));
    const results = parseJson<Result[]>(this.name, await run(this.program, files));
    if (results.length !== files.length) {
      throw new Error(`buildkit-lint judged ${results.length} of ${files.length} files`);
    }
    return results.flatMap(({ file: path, warnings, error }) => {
      const { output, file } = locate(outputs, path);
      const where = { output: output.name, file: file.name };
      return [
        ...warnings.map(warning => ({ ...where, ...warning })),
        ...error === undefined ? [] : [{ ...where, rule: UNREADABLE, message: error }],
      ];
    });
  }
}
