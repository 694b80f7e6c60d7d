import { Chart } from 'cdk8s';
import type { VolumeUser } from '../definition/volume';
import { AccessMode } from '../definition/volume-claim';
import { type Report } from '../diagnostics/report';

/** The workloads that mount a claim. */
export class ClaimUsers {
  private readonly users = new Map<string, VolumeUser>();

  public constructor(private readonly namespace: string | undefined, private readonly modes: readonly AccessMode[]) {}

  public add(user: VolumeUser): void {
    this.users.set(user.construct.node.path, user);
  }

  /** Reports workloads that cannot mount the claim, or not all at once. */
  public check(report: Report): void {
    const users = [...this.users.values()];
    for (const { construct } of users) {
      const { namespace } = Chart.of(construct);
      if (namespace !== this.namespace) {
        report({
          code: 'invalid-mount',
          message: `'${construct.node.path}' lies in the namespace '${namespace ?? ''}', and pods mount the claims of their own alone.`,
          remedy: 'Make a claim there, or move the workload.',
        });
      }
    }
    if (!this.modes.some(mode => mode === AccessMode.READ_WRITE_MANY || mode === AccessMode.READ_ONLY_MANY)) {
      this.checkOneNode(users, report);
    }
  }

  private checkOneNode(users: readonly VolumeUser[], report: Report): void {
    const message = sharing(users);
    if (message !== undefined) {
      const ofPod = this.modes.includes(AccessMode.READ_WRITE_ONCE_POD);
      report({
        code: 'claim-on-one-node',
        property: 'accessModes',
        message: `${message}, and ${ofPod ? 'one pod' : 'one node'} at a time can mount it: the others wait.`,
        remedy: users.length === 1 && !users[0].several()
          ? "Write rollout: Rollout.recreate() there, or acknowledge 'claim-on-one-node' with the reason."
          : "Write accessModes: [AccessMode.READ_WRITE_MANY] where the storage class has that, give each pod its own (Volume.claimTemplate), or acknowledge 'claim-on-one-node' with the reason.",
      });
    }
  }
}

/** How several pods come to mount a claim at once; nothing where one does. */
function sharing(users: readonly VolumeUser[]): string | undefined {
  const names = users.map(({ construct }) => `'${construct.node.path}'`).sort();
  const several = users.find(user => user.several());
  const overlapping = users.find(user => user.overlaps());
  if (users.length > 1) {
    return `${names.join(' and ')} share the volume`;
  }
  if (several) {
    return `'${several.construct.node.path}' runs several pods with the volume`;
  }
  return overlapping && `'${overlapping.construct.node.path}' starts each new pod beside the old one, which has the volume`;
}
