import type { IConstruct } from 'constructs';
import { compact, type Json, sortedEntries } from './json';
import { checkReference, isConfigKey, isDnsLabel } from './naming';
import { checkQuantity, QuantityKind } from './quantity';
import { AccessMode, renderClaim, type VolumeClaimOptions, VolumeMode } from './volume-claim';
import { checkFileItems, checkFileMode, checkFilePath } from './volume-files';
import type { EmptyDirOptions, ExistingClaimOptions, FileOptions, MountOptions, MountPropagation } from './volume-options';
import { type Report, within } from '../diagnostics/report';

/** A workload that mounts a volume. */
export interface VolumeUser {
  readonly construct: IConstruct;
  /** Whether more than one of its pods may run at a time. */
  several(): boolean;
  /** Whether a new pod comes before the old one goes. */
  overlaps(): boolean;
}

/** Where a volume comes from, said once for all its mounts. */
class VolumeOrigin {
  public constructor(
    public readonly name: string | undefined,
    public readonly render: (report: Report) => Json,
    public readonly traits: VolumeTraits,
  ) {}
}

interface VolumeTraits {
  readonly readOnly?: boolean;
  /** The group of the pod must own it, or a process that is not root cannot write it, or read it where its mode shuts others out. */
  readonly needsGroup?: boolean;
  readonly hostPath?: string;
  /** What is rendered is the spec of a claim, not a source. */
  readonly claimTemplate?: boolean;
  /** The name of a claim that all pods share, though one node alone can mount it. */
  readonly unshareableClaim?: string;
  /** Whether containers see a device and no directory. */
  readonly device?: boolean;
  readonly digest?: () => string | undefined;
  /** Takes the workloads that mount it. */
  readonly usedBy?: (user: VolumeUser) => void;
}

/** What a claim of our own says of its volume. */
export type ClaimTraits = Pick<VolumeTraits, 'readOnly' | 'device' | 'needsGroup' | 'unshareableClaim' | 'usedBy'>;

/**
 * A volume, mounted where a container's `volumes` map says. The same object in two places is one volume of the pod.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/
 */
export class Volume {
  /** Scratch space. Diagnostics: `invalid-quantity`. */
  public static emptyDir(options: EmptyDirOptions = {}): Volume {
    const sizeLimit = options.sizeLimit ?? (options.unlimited ? undefined : '64Mi');
    return new Volume(new VolumeOrigin(undefined, report => {
      if (sizeLimit !== undefined) {
        checkQuantity(sizeLimit, QuantityKind.BYTES, 'sizeLimit', report);
      }
      if (options.unlimited && options.sizeLimit !== undefined) {
        report({ code: 'conflicting-options', property: 'sizeLimit', message: 'The volume is unlimited and has a limit.', remedy: "Keep one of 'unlimited' and 'sizeLimit'." });
      }
      return { emptyDir: compact({ sizeLimit, medium: options.inMemory ? 'Memory' : undefined }) };
    }, {}));
  }

  /**
   * A claim that exists already, and that all pods of the workload share.
   *
   * Diagnostics: `invalid-name`, `unshareable-claim` where two pods may run at a time and one node alone can mount it.
   */
  public static persistentVolumeClaim(claimName: string, options: ExistingClaimOptions = {}): Volume {
    const { accessModes = [AccessMode.READ_WRITE_ONCE] } = options;
    const shareable = accessModes.some(mode => mode === AccessMode.READ_WRITE_MANY || mode === AccessMode.READ_ONLY_MANY);
    return Volume._claim(claimName, { ...claimTraits(options), ...!shareable && { unshareableClaim: claimName } });
  }

  /**
   * A claim that is made for each pod and goes with it. Diagnostics: `invalid-quantity`, `invalid-name`, `invalid-value`.
   *
   * One with `VolumeMode.BLOCK` is a device at the path where it is mounted. Nothing changes its owner for a process that is not root, unless
   * the container runtime of the node does (`device_ownership_from_security_context`).
   */
  public static ephemeral(options: VolumeClaimOptions): Volume {
    return new Volume(new VolumeOrigin(undefined, report => ({
      ephemeral: { volumeClaimTemplate: { spec: renderClaim(options, report) } },
    }), claimTraits(options)));
  }

  /**
   * A claim that a `StatefulService` makes for each of its pods, and that the pod finds again when it comes back.
   *
   * Diagnostics: `conflicting-options` in any other workload, `invalid-quantity`, `invalid-name`, `invalid-value`, `duplicate-name`.
   *
   * @param name the first part of the names of the claims, `<name>-<pod>`
   */
  public static claimTemplate(name: string, options: VolumeClaimOptions): Volume {
    return new Volume(new VolumeOrigin(name, report => {
      if (!isDnsLabel(name)) {
        report({ code: 'invalid-name', property: 'name', message: `'${name}' is not a name for a claim.`, remedy: 'Use at most 63 lower-case letters, digits and dashes.' });
      }
      return renderClaim(options, report);
    }, { ...claimTraits(options), claimTemplate: true }));
  }

