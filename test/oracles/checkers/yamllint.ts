import { join } from 'node:path';
import { run } from '../../support/real-runs/processes';
import { type Checker, type Finding, locate } from '../checker';
import { type Installation } from '../installation';
import { FileKind, type Output, type OutputFile } from '../output';

const LINE = /^(?<path>.*):(?<line>\d+):\d+: \[(?<level>\w+)\] (?<message>.*?)(?: \((?<rule>[\w-]+)\))?$/;

/** The form of YAML, by yamllint's own defaults; warnings count. */
export class Yamllint implements Checker {
  public readonly name = 'yamllint';
  public readonly control = { rule: 'key-duplicates', files: { 'manifests/control.yaml': '---\na: 1\na: 2\n' } };
  private program = '';

  public judges(file: OutputFile): boolean {
    return [FileKind.MANIFEST, FileKind.WORKFLOW, FileKind.YAML].includes(file.kind);
  }

  public async install(installation: Installation): Promise<void> {
    this.program = join(await installation.pythonTool('yamllint==1.38.0', join(__dirname, '../python-checkers/constraints.txt')), 'yamllint');
  }

  public async check(outputs: readonly Output[]): Promise<Finding[]> {
    const files = outputs.flatMap(output => output.files.filter(file => this.judges(file)).map(file => file.path));
    const outcome = await run(this.program, ['--format', 'parsable', '--strict', '--config-data', 'extends: default', ...files]);
    if (outcome.stderr !== '') {
      throw new Error(`yamllint: ${outcome.stderr}`);
    }
    return outcome.stdout.split('\n').filter(line => line !== '').map(line => {
      const found = LINE.exec(line)?.groups;
      if (!found) {
        throw new Error(`yamllint printed a line that is no finding: ${line}`);
      }
      const { output, file } = locate(outputs, found.path);
      return { rule: found.rule ?? 'syntax', output: output.name, file: file.name, line: Number(found.line), message: `${found.level}: ${found.message}` };
    });
  }
}
