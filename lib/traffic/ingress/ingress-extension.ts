import { type ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { ControllerObject } from './controller-renderer';
import { NameRule } from '../../definition/naming';
import { defineManifest, type Owner } from '../../synthesis/manifest';

/** An object of the controller's own API beside an Ingress, a Middleware of Traefik for example. */
export class IngressExtension extends Construct {
  /** The object as cdk8s knows it. */
  public readonly apiObject: ApiObject;

  public constructor(scope: Construct, { apiVersion, kind, name }: ControllerObject, owner: Owner, spec: () => unknown) {
    super(scope, `${kind.toLowerCase()}-${name}`);
    this.apiObject = defineManifest(this, { apiVersion, kind, name, nameRule: NameRule.SUBDOMAIN, owner, fields: { spec } });
  }
}
