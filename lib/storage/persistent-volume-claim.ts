import { type ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { ClaimUsers } from './claim-users';
import { compact, compactOrNone, type Json } from '../definition/json';
import type { PersistentVolumeClaimSpecFields } from '../definition/kubernetes-fields.generated';
import { checkLabels, checkReference, NameRule } from '../definition/naming';
import { mergeFields } from '../definition/pass-through';
import { Volume } from '../definition/volume';
import { AccessMode, renderClaim, type VolumeClaimOptions, VolumeMode } from '../definition/volume-claim';
import { Diagnostics } from '../diagnostics/diagnostics';
import { type Report, within } from '../diagnostics/report';
import type { Decisions } from '../platform/platform';
import { defineManifest } from '../synthesis/manifest';
import { nameOf } from '../synthesis/naming';

/** What a claim asks for, and which volume answers. */
export interface PersistentVolumeClaimProps extends VolumeClaimOptions {
  /**
   * The name of the claim.
   *
   * @default - the id of the construct
   */
  readonly name?: string;
  /**
   * The name of a volume that exists already.
   *
   * @default - whichever fits, or one that is made
   */
  readonly volumeName?: string;
  /**
   * Labels that the volume must have: no volume is made then, one that exists is taken.
   *
   * @default - any
   */
  readonly selector?: { [label: string]: string };
  /**
   * Labels of the claim.
   *
   * @default - those of the platform
   */
  readonly labels?: { [label: string]: string };
  /**
   * Annotations of the claim.
   *
   * @default - those of the platform
   */
  readonly annotations?: { [annotation: string]: string };
  /**
   * Any field of the spec that has no property of its own; merged last.
   *
   * @default - none
   */
  readonly fields?: PersistentVolumeClaimSpecFields;
}

/**
 * Storage that outlives its pods, and that several workloads may share. Kubernetes lets nothing of it change later but the size, upwards, where
 * the storage class allows it. Storage of single pods is a matter of their workload: `Volume.claimTemplate` of a `StatefulService`.
 *
 * Diagnostics: `invalid-name`, `duplicate-name`, `invalid-quantity`, `invalid-value`, `invalid-label`, `conflicting-options`, `unknown-field`,
 * `invalid-mount`, `claim-on-one-node`.
 *
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/
 *
 * @example
 * const uploads = new PersistentVolumeClaim(shop, 'uploads', { size: '10Gi', accessModes: [AccessMode.READ_WRITE_MANY] });
 * new GoStyleMicroservice(shop, 'gallery', {
 *   image: GoImage.fromModule('services/gallery'),
 *   volumes: { '/var/uploads': uploads.asVolume() },
 * });
 */
export class PersistentVolumeClaim extends Construct {
  /** The object as cdk8s knows it. */
  public readonly apiObject: ApiObject;
  /** The name of the claim. */
  public readonly name: string;

  private readonly props: PersistentVolumeClaimProps;
  private readonly users: ClaimUsers;
  private readonly volume: Volume;

  public constructor(scope: Construct, id: string, props: PersistentVolumeClaimProps) {
    super(scope, id);
    this.props = props;
    this.name = nameOf(this, props.name);
    const { accessModes = [AccessMode.READ_WRITE_ONCE], volumeMode, labels, annotations } = props;
    this.users = new ClaimUsers(Chart.of(this).namespace, accessModes);
    this.volume = Volume._claim(this.name, {
      readOnly: accessModes.length === 1 && accessModes[0] === AccessMode.READ_ONLY_MANY,
      device: volumeMode === VolumeMode.BLOCK,
      usedBy: user => this.users.add(user),
    });
    this.apiObject = defineManifest(this, {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      name: this.name,
      nameRule: NameRule.SUBDOMAIN,
      owner: { name: this.name, component: 'storage', construct: this, ...labels && { labels }, ...annotations && { annotations } },
      fields: { spec: (report, decisions) => this.renderSpec(decisions, report) },
    });
    Diagnostics._check(this, report => this.users.check(report));
  }

  /** The volume, to be mounted by a container's `volumes`. All that mount it share its content. */
  public asVolume(): Volume {
    return this.volume;
  }

  private renderSpec(decisions: Decisions, report: Report): Json {
    const { volumeName, selector, source, fields } = this.props;
    if (volumeName !== undefined) {
      checkReference(volumeName, 'PersistentVolume', 'volumeName', report);
    }
    checkLabels(selector, 'selector', report);
    for (const [property, value] of Object.entries({ volumeName, selector })) {
      if (value !== undefined && source) {
        report({
          code: 'conflicting-options',
          property,
          message: 'A volume that exists already cannot be filled from a source.',
          remedy: `Keep one of 'source' and '${property}'.`,
        });
      }
    }
    return mergeFields('PersistentVolumeClaimSpec', {
      ...renderClaim(this.props, report),
      ...compact({ volumeName, selector: compactOrNone({ matchLabels: { ...selector } }) }),
    }, fields, decisions.kubernetesVersion._minor, within(report, 'fields'));
  }
}
