import type { RealCluster } from './cluster';
import type { Service } from './demo';
import { VISITOR } from './system';

/** What became of the requests of a load (test/node/visitor/http.go). */
export interface Load {
  /** Whether it lasted until it was told to end. */
  readonly stopped: boolean;
  readonly sent: number;
  readonly lost: number;
  readonly seconds: number;
  readonly medianMillis: number;
  readonly slowestMillis: number;
  readonly failures: { readonly [cause: string]: number };
  /** How many answers each version gave. */
  readonly answers: { readonly [version: string]: number };
}

/** Requests for each second, and for how many seconds at most. */
export interface LoadLimits {
  readonly rate: number;
  readonly seconds: number;
}

/** Sends requests from inside the cluster at a steady rate, each on a new connection, from two seconds before something happens to two after. */
export async function underLoad(
  cluster: RealCluster,
  url: string,
  service: Service,
  { rate, seconds }: LoadLimits,
  happens: () => Promise<void>,
): Promise<Load> {
  const flags = { url, rate, seconds, pattern: service.version };
  const load: Promise<Load> = cluster.visit(['load', ...Object.entries(flags).map(([name, value]) => `--${name}=${value}`)], seconds + 60);
  const stop = async (): Promise<string> => cluster.kubectl.execute(VISITOR.name, VISITOR.namespace, ['/visitor', 'stop'], 30);
  const during = pause(2).then(happens).then(async () => pause(2)).finally(stop);
  const [summary, outcome] = await Promise.allSettled([load, during]);
  if (outcome.status === 'rejected') {
    throw outcome.reason;
  }
  if (summary.status === 'rejected') {
    throw summary.reason;
  }
  if (!summary.value.stopped) {
    throw new Error(`the load was over before what it was for: ${describeLoad(summary.value)}`);
  }
  return summary.value;
}

export function describeLoad({ sent, lost, seconds, medianMillis, slowestMillis, failures, answers }: Load): string {
  const causes = Object.entries(failures).map(([cause, count]) => `${count} × ${cause}`).join(', ');
  const versions = Object.entries(answers).map(([version, count]) => `${count} by ${version}`).join(', ');
  return `${lost} of ${sent} lost in ${seconds.toFixed(0)} s${causes && ` (${causes})`}; answered: ${versions || 'none'}; median ${medianMillis} ms, slowest ${slowestMillis} ms`;
}

async function pause(seconds: number): Promise<void> {
  await new Promise(resolve => setTimeout(resolve, seconds * 1000));
}
