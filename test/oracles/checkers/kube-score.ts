import { run } from '../../support/real-runs/processes';
import { type Finding, UNREADABLE } from '../checker';
import { CARELESS_DEPLOYMENT } from '../controls';
import type { Installation } from '../installation';
import { parseJson } from '../json';
import { ManifestChecker } from '../manifest-checker';
import type { Output } from '../output';

interface Scored {
  readonly type_meta: { readonly kind: string };
  readonly object_meta: { readonly name: string };
  readonly checks: {
    readonly check: { readonly id: string };
    readonly grade: number;
    readonly skipped: boolean;
    readonly comments: { readonly path: string; readonly summary: string; readonly description: string }[] | null;
  }[];
}

const PERFECT = 10;
/** Kinds that are scored wherever they stand. */
const SCORED = ['CronJob', 'DaemonSet', 'Deployment', 'HorizontalPodAutoscaler', 'Ingress', 'Job', 'NetworkPolicy', 'PodDisruptionBudget', 'Service', 'StatefulSet'];

/** What objects demand of each other, the optional checks included. */
export class KubeScore extends ManifestChecker {
  public readonly name = 'kube-score';
  public readonly control = { rule: 'container-security-context-privileged', files: { 'manifests/control.yaml': CARELESS_DEPLOYMENT } };

  protected async provide(installation: Installation): Promise<string> {
    return installation.goProgram('kube-score', 'github.com/zegl/kube-score/cmd/kube-score@v1.20.0');
  }

  protected async checkOutput(output: Output, manifests: readonly string[]): Promise<Finding[]> {
    const outcome = await run(this.program, [
      'score', '--output-format', 'json', '--all-default-optional', '--disable-ignore-checks-annotations',
      // No limit on CPU is our default: it throttles a pod while the node idles; exceptions.yaml gives the reason in full.
      '--ignore-container-cpu-limit',
      '--kubernetes-version', `v${output.kubernetesVersion}`,
      ...manifests,
    ]);
    if (outcome.status !== 0 && outcome.stdout === '' && outcome.stderr !== '') {
      return [{ rule: UNREADABLE, output: output.name, message: outcome.stderr.trim() }];
    }
    const scored = parseJson<Scored[] | null>(this.name, outcome) ?? [];
    const unseen = output.objects()
      .filter(({ kind }) => SCORED.includes(kind))
      .filter(({ kind, metadata }) => !scored.some(({ type_meta, object_meta }) => type_meta.kind === kind && object_meta.name === metadata.name))
      .map(({ kind, metadata }) => ({ rule: UNREADABLE, output: output.name, object: `${kind}/${metadata.name}`, message: 'kube-score passed over the object' }));
    return [...unseen, ...scored.flatMap(({ type_meta, object_meta, checks }) => checks
      .filter(({ skipped, grade }) => !skipped && grade < PERFECT)
      .map(({ check, comments }) => ({
        rule: check.id,
        output: output.name,
        object: `${type_meta.kind}/${object_meta.name}`,
        message: (comments ?? []).map(({ path, summary }) => path ? `${path}: ${summary}` : summary).join('; ') || 'no comment',
      })))];
  }
}
