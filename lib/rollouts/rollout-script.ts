import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { type AwaitedTask, RolloutOrder, WAVE_LABEL } from './rollout-order';
import { compareStrings } from '../definition/json';
import { Environment } from '../platform/environment';
import { Artifact } from '../synthesis/artifact';
import { quoteForShell } from '../synthesis/shell';

/** A task, and where it runs. */
interface PlacedTask {
  readonly task: AwaitedTask;
  readonly namespace?: string;
  readonly wave: number;
}

/** A task that does not say how long it may take is given up after an hour. */
const DEFAULT_DEADLINE_SECONDS = 3600;

/**
 * The script that applies the manifests of an environment in waves: what waits for a task is applied when that has completed.
 * `kubectl apply` by itself waits for nothing.
 */
export class RolloutScript extends Artifact {
  public readonly path: string;

  public constructor(environment: string | undefined, private readonly tasks: readonly PlacedTask[]) {
    super();
    this.path = [environment, 'rollout.sh'].filter(part => part !== undefined).join('/');
  }

  public render(): string {
    const sorted = [...this.tasks].sort((a, b) => a.wave - b.wave || compareStrings(a.task.construct.node.path, b.task.construct.node.path));
    const last = Math.max(...sorted.map(({ wave }) => wave)) + 1;
    const waves = Array.from({ length: last }, (_, wave) => [
      `apply ${quoteForShell(wave === 0 ? `!${WAVE_LABEL}` : `${WAVE_LABEL}=${wave}`)}`,
      ...sorted.filter(task => task.wave === wave).map(waitFor),
    ].join('\n'));
    return `#!/bin/sh
# Applies the manifests of a folder in waves: what waits for a task is applied when that has completed.
#
#   sh ${this.path} FOLDER
#
# KUBE_CONTEXT chooses a context of kubectl other than the current one.
set -eu

[ $# -eq 1 ] && [ -d "$1" ] || { printf 'usage: sh %s FOLDER\\n' "$0" >&2; exit 2; }
folder=$1

kube() {
  kubectl \${KUBE_CONTEXT:+--context "$KUBE_CONTEXT"} "$@"
}

apply() {
  kube apply --filename "$folder" --selector "$1"
}

# wait_for JOB SECONDS NAMESPACE...: until the Job has completed; fails as soon as it has failed.
wait_for() {
  job=$1 left=$2
  shift 2
  while :; do
    state=$(kube get job "$job" "$@" --output 'jsonpath={.status.conditions[?(@.status=="True")].type}')
    case " $state " in
      *' Complete '*) return ;;
      *' Failed '*) printf 'The task %s has failed; what waits for it was not applied. Delete the Job to try again.\\n' "$job" >&2; exit 1 ;;
    esac
    [ "$left" -gt 0 ] || { printf 'The task %s has not completed in time; what waits for it was not applied.\\n' "$job" >&2; exit 1; }
    left=$((left - 2))
    sleep 2
  done
}

${waves.join('\n')}
apply ${quoteForShell(`${WAVE_LABEL}=${last}`)}
`;
  }
}

/** The scripts of an app, one for each environment that has something to wait for. */
export function rolloutScripts(root: IConstruct): RolloutScript[] {
  const order = RolloutOrder.of(root);
  const byEnvironment = new Map<string | undefined, PlacedTask[]>();
  for (const task of order.tasks) {
    const environment = Environment.of(task.construct)?.name;
    const { namespace } = Chart.of(task.construct);
    const awaited = { task, wave: order.waveOf(task.construct), ...namespace !== undefined && { namespace } };
    byEnvironment.set(environment, [...byEnvironment.get(environment) ?? [], awaited]);
  }
  return [...byEnvironment.entries()].map(([environment, tasks]) => new RolloutScript(environment, tasks));
}

function waitFor({ task, namespace }: PlacedTask): string {
  const where = namespace === undefined ? '' : ` --namespace ${quoteForShell(namespace)}`;
  return `wait_for ${quoteForShell(task.jobName())} ${task.deadlineSeconds ?? DEFAULT_DEADLINE_SECONDS}${where}`;
}
