import { compareStrings, type Json, sortedEntries } from '../definition/json';
import { MAX_NAME } from '../definition/naming';
import { Volume } from '../definition/volume';
import { type Report, within } from '../diagnostics/report';
import { reviewVolume } from '../platform/pod-review';

const SCRATCH_PATH = '/tmp';

/** How a container sees volumes. */
export interface Mounts {
  readonly volumeMounts: readonly Json[];
  readonly volumeDevices: readonly Json[];
}

/** What a workload does with volumes. */
export interface VolumeContext {
  /** Whether it makes claims for each of its pods. */
  readonly claimTemplates: boolean;
  /** Whether two of its pods may run at a time. */
  readonly overlapping: boolean;
}

/** The volumes of a pod, collected from the mounts of its containers. */
export class PodVolumes {
  private readonly names = new Map<object, string>();
  private readonly sources = new Map<string, Json>();
  private readonly claims = new Map<string, Json>();
  private readonly digests = new Set<string>();

  /** Whether a process that is not root can write some of them only through a group. */
  public needsGroup = false;

  public constructor(private readonly context: VolumeContext) {}

  /**
   * The mounts of a container. It gets scratch space of its own at /tmp unless it mounts something there itself.
   *
   * @param scratch the name of its scratch volume; nothing where it can write to its root
   */
  public mount(volumes: { readonly [mountPath: string]: Volume }, scratch: string | undefined, report: Report): Mounts {
    const volumeDevices: Json[] = [];
    const volumeMounts: Json[] = [];
    const own = sortedEntries(volumes);
    const taken = own.map(([mountPath]) => withoutTrailingSlash(mountPath));
    own.forEach(([mountPath, volume], index) => {
      const here = within(report, `volumes['${mountPath}']`);
      checkMountPath(mountPath, here);
      if (taken.indexOf(taken[index]) < index) {
        here({ code: 'invalid-mount', message: `Another volume is mounted at '${taken[index]}' already.`, remedy: 'Mount one of them elsewhere.' });
      }
      const name = this.add(volume, volume._name ?? mountPath, here);
      if (volume._isDevice) {
        volumeDevices.push(volume._renderDevice(name, mountPath, here));
      } else {
        volumeMounts.push(volume._renderMount(name, mountPath, here));
      }
    });
    if (scratch !== undefined && !taken.includes(SCRATCH_PATH)) {
      const volume = Volume.emptyDir();
      volumeMounts.push(volume._renderMount(this.add(volume, scratch, report), SCRATCH_PATH, report));
    }
    return { volumeMounts: volumeMounts.sort((a, b) => compareStrings(a.mountPath, b.mountPath)), volumeDevices };
  }

  /** The volumes, by name. */
  public render(): Json[] {
    return [...this.sources.entries()].sort(([a], [b]) => compareStrings(a, b)).map(([name, source]) => ({ name, ...source }));
  }

  /** The claims to make for each pod, by name. */
  public renderClaims(): Json[] {
    return [...this.claims.entries()].sort(([a], [b]) => compareStrings(a, b)).map(([name, spec]) => ({ metadata: { name }, spec }));
  }

  /** What changes when the content of a mounted file does. */
  public get contentDigests(): readonly string[] {
    return [...this.digests].sort(compareStrings);
  }

  private add(volume: Volume, text: string, report: Report): string {
    const known = this.names.get(volume._identity);
    if (known !== undefined) {
      return known;
    }
    const source = volume._renderSource(report);
    if (volume._isClaimTemplate) {
      return this.addClaim(volume, source, report);
    }
    const wanted = toVolumeName(text);
    const same = this.sources.get(wanted);
    if (same !== undefined && JSON.stringify(same) === JSON.stringify(source) && volume._name !== undefined) {
      this.names.set(volume._identity, wanted);
      return wanted;
    }
    const name = this.freeName(wanted);
    this.names.set(volume._identity, name);
    this.sources.set(name, source);
    this.needsGroup ||= volume._needsGroup;
    const digest = volume._digest();
    if (digest !== undefined) {
      this.digests.add(digest);
    }
    reviewVolume({ name, ...source }).filter(({ code }) => code === 'hardening-off').forEach(({ code, message }) =>
      report({ code, message, remedy: "Mount it by a claim, or acknowledge 'hardening-off' with the reason." }));
    if (volume._hostPath !== undefined) {
      report({
        code: 'host-access',
        message: `The pod mounts '${volume._hostPath}' of its node, which the Pod Security Standards forbid.`,
        remedy: "Use an emptyDir or a claim, or acknowledge 'host-access' with the reason.",
      });
    }
    if (volume._unshareableClaim !== undefined && this.context.overlapping) {
      report({
        code: 'unshareable-claim',
        message: `One node at a time can mount '${volume._unshareableClaim}', and two pods may need it: with several of them, or when the new one starts before the old one has gone. A pod on another node then waits.`,
        remedy: `Write Volume.persistentVolumeClaim('${volume._unshareableClaim}', { accessModes: [AccessMode.READ_WRITE_MANY] }) if the claim has that mode; else use one pod at a time (Replicas.fixed(1) with Rollout.recreate()), or a StatefulService with Volume.claimTemplate().`,
      });
    }
    return name;
  }

  /** The name is that of the claims, `<name>-<pod>`, so it is the user's. */
  private addClaim(volume: Volume, spec: Json, report: Report): string {
    const name = volume._name!;
    if (!this.context.claimTemplates) {
      report({
        code: 'conflicting-options',
        message: 'Only a StatefulService makes a claim for each of its pods and keeps it.',
        remedy: 'Use a StatefulService, Volume.ephemeral() for a claim that goes with its pod, or Volume.persistentVolumeClaim() for one that all share.',
      });
    }
    if (this.claims.has(name)) {
      report({
        code: 'duplicate-name',
        message: `Another claim of the pods is named '${name}' already.`,
        remedy: 'Give it another name, or mount one Volume object in both places.',
      });
    }
    this.names.set(volume._identity, name);
    this.claims.set(name, spec);
    this.needsGroup ||= volume._needsGroup;
    return name;
  }

  private freeName(wanted: string): string {
    for (let count = 1; ; count++) {
      const suffix = count === 1 ? '' : `-${count}`;
      const name = `${wanted.slice(0, MAX_NAME - suffix.length)}${suffix}`;
      if (!this.sources.has(name) && !this.claims.has(name)) {
        return name;
      }
    }
  }
}

/** The name is seen in the pod alone, so it may be adapted. */
function toVolumeName(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-/, '').slice(0, MAX_NAME).replace(/-$/, '') || 'volume';
}

function withoutTrailingSlash(path: string): string {
  return path.length > 1 ? path.replace(/\/+$/, '') : path;
}

function checkMountPath(mountPath: string, report: Report): void {
  if (!mountPath.startsWith('/') || mountPath.includes(':') || mountPath.split('/').includes('..')) {
    report({
      code: 'invalid-mount',
      message: `'${mountPath}' is not a path where a volume can be mounted.`,
      remedy: "Write an absolute path without ':' and '..', for example '/etc/config'.",
    });
  } else if (mountPath === '/') {
    report({ code: 'invalid-mount', message: 'A volume at / hides the whole image.', remedy: 'Mount it below the root.' });
  }
}
