/** What the cluster holds beside the app. */
export interface ReferenceOptions {
  /**
   * What exists without the app saying so, as `<kind>/<name>`, for example `Secret/registry-login`. For a Service or a
   * PodDisruptionBudget whose pods somebody else makes it is the object itself.
   *
   * @default - what the app declares alone: `ServiceSecret.existing`, `ServiceConfig.existing` and the like
   */
  readonly existing?: string[];
}
