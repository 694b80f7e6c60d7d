import { compact, type Json } from './json';
import { checkLabels, isDnsLabel } from './naming';
import { checkQuantity, QuantityKind } from './quantity';
import { type Report } from '../diagnostics/report';

/** The object that an object metric is read from. */
export interface MetricObject {
  /** The API version, for example `networking.k8s.io/v1`. */
  readonly apiVersion: string;
  /** The kind, for example `Ingress`. */
  readonly kind: string;
  /** The name of the object, in the namespace of the autoscaler. */
  readonly name: string;
}

/** Which series of a metric count, and the value to hold; exactly one of the targets. */
export interface MetricTarget {
  /**
   * The value per pod to hold.
   *
   * @default - `value` is the target
   */
  readonly averageValue?: string;
  /**
   * The value of the whole to hold.
   *
   * @default - `averageValue` is the target
   */
  readonly value?: string;
  /**
   * Labels that the series must carry.
   *
   * @default - none
   */
  readonly selector?: { [label: string]: string };
}

/** The resource that a metric compares with a container's request, where it does. */
export interface RequestedResource {
  /** `cpu` or `memory`. */
  readonly resource: string;
  /** The container, where the metric looks at one alone. */
  readonly container?: string;
}

/**
 * Something that an autoscaler holds at a target.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
 */
export class ScalingMetric {
  /** CPU use of all containers, in percent of what they request. Diagnostics: `metric-without-request`, `invalid-value`. */
  public static cpuUtilization(percent: number): ScalingMetric {
    return utilization('cpu', percent);
  }

  /** CPU use per pod, for example `500m`. Diagnostics: `invalid-quantity`. */
  public static cpuAverage(quantity: string): ScalingMetric {
    return average('cpu', quantity, QuantityKind.CPU);
  }

  /** Memory use of all containers, in percent of what they request. Diagnostics: `metric-without-request`, `invalid-value`. */
  public static memoryUtilization(percent: number): ScalingMetric {
    return utilization('memory', percent);
  }

  /** Memory use per pod, for example `200Mi`. Diagnostics: `invalid-quantity`. */
  public static memoryAverage(quantity: string): ScalingMetric {
    return average('memory', quantity, QuantityKind.BYTES);
  }

  /** CPU use of one container, in percent of what it requests. Needs Kubernetes 1.27, where the feature is on by default. */
  public static containerCpuUtilization(container: string, percent: number): ScalingMetric {
    return utilization('cpu', percent, container);
  }

  /** Memory use of one container, in percent of what it requests. */
  public static containerMemoryUtilization(container: string, percent: number): ScalingMetric {
    return utilization('memory', percent, container);
  }

  /**
   * A metric that each pod reports.
   *
   * @param name the metric, as the custom metrics API knows it
   * @param averageValue the value per pod to hold
   */
  public static pods(name: string, averageValue: string, selector?: { [label: string]: string }): ScalingMetric {
    return new ScalingMetric(report => ({
      type: 'Pods',
      pods: { metric: metricIdentifier(name, selector, report), target: target({ averageValue }, report) },
    }));
  }

  /** A metric of another object in the namespace. */
  public static object(name: string, describedObject: MetricObject, metricTarget: MetricTarget): ScalingMetric {
    return new ScalingMetric(report => ({
      type: 'Object',
      object: {
        describedObject: { ...describedObject },
        metric: metricIdentifier(name, metricTarget.selector, report),
        target: target(metricTarget, report),
      },
    }));
  }

  /** A metric from outside the cluster, a queue's length for example. */
  public static external(name: string, metricTarget: MetricTarget): ScalingMetric {
    return new ScalingMetric(report => ({
      type: 'External',
      external: { metric: metricIdentifier(name, metricTarget.selector, report), target: target(metricTarget, report) },
    }));
  }

  /** @internal */
  public static _of(render: (report: Report) => Json, request?: RequestedResource): ScalingMetric {
    return new ScalingMetric(render, request);
  }

  private constructor(
    private readonly render: (report: Report) => Json,
    private readonly request?: RequestedResource,
  ) {}

  /**
   * The request that the metric compares use with.
   *
   * @internal
   */
  public get _comparesWith(): RequestedResource | undefined {
    return this.request;
  }

  /** @internal */
  public _render(report: Report): Json {
    return this.render(report);
  }
}

function utilization(resource: string, percent: number, container?: string): ScalingMetric {
  return ScalingMetric._of(report => {
    if (!(Number.isInteger(percent) && percent >= 1)) {
      report({
        code: 'invalid-value',
        message: `${percent} is not a share of the ${resource} request.`,
        remedy: 'Write a whole percentage of at least 1, for example 70; it may exceed 100 where the limit is above the request.',
      });
    }
    if (container !== undefined && !isDnsLabel(container)) {
      report({
        code: 'invalid-name',
        property: 'container',
        message: `'${container}' cannot be the name of a container.`,
        remedy: 'Write it as the pod has it.',
      });
    }
    return resourceMetric(resource, { type: 'Utilization', averageUtilization: percent }, container);
  }, { resource, ...(container !== undefined && { container }) });
}

function average(resource: string, quantity: string, kind: QuantityKind): ScalingMetric {
  return ScalingMetric._of(report => {
    checkTarget(quantity, kind, 'averageValue', report);
    return resourceMetric(resource, { type: 'AverageValue', averageValue: quantity });
  });
}

function resourceMetric(resource: string, metricTarget: Json, container?: string): Json {
  return container === undefined
    ? { type: 'Resource', resource: { name: resource, target: metricTarget } }
    : { type: 'ContainerResource', containerResource: { container, name: resource, target: metricTarget } };
}

function metricIdentifier(name: string, selector: { [label: string]: string } | undefined, report: Report): Json {
  if (name.trim() === '') {
    report({ code: 'invalid-value', property: 'name', message: 'The metric has no name.', remedy: 'Write the name under which the metrics API offers it.' });
  }
  checkLabels(selector, 'selector', report);
  return compact({ name, selector: selector && { matchLabels: { ...selector } } });
}

function checkTarget(quantity: string, kind: QuantityKind, property: string, report: Report): void {
  if (checkQuantity(quantity, kind, property, report) === 0) {
    report({ code: 'invalid-value', property, message: 'An autoscaler cannot hold a metric at zero.', remedy: 'Write a value above zero.' });
  }
}

function target(options: MetricTarget, report: Report): Json {
  const { averageValue, value } = options;
  const both = averageValue !== undefined && value !== undefined;
  if (both || (averageValue === undefined && value === undefined)) {
    report({
      code: 'conflicting-options',
      property: 'value',
      message: both ? 'The metric has two targets.' : 'The metric has no target.',
      remedy: "Write either 'averageValue', held per pod, or 'value', held for the whole.",
    });
  }
  for (const [property, quantity] of Object.entries({ averageValue, value })) {
    if (quantity !== undefined) {
      checkTarget(quantity, QuantityKind.COUNT, property, report);
    }
  }
  return averageValue !== undefined ? { type: 'AverageValue', averageValue } : { type: 'Value', value };
}
