/** What the benchmark writes from the manifests of ours: the objects of one service, as somebody would type them. */
declare module 'objects' {
  export function objects(name: string): { readonly apiVersion: string; readonly kind: string }[];
}
