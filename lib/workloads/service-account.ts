import { type ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { defineManifest, type Owner } from '../synthesis/manifest';

/** The identity of a service's pods in the cluster: a ServiceAccount whose token is not mounted unless somebody needs it. */
export class ServiceAccount extends Construct {
  /** @internal */
  public static _create(scope: Construct, id: string, name: string, owner: Owner, annotations?: { [annotation: string]: string }): ServiceAccount {
    return new ServiceAccount(scope, id, name, owner, annotations);
  }

  /** The object as cdk8s knows it. */
  public readonly apiObject: ApiObject;
  /** The name of the ServiceAccount. */
  public readonly name: string;

  private constructor(scope: Construct, id: string, name: string, owner: Owner, annotations?: { [annotation: string]: string }) {
    super(scope, id);
    this.name = name;
    this.apiObject = defineManifest(this, {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      name,
      owner,
      ...annotations && { annotations: () => annotations, annotationsChecked: true },
      // A pod that talks to the API server mounts the token itself.
      fields: { automountServiceAccountToken: () => false },
    });
  }
}
