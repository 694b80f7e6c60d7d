import { Forbidden } from './forbidden';
import { findPodSpec, reviewPod } from './pod-review';
import { reviewAccess } from '../definition/access-rule';
import { asMap, asMaps, type Json } from '../definition/json';

/** Something in a manifest that a platform may forbid. */
export interface Breach {
  readonly rule: Forbidden;
  /** Where it stands, as a path of the manifest. */
  readonly field: string;
  readonly message: string;
  readonly remedy: string;
}

const EVERYWHERE = ['0.0.0.0/0', '::/0'];

/** Everything in a finished manifest that a platform may forbid, whoever wrote it. */
export function reviewManifest(manifest: Json, minor: number): Breach[] {
  const reviews = [reviewNamespace, reviewService, reviewPolicy, reviewRbac];
  return [...reviewPods(manifest, minor), ...reviews.flatMap(review => review(manifest))];
}

function reviewPods(manifest: Json, minor: number): Breach[] {
  const pods = findPodSpec(manifest);
  return (pods ? reviewPod(pods.spec, minor) : []).map(({ code, field, message }) => ({
    rule: code === 'host-access' ? Forbidden.HOST_ACCESS : Forbidden.WEAKENED_HARDENING,
    field: `${pods!.path}${field}`,
    message,
    remedy: 'Leave it as the service has it by default.',
  }));
}

function reviewNamespace({ kind, metadata }: Json): Breach[] {
  const field = 'pod-security.kubernetes.io/enforce';
  const level = asMap(metadata?.labels)[field];
  return kind !== 'Namespace' || level === 'restricted' ? [] : [{
    rule: Forbidden.WEAKENED_HARDENING,
    field: `metadata.labels['${field}']`,
    message: `The namespace admits pods that the restricted Pod Security Standard forbids: it enforces ${level === undefined ? 'nothing' : `'${level}'`}.`,
    remedy: 'Make it a ServiceNamespace, and leave podSecurity out.',
  }];
}

function reviewService({ apiVersion, kind, spec }: Json): Breach[] {
  const { type, externalIPs } = asMap(spec);
  if (kind !== 'Service' || apiVersion !== 'v1') {
    return [];
  }
  const remedy = 'Keep it a ClusterIP, and let a route lead to it.';
  return [
    ...type === 'LoadBalancer' ? [{ rule: Forbidden.LOAD_BALANCERS, field: 'spec.type', message: 'The Service has a load balancer of its own.', remedy }] : [],
    ...type === 'NodePort' ? [{ rule: Forbidden.NODE_PORTS, field: 'spec.type', message: 'The Service takes a port of every node.', remedy }] : [],
    ...asArray(externalIPs).length > 0
      ? [{ rule: Forbidden.NODE_PORTS, field: 'spec.externalIPs', message: 'The Service takes over addresses outside the cluster.', remedy }] : [],
  ];
}

function reviewPolicy({ kind, spec }: Json): Breach[] {
  const isOpen = ({ to, ports }: Json) => asArray(ports).length === 0
    && (asArray(to).length === 0 || asMaps(to).some(({ ipBlock }) => EVERYWHERE.includes(asMap(ipBlock).cidr)));
  return kind !== 'NetworkPolicy' ? [] : asMaps(asMap(spec).egress).flatMap((rule, index) => !isOpen(rule) ? [] : [{
    rule: Forbidden.UNRESTRICTED_EGRESS,
    field: `spec.egress[${index}]`,
    message: 'The pods may go anywhere.',
    remedy: "Leave 'egress' out, and declare each target: connectTo(External.host('api.example.com', 443)).",
  }]);
}

function reviewRbac(manifest: Json): Breach[] {
  return [
    ...reviewAccess(manifest).map(({ field, message }) => (
      { rule: Forbidden.BROAD_ACCESS, field, message, remedy: 'Name the groups, the resources, the verbs and, for secrets, the objects (resourceNames).' })),
    ...manifest.kind !== 'ClusterRoleBinding' ? [] : [{
      rule: Forbidden.CLUSTER_WIDE_ACCESS,
      field: 'roleRef',
      message: 'The rights hold in every namespace.',
      remedy: "Leave 'clusterWide' out, so that they end with the namespace.",
    }],
  ];
}

function asArray(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
