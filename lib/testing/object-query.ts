/** Which objects are meant, where a kind is not enough. */
export interface ObjectQuery {
  /**
   * The name.
   *
   * @default - any
   */
  readonly name?: string;
  /**
   * The namespace.
   *
   * @default - any, and none
   */
  readonly namespace?: string;
  /**
   * The version of the API, for example `networking.k8s.io/v1`.
   *
   * @default - any
   */
  readonly apiVersion?: string;
}