  /** The files of a ConfigMap that exists already. Diagnostics: `invalid-name`, `invalid-mount`, `invalid-value`, `unknown-key`. */
  public static configMap(name: string, options: FileOptions = {}): Volume {
    return Volume._files(name, report => {
      checkExisting(name, 'ConfigMap', options, report);
      return { configMap: { name, ...Volume._fileFields(options) } };
    });
  }

  /** The files of a Secret that exists already. Diagnostics: `invalid-name`, `invalid-mount`, `invalid-value`, `unknown-key`. */
  public static secret(name: string, options: FileOptions = {}): Volume {
    return Volume._files(name, report => {
      checkExisting(name, 'Secret', options, report);
      return { secret: { secretName: name, ...Volume._fileFields({ mode: 0o440, ...options }) } };
    }, undefined, true);
  }

  /**
   * Fields of the pod as files, by relative path, for example `{ labels: 'metadata.labels' }`.
   *
   * Diagnostics: `invalid-mount`, `invalid-value`.
   */
  public static downwardApi(files: { [path: string]: string }): Volume {
    return new Volume(new VolumeOrigin('pod-info', report => ({
      downwardAPI: {
        items: sortedEntries(files).map(([path, fieldPath]) => {
          checkFilePath(path, `files['${path}']`, report);
          checkFileField(fieldPath, within(report, `files['${path}']`));
          return { path, fieldRef: { fieldPath } };
        }),
      },
    }), { readOnly: true }));
  }

  /** Several ConfigMap, Secret and downward API volumes in one directory. Diagnostics: `invalid-value`. */
  public static projected(sources: Volume[]): Volume {
    return new Volume(new VolumeOrigin(undefined, report => toProjected(sources.map((source, index) => {
      const here = within(report, `sources[${index}]`);
      return toProjection(source.origin.render(here), here);
    })), { readOnly: true, needsGroup: sources.some(source => source._needsGroup), digest: () => sources.map(source => source._digest() ?? '').join('') || undefined }));
  }

  /**
   * A path of the node. Every pod that has one escapes its sandbox: reported as `host-access`.
   *
   * Diagnostics: `host-access`, `invalid-value`.
   *
   * @param path the absolute path
   * @param type what has to be there, for example `Directory` or `FileOrCreate`
   */
  public static hostPath(path: string, type?: string): Volume {
    return new Volume(new VolumeOrigin(undefined, report => {
      if (!path.startsWith('/') || path.split('/').includes('..')) {
        report({ code: 'invalid-value', property: 'path', message: `'${path}' is not a path of a node.`, remedy: "Write it absolute and without '..'." });
      }
      if (type !== undefined && !HOST_PATH_TYPES.includes(type)) {
        report({
          code: 'invalid-value',
          property: 'type',
          message: `'${type}' is nothing that Kubernetes can look for on a node.`,
          remedy: `Write one of ${HOST_PATH_TYPES.map(known => `'${known}'`).join(', ')}, or leave it out.`,
        });
      }
      return { hostPath: compact({ path, type }) };
    }, { hostPath: path }));
  }

  /** Any other source, as Kubernetes writes it, for example `{ nfs: { server, path } }`. Diagnostics: `invalid-value`. */
  public static of(source: { [key: string]: any }): Volume {
    return new Volume(new VolumeOrigin(undefined, report => {
      const kinds = Object.keys(source);
      if (kinds.length !== 1) {
        report({
          code: 'invalid-value',
          property: 'source',
          message: kinds.length === 0 ? 'The volume has no source.' : `The volume has ${kinds.length} sources: ${kinds.join(', ')}.`,
          remedy: "Write exactly one, for example { nfs: { server: '10.0.0.5', path: '/exports' } }.",
        });
      }
      return { ...source };
    }, { needsGroup: true }));
  }

  /**
   * A claim, of which our own know more than the name.
   *
   * @internal
   */
  public static _claim(claimName: string, traits: ClaimTraits = {}): Volume {
    return new Volume(new VolumeOrigin(claimName, report => {
      checkReference(claimName, 'PersistentVolumeClaim', 'claimName', report);
      return { persistentVolumeClaim: { claimName } };
    }, { needsGroup: true, ...traits }));
  }

  /**
   * Files that our own configuration renders. The kubelet gives them to root, so those that only their group may read need a group.
   *
   * @internal
   */
  public static _files(name: string, render: (report: Report) => Json, digest?: () => string | undefined, needsGroup = false): Volume {
    return new Volume(new VolumeOrigin(name, render, { readOnly: true, needsGroup, ...(digest && { digest }) }));
  }

  /**
   * The part of a source that chooses files.
   *
   * @internal
   */
  public static _fileFields(options: FileOptions): Json {
    return compact({
      items: sortedEntries(options.items).map(([path, key]) => ({ key, path })),
      defaultMode: options.mode,
      optional: options.optional,
    });
  }

