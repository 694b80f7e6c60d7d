import type { EnvValue } from 'cdk8s-plus-27';
import { compact, type Json } from './json';
import { checkQuantity, QuantityKind } from './quantity';
import { type Report } from '../diagnostics/report';

/** Where the value of an environment variable comes from when it is not a literal. */
export class EnvReference {
  /**
   * A field of the pod.
   *
   * @param fieldPath for example `metadata.name` or `status.podIP`
   */
  public static field(fieldPath: string): EnvReference {
    return new EnvReference(report => {
      if (!FIELD_PATHS.test(fieldPath)) {
        report({
          code: 'invalid-value',
          message: `'${fieldPath}' is not a field that a container can read from its pod.`,
          remedy: "Write for example 'metadata.name', 'metadata.namespace', 'metadata.labels['app.kubernetes.io/version']', 'spec.nodeName', 'status.podIP' or 'status.hostIP'.",
        });
      }
      return { valueFrom: { fieldRef: { fieldPath } } };
    });
  }

  /**
   * A resource of a container.
   *
   * @param resource for example `limits.memory` or `requests.cpu`
   * @param divisor the unit of the value, for example `1Mi`
   */
  public static resource(resource: string, divisor?: string): EnvReference {
    return new EnvReference(report => {
      if (!RESOURCE_FIELDS.test(resource)) {
        report({
          code: 'invalid-value',
          message: `'${resource}' is not a resource of a container.`,
          remedy: "Write 'requests.' or 'limits.' and a resource, for example 'limits.memory'.",
        });
      }
      if (divisor !== undefined) {
        checkQuantity(divisor, QuantityKind.COUNT, 'divisor', report);
      }
      return { valueFrom: { resourceFieldRef: compact({ resource, divisor }) } };
    });
  }

  /** A value of cdk8s-plus. */
  public static fromEnvValue(value: EnvValue): EnvReference {
    return new EnvReference(() => compact({ value: value.value, valueFrom: value.valueFrom }));
  }

  /**
   * A reference that its owner checks and renders.
   *
   * @internal
   */
  public static _of(render: (report: Report) => Json, digest?: () => string | undefined): EnvReference {
    return new EnvReference(render, digest);
  }

  /**
   * A key of a Secret, whose owner answers for it.
   *
   * @internal
   */
  public static _secretKey(name: string, key: string): EnvReference {
    return new EnvReference(() => ({ valueFrom: { secretKeyRef: { name, key } } }));
  }

  private constructor(private readonly render: (report: Report) => Json, private readonly digest?: () => string | undefined) {}

  /**
   * `value` or `valueFrom`.
   *
   * @internal
   */
  public _render(report: Report): Json {
    return this.render(report);
  }

  /**
   * Changes with the content; rolls the pods.
   *
   * @internal
   */
  public _digest(): string | undefined {
    return this.digest?.();
  }
}

const FIELD_PATHS = /^(metadata\.(name|namespace|uid|labels\['[^']+'\]|annotations\['[^']+'\])|spec\.(nodeName|serviceAccountName)|status\.(hostIPs?|podIPs?))$/;
const RESOURCE_FIELDS = /^(requests|limits)\.(cpu|memory|ephemeral-storage|hugepages-\w+)$/;
