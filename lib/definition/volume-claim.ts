import { compact, type Json } from './json';
import { checkReference } from './naming';
import { checkQuantity, QuantityKind } from './quantity';
import { type Report } from '../diagnostics/report';

/** How many nodes or pods may mount a volume. */
export enum AccessMode {
  /** One node reads and writes. */
  READ_WRITE_ONCE = 'ReadWriteOnce',
  /** One pod reads and writes. */
  READ_WRITE_ONCE_POD = 'ReadWriteOncePod',
  /** Many nodes read and write. */
  READ_WRITE_MANY = 'ReadWriteMany',
  /** Many nodes read. */
  READ_ONLY_MANY = 'ReadOnlyMany',
}

/** What a pod sees of a volume. */
export enum VolumeMode {
  /** A directory. */
  FILESYSTEM = 'Filesystem',
  /** A block device, which stands at the path of its mount. */
  BLOCK = 'Block',
}

/** What a new volume holds at first. */
export class ClaimSource {
  /** The content of a snapshot (`snapshot.storage.k8s.io`). Diagnostics: `invalid-name`. */
  public static snapshot(name: string): ClaimSource {
    return new ClaimSource('VolumeSnapshot', name, 'snapshot.storage.k8s.io');
  }

  /** The content of another claim. Diagnostics: `invalid-name`. */
  public static claim(name: string): ClaimSource {
    return new ClaimSource('PersistentVolumeClaim', name);
  }

  private constructor(private readonly kind: string, private readonly name: string, private readonly apiGroup?: string) {}

  /** @internal */
  public _render(report: Report): Json {
    checkReference(this.name, this.kind, 'source', report);
    return compact({ apiGroup: this.apiGroup, kind: this.kind, name: this.name });
  }
}

/** What a claim asks for. */
export interface VolumeClaimOptions {
  /** The size, for example `10Gi`. */
  readonly size: string;
  /**
   * The storage class.
   *
   * @default - that of the cluster
   */
  readonly storageClassName?: string;
  /**
   * How many nodes or pods may mount it.
   *
   * @default - one node: AccessMode.READ_WRITE_ONCE
   */
  readonly accessModes?: AccessMode[];
  /**
   * What a pod sees of it.
   *
   * @default VolumeMode.FILESYSTEM
   */
  readonly volumeMode?: VolumeMode;
  /**
   * What it holds at first.
   *
   * @default - nothing
   */
  readonly source?: ClaimSource;
}

/** The spec of a claim. */
export function renderClaim(options: VolumeClaimOptions, report: Report): Json {
  const { size, storageClassName, accessModes = [AccessMode.READ_WRITE_ONCE], volumeMode, source } = options;
  checkQuantity(size, QuantityKind.BYTES, 'size', report);
  // The empty text is a choice: no class, so a volume that somebody made by hand.
  if (storageClassName) {
    checkReference(storageClassName, 'StorageClass', 'storageClassName', report);
  }
  if (accessModes.length === 0 || (accessModes.length > 1 && accessModes.includes(AccessMode.READ_WRITE_ONCE_POD))) {
    report({
      code: 'invalid-value',
      property: 'accessModes',
      message: accessModes.length === 0 ? 'An empty list lets nobody mount the volume.' : 'A volume for one pod cannot be for many as well.',
      remedy: 'Write one mode, or leave it out for one node.',
    });
  }
  return compact({
    accessModes: [...accessModes],
    storageClassName,
    volumeMode: volumeMode === VolumeMode.FILESYSTEM ? undefined : volumeMode,
    dataSource: source?._render(report),
    resources: { requests: { storage: size } },
  });
}