  private constructor(private readonly origin: VolumeOrigin, private readonly options: MountOptions = {}) {}

  /** The same volume, mounted in another way. */
  public mounted(options: MountOptions): Volume {
    return new Volume(this.origin, { ...this.options, ...options });
  }

  /**
   * The same for every mount of this volume.
   *
   * @internal
   */
  public get _identity(): object {
    return this.origin;
  }

  /** @internal */
  public get _name(): string | undefined {
    return this.origin.name;
  }

  /** @internal */
  public get _needsGroup(): boolean {
    return this.origin.traits.needsGroup ?? false;
  }

  /** @internal */
  public get _isClaimTemplate(): boolean {
    return this.origin.traits.claimTemplate ?? false;
  }

  /** @internal */
  public get _unshareableClaim(): string | undefined {
    return this.origin.traits.unshareableClaim;
  }

  /** @internal */
  public get _isDevice(): boolean {
    return this.origin.traits.device ?? false;
  }

  /** @internal */
  public get _isReadOnly(): boolean {
    return this.options.readOnly ?? this.origin.traits.readOnly ?? false;
  }

  /** @internal */
  public get _propagation(): MountPropagation | undefined {
    return this.options.propagation;
  }

  /** @internal */
  public get _hostPath(): string | undefined {
    return this.origin.traits.hostPath;
  }

  /**
   * Tells the volume that a workload mounts it.
   *
   * @internal
   */
  public _usedBy(user: VolumeUser): void {
    this.origin.traits.usedBy?.(user);
  }

  /** @internal */
  public _digest(): string | undefined {
    return this.origin.traits.digest?.();
  }

  /** @internal */
  public _renderSource(report: Report): Json {
    return this.origin.render(report);
  }

  /** @internal */
  public _renderDevice(name: string, devicePath: string, report: Report): Json {
    for (const property of (['subPath', 'readOnly', 'propagation'] as const).filter(option => this.options[option] !== undefined)) {
      report({
        code: 'conflicting-options',
        property,
        message: `The volume is a block device, which has no ${property}.`,
        remedy: `Leave '${property}' out, or use VolumeMode.FILESYSTEM.`,
      });
    }
    return { name, devicePath };
  }

  /** @internal */
  public _renderMount(name: string, mountPath: string, report: Report): Json {
    if (this.options.subPath !== undefined) {
      checkFilePath(this.options.subPath, 'subPath', report);
    }
    return compact({
      name,
      mountPath,
      readOnly: this._isReadOnly || undefined,
      subPath: this.options.subPath,
      mountPropagation: this.options.propagation,
    });
  }
}

const HOST_PATH_TYPES = ['BlockDevice', 'CharDevice', 'Directory', 'DirectoryOrCreate', 'File', 'FileOrCreate', 'Socket'];
/** Fewer than a variable can have: a file changes while the pod runs, and these can change or are known before it does. */
const FILE_FIELDS = /^metadata\.(name|namespace|uid|(labels|annotations)(\['[^']+'\])?)$/;

/** A group owns directories, not devices. */
function claimTraits({ volumeMode }: ExistingClaimOptions): VolumeTraits {
  return volumeMode === VolumeMode.BLOCK ? { device: true } : { needsGroup: true };
}

function checkExisting(name: string, kind: string, options: FileOptions, report: Report): void {
  checkReference(name, kind, 'name', report);
  checkFileItems(options.items, isConfigKey, report);
  checkFileMode(options.mode, report);
}

function checkFileField(fieldPath: string, report: Report): void {
  if (!FILE_FIELDS.test(fieldPath)) {
    report({
      code: 'invalid-value',
      message: `'${fieldPath}' is not a field that a file can show.`,
      remedy: "Write for example 'metadata.labels', 'metadata.annotations' or 'metadata.name'; a variable can show more (EnvReference.field).",
    });
  }
}

/** One source of a projection, and the mode that it would have by itself. */
interface Projection {
  readonly source: Json;
  readonly mode?: number;
}

/** There is one mode for all: the most closed. */
function toProjected(projections: readonly Projection[]): Json {
  const modes = projections.flatMap(({ mode }) => mode ?? []);
  return {
    projected: compact({
      sources: projections.map(({ source }) => source),
      defaultMode: modes.length > 0 ? Math.min(...modes) : undefined,
    }),
  };
}

/** A projection names a secret by `name`. */
function toProjection(volume: Json, report: Report): Projection {
  const [kind = 'empty'] = Object.keys(volume);
  const { defaultMode: mode, secretName, ...rest } = volume[kind] ?? {};
  if (!['configMap', 'secret', 'downwardAPI'].includes(kind)) {
    report({
      code: 'invalid-value',
      message: `A volume of the kind '${kind}' cannot be part of a projection.`,
      remedy: 'Project ConfigMaps, Secrets and the downward API; mount the others at paths of their own.',
    });
  }
  return { source: { [kind]: secretName === undefined ? rest : { name: secretName, ...rest } }, mode };
}
