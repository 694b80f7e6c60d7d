import { join } from 'node:path';
import { run } from '../../support/real-runs/processes';
import { type Finding, locate, UNREADABLE } from '../checker';
import { CARELESS_DEPLOYMENT } from '../controls';
import type { Installation } from '../installation';
import { parseJson } from '../json';
import { ManifestChecker } from '../manifest-checker';
import type { Output } from '../output';

interface Report {
  readonly objects: number;
  readonly templates: number;
  readonly errors: { readonly file: string; readonly message: string }[];
  readonly findings: {
    readonly file: string;
    readonly kind: string;
    readonly object: string;
    readonly level: string;
    readonly version: string;
    readonly reason: string;
    readonly detail?: string;
  }[];
}

/** Pod Security Standards, up to `restricted`, as they are at the version of the output and at the latest. */
export class PodSecurity extends ManifestChecker {
  public readonly name = 'pod-security';
  public readonly control = { rule: 'restricted: privileged', files: { 'manifests/control.yaml': CARELESS_DEPLOYMENT } };

  protected async provide(installation: Installation): Promise<string> {
    return installation.goModule('psa', join(__dirname, '../psa'));
  }

  protected async checkOutput(output: Output, manifests: readonly string[]): Promise<Finding[]> {
    const outcome = await run(this.program, ['-version', output.kubernetesVersion, ...manifests]);
    const report = parseJson<Report>(this.name, outcome);
    const unreadable = report.errors.map(({ file, message }) =>
      ({ rule: UNREADABLE, output: output.name, file: locate([output], file).file.name, message }));
    const workloads = output.objects().filter(hasPods).length;
    if (unreadable.length === 0 && report.templates !== workloads) {
      return [{ rule: UNREADABLE, output: output.name, message: `psa saw ${report.templates} pod templates, and there are ${workloads}` }];
    }
    return [...unreadable, ...report.findings.map(({ file, kind, object, level, version, reason, detail }) => ({
      rule: `${level}: ${reason}`,
      output: output.name,
      file: locate([output], file).file.name,
      object: `${kind}/${object}`,
      message: `${detail ?? reason} (${version})`,
    }))];
  }
}

function hasPods({ kind, spec }: { readonly kind: string; readonly spec?: any }): boolean {
  return kind === 'Pod' || [spec?.template, spec?.jobTemplate?.spec?.template].some(template => Array.isArray(template?.spec?.containers));
}
