import { Severity } from './diagnostic';

/** What a code says of every finding that carries it. */
interface CodeEntry {
  readonly severity: Severity;
  /** One sentence for docs/diagnostics.md. */
  readonly meaning: string;
}

const error = (meaning: string): CodeEntry => ({ severity: Severity.ERROR, meaning });
const warning = (meaning: string): CodeEntry => ({ severity: Severity.WARNING, meaning });
const info = (meaning: string): CodeEntry => ({ severity: Severity.INFO, meaning });

/** Every diagnostic code, in groups; docs/diagnostics.md is made from this table and a test holds both together. */
export const CODES = {
  // the diagnostics themselves
  'validation': error('A validation that another package or your own code added to the tree failed.'),
  'unknown-code': error('An acknowledgement names a code that does not exist.'),
  'error-acknowledged': error('An acknowledgement names an error; only warnings can be accepted.'),
  'reason-missing': error('An acknowledgement or an exemption gives no reason.'),

  // names and values
  'invalid-name': error('A name breaks the rules of Kubernetes for the object that carries it.'),
  'duplicate-name': error('Two objects of one kind have the same name in the same namespace and environment.'),
  'invalid-label': error('A label or annotation breaks the rules of Kubernetes.'),
  'invalid-quantity': error('A quantity is not one that Kubernetes can parse, or is out of range.'),
  'invalid-value': error('A value is outside what the property allows.'),
  'invalid-version': error('A version is not one that is supported.'),
  'unknown-field': error('A field is unknown to the Kubernetes API at the target version.'),
  'feature-gate': warning('A field is dropped in silence by every cluster that has not switched on a feature for it.'),
  'invalid-schedule': error('A schedule or its time zone is not one that Kubernetes understands.'),
  'conflicting-options': error('Two options contradict each other.'),

  // ports and probes
  'invalid-port': error('A port is not a whole number from 1 to 65535.'),
  'duplicate-port': error('Two ports of a pod or Service have the same number and protocol, or the same name.'),
  'unknown-port': error('Something refers to a port that is not declared.'),
  'probe-on-undeclared-port': error('A probe asks a port that the container does not declare.'),
  'identical-probes': warning('Readiness and liveness ask the same, so a pod that is only busy is restarted.'),

  // environment and files
  'invalid-env-name': error('The name of an environment variable is not a C identifier.'),
  'duplicate-env': error('An environment variable is given twice.'),
  'secret-literal': error('A literal stands under a name that holds a secret.'),
  'unknown-key': error('A config or secret has no such key.'),
  'duplicate-key': error('A config or secret has the same key twice.'),
  'unreadable-file': error('A file that goes into a config cannot be read.'),
  'invalid-mount': error('A mount path is not usable.'),
  'unconnected-host': warning('An environment variable names a host that no connection declares, so the network policy does not admit it.'),

  // images
  'invalid-image': error('An image reference is not valid.'),
  'tag-missing': error('An image has no tag, or a tag that moves.'),
  'digest-missing': info('An image that is built elsewhere is not pinned by a digest.'),
  'build-input-missing': error('The build did not say which tag or digest it made.'),
  'image-conflict': error('Two services ask contradicting things of one image recipe.'),
  'invalid-dockerfile': error('An image recipe asks for something that a Dockerfile cannot express safely.'),
  'base-unlocked': info('A base image is not pinned by an entry of the lock file.'),
  'invalid-lock': error('The lock file of base images cannot be read.'),
  'foreign-file': error('A file that somebody else wrote is in the way of one that is to be written.'),
  'source-folder': error('The folder of a program cannot be built into an image.'),

  // resources, replicas and scaling
  'request-above-limit': error('A resource request is above its limit.'),
  'scratch-above-limit': warning('The scratch volumes of a pod may outgrow the disk space or the memory that it may use.'),
  'unshareable-claim': warning('Two pods may need a volume at a time that one node alone can mount.'),
  'invalid-replicas': error('A number of replicas is not usable.'),
  'min-above-max': error('The least number of replicas is above the greatest.'),
  'metric-without-request': error('An autoscaler compares use with a request that the container does not make.'),
  'duplicate-autoscaler': error('Two autoscalers scale the same workload.'),
  'evictions-blocked': error('A disruption budget lets no pod be evicted, so no node can be drained.'),
  'memory-metric-above-request': warning('Memory use is compared with a request that lies below the limit that GOMEMLIMIT follows.'),

  // traffic and connections
  'invalid-host': error('A host name is not valid.'),
  'invalid-path': error('A path of a route is not valid.'),
  'duplicate-route': error('Two routes claim the same host and path.'),
  'ingress-class-missing': error('A route has no ingress class.'),
  'gateway-missing': error('A route of the Gateway API names no Gateway.'),
  'issuer-missing': error('A certificate names no issuer.'),
  'unsupported-option': error('The ingress class has no such option.'),
  'route-without-tls': warning('A route serves plain HTTP.'),
  'connection-without-port': error('A connection goes to a service that offers no port.'),
  'duplicate-connection': error('Two connections of a service claim the same environment variables.'),
  'foreign-secret': error('A connection needs a secret of another namespace, which the pods cannot read.'),

  // backing services
  'backing-missing': error('A service connects to a backing service that nothing provides in its environment.'),
  'late-platform': error('A platform says where backing services come from, and was made after one of them.'),
  'ambiguous-id': error('Two backing services of an environment have ids that differ in nothing but case.'),
  'provider-omission': warning('A provider makes the pods of a backing service without something that its definition says of them.'),

  // hardening that somebody turned off
  'host-access': warning('A pod reaches into its host.'),
  'hardening-off': warning('A default of the restricted Pod Security Standard is turned off.'),
  'namespace-missing': warning('An object has no namespace, so it lands in whichever one the caller has set.'),
  'quota-without-default': warning('A quota refuses pods that do not state a resource, and the namespace gives them no default.'),
  'graceful-drain': warning('Nothing gives load balancers time to forget a pod before it stops.'),

  // what a workload may ask of the API server
  'broad-access': warning('A role gives more than a service should need.'),
  'api-server-unknown': warning('Pods talk to the API server, and nothing says where it is, so their network policy does not admit it.'),

  // storage
  'claim-on-one-node': warning('Pods share a volume that one node at a time can mount.'),

  // on a laptop
  'local-unsupported': error('Something of a service cannot be run by Docker, and it would not work without.'),
  'many-networks': warning('A machine may have no addresses left for all networks of the local app.'),
  'local-omission': warning('Something of a service is left out where Docker runs it.'),

  // platform and output
  'forbidden-by-platform': error('A platform forbids what an object asks for; only its own policy can exempt it.'),
  'duplicate-platform': error('Two platforms stand at the same level of the tree.'),
  'unknown-environment': error('An environment is asked for that does not exist.'),
  'duplicate-artifact': error('Two artefacts have the same path and different content.'),
  'output-path': error('Two charts of an environment are written to the same file.'),
  'dependency-cycle': error('Charts, objects or tasks depend on each other in a circle.'),
  'server-side-apply': warning('An object is too large for kubectl apply without --server-side.'),
} as const satisfies Record<string, CodeEntry>;

/** A code of the table. */
export type Code = keyof typeof CODES;
