import { ApiObject, Chart, Testing } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { type Diagnostic, Diagnostics, IngressRoute, type IngressRouteProps, type IRoutable, Platform, type RouteBackend } from '../../lib';
import { validateManifest } from '../support/schemas';

/** A service with named ports, as those of the library look to a route. */
export class FakeService extends Construct implements IRoutable {
  public readonly routedConstruct: IConstruct = this;

  public constructor(
    scope: Construct,
    private readonly serviceName: string,
    /** The protocol of each port. */
    public ports: { [name: string]: string | undefined } = { http: undefined },
  ) {
    super(scope, serviceName);
  }

  public toRouteBackend(port?: string): RouteBackend {
    const portName = port ?? Object.keys(this.ports)[0];
    const appProtocol = this.ports[portName];
    return { serviceName: this.serviceName, ...portName in this.ports && { portName }, ...appProtocol !== undefined && { appProtocol } };
  }
}

/** An app with one chart and its platform. */
export function shop(ingressClass: string | undefined, namespace: string | null = 'shop'): Chart {
  const app = Testing.app();
  new Platform(app, { ...ingressClass !== undefined && { ingressClass }, domain: 'example.com' });
  return new Chart(app, 'shop', { ...namespace !== null && { namespace } });
}

/** Every object of a chart, valid or not. */
export function objects(chart: Chart): any[] {
  return chart.node.findAll().filter(ApiObject.isApiObject).map(object => object.toJson());
}

/** The objects of a chart, which Kubernetes and Traefik accept. */
export function synth(chart: Chart): any[] {
  const manifests = Testing.synth(chart);
  expect(manifests.flatMap((manifest: any) => validateManifest(manifest, '1.36'))).toEqual([]);
  return manifests;
}

/** What is wrong in the app of a chart, beside the things that most tests leave out. */
export function faults(chart: Chart, ignored: readonly string[] = ['route-without-tls', 'namespace-missing']): Diagnostic[] {
  return Diagnostics.of(chart.node.root).collect().filter(({ code }) => !ignored.includes(code));
}

/** A route for one class, without anything else around it. */
export function route(ingressClass: string, props: (chart: Chart) => IngressRouteProps): { chart: Chart; route: IngressRoute } {
  const chart = shop(ingressClass);
  return { chart, route: new IngressRoute(chart, 'public', { host: 'shop.example.com', ...props(chart) }) };
}

/** The same as text. */
export function told(chart: Chart, ignored?: readonly string[]): string[] {
  return faults(chart, ignored).map(({ code, property, message, remedy }) => `${code} [${property}] ${message} ${remedy}`);
}

/** The findings about a route, which renders in spite of them. */
export function findings(ingressClass: string, props: (chart: Chart) => IngressRouteProps, ignored?: readonly string[]): string[] {
  const { chart } = route(ingressClass, props);
  objects(chart);
  return told(chart, ignored);
}
