import { Chart, Duration } from 'cdk8s';
import type { DefinitionFault } from './fault';
import {
  ContainerImage, External, Forbidden, GoImage, GoStyleMicroservice, type GoStyleMicroserviceProps, HpaService, ImageTag, IngressRoute,
  KubernetesVersion, Microservice, Platform, type PlatformApp, type PlatformProps, Probe, Replicas, Resources, RouteTls, ServiceConfig,
  ServiceSecret, ServiceType, Volume,
} from '../../../lib';
import type { Code } from '../../../lib/diagnostics/codes';
import { chartIn, PINNED } from '../apps/fixture-app';

/** A fault in the properties of one service. */
function service(name: string, code: Code, props: Partial<GoStyleMicroserviceProps>): DefinitionFault {
  return { name, code, define: app => void new GoStyleMicroservice(chartIn(app, 'faults'), 'web', { image: PINNED, ...props }) };
}

/** A fault that takes more than one construct. */
function chart(name: string, code: Code, define: (scope: Chart, app: PlatformApp) => void, platform: PlatformProps = { ingressClass: 'traefik' }): DefinitionFault {
  return { name, code, define: app => define(chartIn(app, 'faults', platform), app) };
}

const web = (scope: Chart, props: Partial<GoStyleMicroserviceProps> = {}) => new GoStyleMicroservice(scope, 'web', { image: PINNED, ...props });
const TLS = RouteTls.secret('example-com-tls');

