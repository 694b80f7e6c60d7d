import { type ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { Json } from '../definition/json';
import { defineManifest, type Owner } from '../synthesis/manifest';

/** What a slice is made from; read when it renders. */
export interface EndpointSliceDefinition {
  readonly name: string;
  readonly serviceName: string;
  readonly owner: Owner;
  readonly addressType: string;
  readonly addresses: readonly string[];
  readonly port: () => Json;
}

/** Addresses behind a Service that selects no pods. */
export class EndpointSlice extends Construct {
  /** @internal */
  public static _create(scope: Construct, id: string, definition: EndpointSliceDefinition): EndpointSlice {
    return new EndpointSlice(scope, id, definition);
  }

  /** The object as cdk8s knows it. */
  public readonly apiObject: ApiObject;
  /** The name of the EndpointSlice. */
  public readonly name: string;

  private constructor(scope: Construct, id: string, { name, serviceName, owner, addressType, addresses, port }: EndpointSliceDefinition) {
    super(scope, id);
    this.name = name;
    this.apiObject = defineManifest(this, {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      name,
      owner,
      labels: () => ({ 'kubernetes.io/service-name': serviceName, 'endpointslice.kubernetes.io/managed-by': 'cdk8s' }),
      fields: {
        addressType: () => addressType,
        endpoints: () => addresses.map(address => ({ addresses: [address] })),
        ports: () => [port()],
      },
    });
  }
}
