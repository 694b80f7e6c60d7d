import { type ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { dnsEgress } from './dns-egress';
import { defineManifest, type FieldRenderer, type Owner } from '../synthesis/manifest';

/** A NetworkPolicy for all pods of a namespace. Policies add up, so those of the services admit more. */
export class NamespacePolicy extends Construct {
  /**
   * No traffic at all.
   *
   * @internal
   */
  public static _denyAll(scope: Construct, id: string, namespace: string, owner: Owner): NamespacePolicy {
    return new NamespacePolicy(scope, id, 'default-deny', namespace, owner, () => ({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] }));
  }

  /**
   * Name resolution.
   *
   * @internal
   */
  public static _allowDns(scope: Construct, id: string, namespace: string, owner: Owner): NamespacePolicy {
    return new NamespacePolicy(scope, id, 'allow-dns', namespace, owner, (_report, decisions) => ({
      podSelector: {},
      policyTypes: ['Egress'],
      egress: dnsEgress(decisions),
    }));
  }

  /** The object as cdk8s knows it. */
  public readonly apiObject: ApiObject;
  /** The name of the NetworkPolicy. */
  public readonly name: string;

  private constructor(scope: Construct, id: string, name: string, namespace: string, owner: Owner, spec: FieldRenderer) {
    super(scope, id);
    this.name = name;
    this.apiObject = defineManifest(this, { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', name, namespace, owner, fields: { spec } });
  }
}