/** Faults that our own diagnostics must name: each is the only thing wrong in its app. */
export const DEFINITION_FAULTS: readonly DefinitionFault[] = [
  service('wrong probe port', 'probe-on-undeclared-port', { health: { readiness: Probe.http('/readyz', { port: 'htp' }) } }),
  service('probe path without a slash', 'invalid-path', { health: { readiness: Probe.http('readyz') } }),
  service('tag latest', 'tag-missing', { image: ContainerImage.reference(`ghcr.io/acme/web:latest@sha256:${'0'.repeat(64)}`) }),
  service('image without a tag', 'tag-missing', { image: ContainerImage.reference('ghcr.io/acme/web') }),
  service('image that is none', 'invalid-image', { image: ContainerImage.reference('ghcr.io/Acme/web:1') }),
  service('request above limit', 'request-above-limit', { resources: Resources.of({ cpu: '100m', memory: '256Mi', memoryLimit: '128Mi' }) }),
  service('quantity without a unit that exists', 'invalid-quantity', { resources: Resources.of({ cpu: '100m', memory: '128 MB' }) }),
  service('minimum above maximum', 'min-above-max', { replicas: Replicas.autoscaled({ min: 5, max: 3 }) }),
  service('autoscaler without a request', 'metric-without-request', {
    resources: Resources.exactly({ limits: { memory: '128Mi' } }), replicas: Replicas.autoscaled({ max: 3, cpuUtilization: 50 }),
  }),
  service('disruption budget that blocks', 'evictions-blocked', { replicas: Replicas.fixed(3), disruption: { minAvailable: '3' } }),
  chart('what the platform forbids, by a way round', 'forbidden-by-platform', scope => void web(scope, { overrides: { spec: { hostPID: true } } }),
    { policy: { forbid: [Forbidden.HOST_ACCESS] } }),
  chart('rights to every secret', 'broad-access', scope => web(scope).grantAccess({ resources: ['secrets'], verbs: ['list'] }), { apiServer: { cidrs: ['10.0.0.0/28'] } }),
  service('half a replica', 'invalid-replicas', { replicas: Replicas.fixed(1.5) }),
  service('the same port twice', 'duplicate-port', { extraPorts: [{ name: 'again', number: 8080, servicePort: 81 }] }),
  service('port that is none in a definition', 'invalid-port', { extraPorts: [{ name: 'much', number: 70000 }] }),
  service('node port for no port', 'unknown-port', { service: { type: ServiceType.NODE_PORT, nodePorts: { metrics: 30090 } } }),
  service('literal secret', 'secret-literal', { env: { DATABASE_PASSWORD: 'hunter2' } }),
  service('variable that is none', 'invalid-env-name', { env: { 'LOG LEVEL': 'info' } }),
  service('relative mount path', 'invalid-mount', { volumes: { 'etc/app': Volume.emptyDir() } }),
  service('host that no connection declares', 'unconnected-host', { env: { CACHE_URL: 'redis://cache.example.com:6379' } }),
  service('host network in a definition', 'host-access', { security: { hostNetwork: true } }),
  service('root in a definition', 'hardening-off', { security: { allowRoot: true } }),
  service('label that is none in a definition', 'invalid-label', { labels: { team: 'the shop' } }),
  service('name in upper case', 'invalid-name', { name: 'Web' }),
  service('CIDR list inside the cluster', 'conflicting-options', { service: { allowedCidrs: ['203.0.113.0/24'] } }),
  chart('the same name twice', 'duplicate-name', scope => {
    web(scope);
    new GoStyleMicroservice(scope, 'other', { image: PINNED, name: 'web' });
  }),
  chart('two autoscalers', 'duplicate-autoscaler', scope => {
    const target = web(scope, { replicas: Replicas.autoscaled({ max: 3 }) });
    target.addScaling({ max: 4 });
    new HpaService(scope, 'scaling', { target, scaling: { max: 5 } });
  }),
  chart('connection without a port', 'connection-without-port', scope => {
    const silent = new Microservice(scope, 'silent', { image: PINNED, ports: [{ name: 'admin', number: 9901, exposed: false }], service: { type: ServiceType.HEADLESS }, health: {} });
    web(scope).connectTo(silent);
  }),
  chart('connection to a URL', 'invalid-host', scope => web(scope).connectTo(External.host('https://db.example.com', 5432))),
  chart('the same route twice', 'duplicate-route', scope => {
    const to = web(scope);
    new IngressRoute(scope, 'one', { host: 'example.com', paths: [{ path: '/', to }], tls: TLS });
    new IngressRoute(scope, 'two', { host: 'example.com', paths: [{ path: '/', to }], tls: TLS });
  }),
  chart('route without TLS', 'route-without-tls', scope => void new IngressRoute(scope, 'one', { host: 'example.com', paths: [{ path: '/', to: web(scope) }] })),
  chart('option that the controller lacks', 'unsupported-option', scope => void new IngressRoute(scope, 'one', {
    host: 'example.com', paths: [{ path: '/', to: web(scope) }], tls: TLS, ingressClass: 'nginx', options: { responseHeaders: { 'X-Frame-Options': 'DENY' } },
  })),
  chart('route without a class', 'ingress-class-missing', scope => {
    new IngressRoute(scope, 'one', { host: 'example.com', paths: [{ path: '/', to: web(scope) }], tls: TLS });
  }, {}),
  chart('key that a config lacks', 'unknown-key', scope => {
    const settings = new ServiceConfig(scope, 'settings', { data: { LOG_LEVEL: 'info' } });
    web(scope, { envValueFrom: { LEVEL: settings.env('LEVEL') } });
  }),
  chart('secret in a config', 'secret-literal', scope => void new ServiceConfig(scope, 'settings', { data: { DB_PASSWORD: 'hunter2' } })),
  chart('sealed secret in clear', 'secret-literal', scope => void ServiceSecret.sealed(scope, 'sealed', { encryptedData: { password: 'hunter2' } })),
  chart('image of a folder that is not there', 'source-folder', scope => void web(scope, { image: GoImage.fromModule('nowhere', { tag: ImageTag.of('1.4.2') }) })),
  chart('two platforms', 'duplicate-platform', (_, app) => void new Platform(app, {})),
  { name: 'no namespace in a definition', code: 'namespace-missing', define: app => void web(new Chart(app, 'faults')) },
  chart('no time to drain', 'graceful-drain', scope => void web(scope), { kubernetesVersion: KubernetesVersion.of('1.28') }),
  chart('version that is not supported', 'invalid-version', scope => void web(scope), { kubernetesVersion: KubernetesVersion.of('1.99') }),
  service('affinity for days', 'invalid-value', { service: { sessionAffinity: Duration.days(2) } }),
  service('field of a later version in a definition', 'unknown-field', { podFields: { hostnameOverride: 'web' } }),
];
