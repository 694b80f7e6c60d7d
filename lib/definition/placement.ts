import { compact, type Json } from './json';
import type { AffinityFields } from './kubernetes-fields.generated';
import { checkLabels, checkReference, isHostName } from './naming';
import { mergeFields } from './pass-through';
import { type Report, within } from '../diagnostics/report';

/** The processor architecture of a node. */
export enum Architecture {
  /** x86-64. */
  AMD64 = 'amd64',
  /** 64-bit Arm. */
  ARM64 = 'arm64',
  /** 32-bit Arm. */
  ARM = 'arm',
}

/** A taint that a pod accepts. */
export interface Toleration {
  /**
   * The key of the taint.
   *
   * @default - every taint
   */
  readonly key?: string;
  /**
   * The value of the taint.
   *
   * @default - any value
   */
  readonly value?: string;
  /**
   * `NoSchedule`, `PreferNoSchedule` or `NoExecute`.
   *
   * @default - every effect
   */
  readonly effect?: string;
  /**
   * How long the pod stays after a `NoExecute` taint comes, in seconds.
   *
   * @default - for ever
   */
  readonly tolerationSeconds?: number;
}

/** Where pods may and should run. */
export interface PlacementOptions {
  /**
   * Labels that the node must carry.
   *
   * @default - none
   */
  readonly nodeSelector?: { [label: string]: string };
  /**
   * The architecture of the node.
   *
   * @default - any
   */
  readonly architecture?: Architecture;
  /**
   * Taints that the pods accept.
   *
   * @default - none
   */
  readonly tolerations?: Toleration[];
  /**
   * The one node to run on, past the scheduler.
   *
   * @default - the scheduler decides
   */
  readonly nodeName?: string;
  /**
   * Affinity as Kubernetes writes it; its parts replace the default anti-affinity.
   *
   * @default - pods of one service prefer different nodes
   */
  readonly affinity?: AffinityFields;
  /**
   * Whether the pods are spread over nodes and zones.
   *
   * @default true
   */
  readonly spread?: boolean;
  /**
   * The priority class.
   *
   * @default - that of the cluster
   */
  readonly priorityClassName?: string;
  /**
   * The runtime class, for example a sandboxed runtime.
   *
   * @default - that of the cluster
   */
  readonly runtimeClassName?: string;
  /**
   * The scheduler.
   *
   * @default - that of the cluster
   */
  readonly schedulerName?: string;
}

/** An edge node. */
export interface EdgeOptions {
  /**
   * The architecture of the edge nodes.
   *
   * @default Architecture.ARM64
   */
  readonly architecture?: Architecture;
  /**
   * The key of the taint that keeps other pods off.
   *
   * @default node-role.kubernetes.io/edge
   */
  readonly taint?: string;
  /**
   * Further labels that the node must carry.
   *
   * @default - none
   */
  readonly nodeSelector?: { [label: string]: string };
}

const ARCHITECTURE_LABEL = 'kubernetes.io/arch';
const EDGE_TAINT = 'node-role.kubernetes.io/edge';

/** Where the pods of a service run. */
export class Placement {
  /** On nodes that fit. */
  public static of(options: PlacementOptions): Placement {
    return new Placement(options);
  }

  /** On edge nodes: their architecture, and the toleration of the taint that keeps other pods off. */
  public static edge(options: EdgeOptions = {}): Placement {
    return new Placement({
      architecture: options.architecture ?? Architecture.ARM64,
      ...(options.nodeSelector && { nodeSelector: options.nodeSelector }),
      tolerations: [{ key: options.taint ?? EDGE_TAINT, effect: 'NoSchedule' }],
    });
  }

  private constructor(private readonly options: PlacementOptions) {}

  /**
   * The same, past every taint.
   *
   * @internal
   */
  public _onEveryNode(): Placement {
    return new Placement({ ...this.options, tolerations: [...this.options.tolerations ?? [], {}] });
  }

  /** @internal */
  public get _spread(): boolean {
    return this.options.spread ?? true;
  }

  /** @internal */
  public _renderAffinity(minor: number, report: Report): Json {
    return mergeFields('Affinity', {}, this.options.affinity, minor, within(report, 'affinity'));
  }

  /** @internal */
  public _render(report: Report): Json {
    const { nodeSelector, architecture, tolerations = [], nodeName, priorityClassName, runtimeClassName, schedulerName } = this.options;
    this.check(report);
    return compact({
      nodeSelector: { ...nodeSelector, ...(architecture && { [ARCHITECTURE_LABEL]: architecture }) },
      tolerations: tolerations.map(toleration => compact({
        key: toleration.key,
        operator: toleration.value === undefined ? 'Exists' : 'Equal',
        value: toleration.value,
        effect: toleration.effect,
        tolerationSeconds: toleration.tolerationSeconds,
      })),
      nodeName,
      priorityClassName,
      runtimeClassName,
      schedulerName,
    });
  }

  private check(report: Report): void {
    const { nodeSelector, architecture, tolerations = [], nodeName, priorityClassName, runtimeClassName } = this.options;
    checkLabels(nodeSelector, 'nodeSelector', report);
    const stated = nodeSelector?.[ARCHITECTURE_LABEL];
    if (stated !== undefined && architecture !== undefined && stated !== architecture) {
      report({
        code: 'conflicting-options',
        property: 'architecture',
        message: `The node should be '${architecture}' and, by its label, '${stated}'.`,
        remedy: `Drop '${ARCHITECTURE_LABEL}' from the node selector.`,
      });
    }
    tolerations.forEach((toleration, index) => checkToleration(toleration, within(report, `tolerations[${index}]`)));
    if (nodeName !== undefined && !isHostName(nodeName)) {
      report({ code: 'invalid-name', property: 'nodeName', message: `'${nodeName}' is not the name of a node.`, remedy: "Write it as 'kubectl get nodes' shows it." });
    }
    if (priorityClassName !== undefined) {
      checkReference(priorityClassName, 'PriorityClass', 'priorityClassName', report);
    }
    if (runtimeClassName !== undefined) {
      checkReference(runtimeClassName, 'RuntimeClass', 'runtimeClassName', report);
    }
  }
}

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

function checkToleration({ key, value, effect, tolerationSeconds }: Toleration, report: Report): void {
  if (key !== undefined) {
    checkLabels({ [key]: '' }, 'key', fault => report({ ...fault, property: 'key' }));
    checkLabels({ key: value ?? '' }, 'value', fault => report({ ...fault, property: 'value' }));
  } else if (value !== undefined) {
    report({ code: 'conflicting-options', property: 'value', message: `The value '${value}' belongs to no key.`, remedy: "Write the 'key' of the taint, or drop the value." });
  }
  if (effect !== undefined && !EFFECTS.includes(effect)) {
    report({
      code: 'invalid-value',
      property: 'effect',
      message: `'${effect}' is not an effect of a taint.`,
      remedy: `Write one of ${EFFECTS.map(known => `'${known}'`).join(', ')}, or leave it out for all of them.`,
    });
  }
  if (tolerationSeconds !== undefined && effect !== 'NoExecute') {
    report({
      code: 'conflicting-options',
      property: 'tolerationSeconds',
      message: 'Only a NoExecute taint sends pods away after a time.',
      remedy: "Write effect: 'NoExecute', or drop tolerationSeconds.",
    });
  }
}
