import { checkNamespaceName, isHostName } from './naming';
import { checkPortNumber } from './port';
import { type Report } from '../diagnostics/report';

/** A Gateway of the Gateway API that serves routes. */
export interface GatewayReference {
  /** The name of the Gateway. */
  readonly name: string;
  /**
   * The namespace of the Gateway.
   *
   * @default - that of the route
   */
  readonly namespace?: string;
  /**
   * The listener.
   *
   * @default - every listener that admits the route
   */
  readonly sectionName?: string;
  /**
   * The port of the listeners.
   *
   * @default - any
   */
  readonly port?: number;
  /**
   * The namespace where the pods run that carry the Gateway's traffic; network policies admit it to routed services. Istio and NGINX
   * Gateway Fabric run them beside the Gateway, Envoy Gateway and Traefik in their own namespace.
   *
   * @default - the namespace of the Gateway
   */
  readonly podNamespace?: string;
}

/** Reports what is wrong with a reference to a Gateway. */
export function checkGateway(gateway: GatewayReference, report: Report): void {
  for (const property of ['name', 'sectionName'] as const) {
    const name = gateway[property];
    if (name !== undefined && !isHostName(name)) {
      report({
        code: 'invalid-name',
        property,
        message: `'${name}' cannot be the name of a ${property === 'name' ? 'Gateway' : 'listener'}.`,
        remedy: 'Use lower-case letters, digits, dashes and dots, as the Gateway has it.',
      });
    }
  }
  for (const property of ['namespace', 'podNamespace'] as const) {
    checkNamespaceName(gateway[property], property, report);
  }
  if (gateway.port !== undefined) {
    checkPortNumber(gateway.port, 'port', report);
  }
}
