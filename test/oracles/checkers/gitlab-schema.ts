import { basename, join } from 'node:path';
import { run } from '../../support/real-runs/processes';
import { type Checker, type Finding, locate } from '../checker';
import { type Installation } from '../installation';
import { parseJson } from '../json';
import type { Output, OutputFile } from '../output';

interface Report {
  readonly errors: readonly { readonly filename: string; readonly path: string; readonly message: string }[];
  readonly parse_errors: readonly { readonly filename: string; readonly message: string }[];
}

/** Pipelines of GitLab, by the schema that GitLab publishes, in the version that check-jsonschema brings along. */
export class GitlabSchema implements Checker {
  public readonly name = 'gitlab-schema';
  public readonly control = { rule: 'schema', files: { 'artifacts/.gitlab-ci.yml': 'build:\n  scripts: [make]\n' } };

  private program = '';

  public judges(file: OutputFile): boolean {
    return basename(file.name) === '.gitlab-ci.yml';
  }

  public async install(installation: Installation): Promise<void> {
    const folder = await installation.pythonTool('check-jsonschema==0.39.0', join(__dirname, '../python-checkers/check-jsonschema.txt'));
    this.program = join(folder, 'check-jsonschema');
  }

  public async check(outputs: readonly Output[]): Promise<Finding[]> {
    const files = outputs.flatMap(output => output.files.filter(file => this.judges(file)).map(file => file.path));
    const outcome = await run(this.program, ['--output-format', 'json', '--builtin-schema', 'vendor.gitlab-ci', '--data-transform', 'gitlab-ci', ...files]);
    const { errors = [], parse_errors: unreadable = [] } = parseJson<Partial<Report>>(this.name, outcome);
    return [...errors.map(({ path, ...error }) => ({ ...error, rule: 'schema', path })), ...unreadable.map(error => ({ ...error, rule: 'syntax', path: '$' }))]
      .map(({ rule, filename, path, message }) => {
        const { output, file } = locate(outputs, filename);
        return { rule, output: output.name, file: file.name, message: `${path}: ${message}` };
      });
  }
}
