/** The program that serves Ingresses. */
export enum IngressController {
  /** Traefik: options become Middleware resources. */
  TRAEFIK = 'traefik',
  /** haproxy-ingress: options become annotations. */
  HAPROXY = 'haproxy',
  /** ingress-nginx, which its project has retired: options become annotations. */
  NGINX = 'nginx',
}

/** The namespace where each controller's own installation guide puts it. */
export const INGRESS_NAMESPACES: { readonly [controller in IngressController]: string } = {
  [IngressController.TRAEFIK]: 'traefik',
  [IngressController.HAPROXY]: 'ingress-controller',
  [IngressController.NGINX]: 'ingress-nginx',
};
