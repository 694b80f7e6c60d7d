import { type ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { StringMap } from './resolved-options';
import { NameRule } from '../../definition/naming';
import { defineManifest, type FieldRenderer, type Owner } from '../../synthesis/manifest';

/** What an Ingress is made from; read when it renders. */
export interface IngressDefinition {
  readonly name: string;
  readonly owner: Owner;
  /** Checked by the route, which knows where the user wrote them. */
  readonly annotations: () => StringMap;
  readonly spec: FieldRenderer;
}

/** One Ingress of a route. */
export class Ingress extends Construct {
  /** @internal */
  public static _create(scope: Construct, id: string, definition: IngressDefinition): Ingress {
    return new Ingress(scope, id, definition);
  }

  /** The object as cdk8s knows it. */
  public readonly apiObject: ApiObject;
  /** The name of the Ingress. */
  public readonly name: string;

  private constructor(scope: Construct, id: string, { name, owner, annotations, spec }: IngressDefinition) {
    super(scope, id);
    this.name = name;
    this.apiObject = defineManifest(this, {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      name,
      nameRule: NameRule.SUBDOMAIN,
      owner,
      annotations,
      annotationsChecked: true,
      fields: { spec },
    });
  }
}
