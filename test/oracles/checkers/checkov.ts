import { join } from 'node:path';
import { run } from '../../support/real-runs/processes';
import { type Checker, type Finding, locate, UNREADABLE } from '../checker';
import { CARELESS_DEPLOYMENT, CARELESS_DOCKERFILE } from '../controls';
import type { Installation } from '../installation';
import { parseJson } from '../json';
import { FileKind, type Output, type OutputFile } from '../output';

interface Check {
  readonly check_id: string;
  readonly check_name: string;
  readonly file_abs_path: string;
  readonly file_line_range?: readonly [number, number];
  readonly resource: string;
}

interface Report {
  readonly check_type: string;
  readonly results: {
    readonly passed_checks: Check[];
    readonly failed_checks: Check[];
    readonly skipped_checks: Check[];
    readonly parsing_errors: string[];
  };
}

/** Kinds that have no check of their own, and no namespace in which they could be wrongly placed. */
const UNCHECKED = ['Namespace'];

/** Kubernetes and Dockerfile rules; what a file switches off for itself counts. */
export class Checkov implements Checker {
  public readonly name = 'checkov';
  public readonly control = {
    rule: 'CKV_K8S_16',
    files: { 'manifests/control.yaml': CARELESS_DEPLOYMENT, 'artifacts/Dockerfile': CARELESS_DOCKERFILE },
  };

  private python = '';

  public judges(file: OutputFile): boolean {
    return file.kind === FileKind.MANIFEST || file.kind === FileKind.DOCKERFILE;
  }

  public async install(installation: Installation): Promise<void> {
    this.python = join(await installation.pythonTool('checkov==3.3.30', join(__dirname, '../python-checkers/constraints.txt')), 'python');
  }

  public async check(outputs: readonly Output[]): Promise<Finding[]> {
    const outcome = await run(this.python, [join(__dirname, '../python-checkers/each.py'), ...outputs.map(output => output.directory)], { timeoutSeconds: 600 });
    const results = parseJson<{ folder: string; status: number; output: string }[]>(this.name, outcome);
    return outputs.flatMap(output => {
      const result = results.find(({ folder }) => folder === output.directory);
      if (!result || result.status > 1) {
        throw new Error(`checkov failed at ${output.name} with exit status ${result?.status}\n${outcome.stderr}`);
      }
      const parsed = parseJson<Report | Report[]>(this.name, { status: result.status, stdout: result.output, stderr: outcome.stderr });
      return this.read(output, Array.isArray(parsed) ? parsed : [parsed]);
    });
  }

  private read(output: Output, reports: readonly Report[]): Finding[] {
    const results = reports.map(report => report.results ?? { passed_checks: [], failed_checks: [], skipped_checks: [], parsing_errors: [] });
    const judged = results.flatMap(({ passed_checks, failed_checks }) => [...passed_checks, ...failed_checks]).map(check => check.file_abs_path);
    const hasRules = (file: OutputFile) => file.kind === FileKind.DOCKERFILE || output.objects().some(({ kind }) => !UNCHECKED.includes(kind));
    const unreadable = output.files
      .filter(file => this.judges(file) && hasRules(file) && !judged.includes(file.path))
      .map(file => ({ rule: UNREADABLE, output: output.name, file: file.name, message: 'checkov cannot read the file, or has no rule for it' }));
    return [...unreadable, ...results.flatMap(({ failed_checks, skipped_checks }) => [...failed_checks, ...skipped_checks]).map(check => {
      const { file } = locate([output], check.file_abs_path);
      return {
        rule: check.check_id,
        output: output.name,
        file: file.name,
        ...file.kind === FileKind.MANIFEST ? { object: toObject(check.resource) } : { line: check.file_line_range?.[0] ?? 1 },
        message: check.check_name,
      };
    })];
  }
}

/** `Deployment.shop.web` is `Deployment/web` elsewhere; the name may have dots, the namespace has none. */
function toObject(resource: string): string {
  const [kind, , ...name] = resource.split('.');
  return `${kind}/${name.join('.')}`;
}
