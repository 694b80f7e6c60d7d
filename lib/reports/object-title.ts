/** What an object is known by beside its API. */
export interface Titled {
  readonly kind: string;
  /** Empty where it has none. */
  readonly namespace: string;
  readonly name: string;
}

/** Such as `Deployment shop/orders`. */
export function titleOf({ kind, namespace, name }: Titled): string {
  return `${kind} ${namespace === '' ? name : `${namespace}/${name}`}`;
}
