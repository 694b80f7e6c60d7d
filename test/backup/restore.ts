import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KubernetesObject } from '../support/real-runs/manifests';
import { output } from '../support/real-runs/processes';

const PAGE = join(__dirname, '../../docs/backing.md');

/** A restore as the documents have it. */
export interface Restore {
  readonly job: KubernetesObject;
  /** Whether the server is away meanwhile. */
  readonly stopsServer: boolean;
}

/** Runs what docs/backing.md does to the job of a backup, with what the cluster would answer before it, and without what would make it after it. */
export async function restoreJob(server: string, { spec, metadata }: KubernetesObject, kubectl: string): Promise<Restore> {
  const blocks = [...readFileSync(PAGE, 'utf8').matchAll(/^```sh\n(.*?)^```$/gms)].map(([, text]) => text)
    .filter(text => text.includes(`kubectl create job ${server}-restore --namespace=${metadata.namespace} --from=cronjob/${metadata.name} `));
  const [, patch] = blocks.length === 1 ? /\| (kubectl patch .*?) \| kubectl create --filename=-$/ms.exec(blocks[0]) ?? [] : [];
  if (patch === undefined) {
    throw new Error(`docs/backing.md does not say how ${server} is restored`);
  }
  const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: `${server}-restore`, namespace: metadata.namespace }, spec: spec.jobTemplate.spec };
  const said = await output('/bin/sh', ['-c', `kubectl() { "$KUBECTL" "$@"; }\n${patch}`], { env: { KUBECTL: kubectl }, input: JSON.stringify(job) });
  return { job: JSON.parse(said), stopsServer: blocks[0].includes(`kubectl scale statefulset/${server} --namespace=${metadata.namespace} --replicas=0`) };
}
