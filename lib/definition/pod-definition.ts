import type { Container } from './container';
import type { Drain } from './drain';
import type { Json } from './json';
import type { PodSpecFields } from './kubernetes-fields.generated';
import type { Placement } from './placement';
import type { PodSecurity } from './security';

/** What a pod template says, before the platform's decisions are laid over it. */
export interface PodDefinition {
  /** The main container, whose properties are those of the service. */
  readonly container: Container;
  /** The property where the user wrote each port of the main container. */
  readonly portProperty: (index: number) => string;
  /** Run to completion before the main container starts, in this order. */
  readonly initContainers: readonly Container[];
  /** Run beside the main container: started before it and stopped after it where the cluster can. */
  readonly sidecars: readonly Container[];
  readonly serviceAccountName?: string;
  /** Whether the pod may talk to the API server. */
  readonly automountServiceAccountToken: boolean;
  readonly security: PodSecurity;
  readonly placement: Placement;
  readonly drain?: Drain;
  readonly imagePullSecrets: readonly string[];
  /** Labels of the pods alone. */
  readonly labels: { readonly [label: string]: string };
  /** Annotations that everything of the service has. */
  readonly annotations: { readonly [annotation: string]: string };
  /** Annotations of the pods alone. */
  readonly ownAnnotations: { readonly [annotation: string]: string };
  readonly podFields?: PodSpecFields;
  /** Untyped, merged over the rendered pod template last. */
  readonly overrides?: Json;
}
