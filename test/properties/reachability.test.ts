import * as fc from 'fast-check';
import { type AppSpec, type BackingSpec, type HelperSpec, legalApp, type ServiceSpec, targetsOf } from './app-spec';
import { check, controllers, describeLegalApps, type Json, manifests, ofKind, templateOf } from './legal-apps';
import { type Actor, isAdmitted } from './reachability';
import { ServiceType } from '../../lib';

/** The port of clients of each kind, and that of its servers among themselves. */
const BACKING_PORTS: { readonly [kind in BackingSpec['kind']]: readonly number[] } = {
  postgres: [5432],
  cache: [6379],
  streams: [6379],
  etcd: [2379, 2380],
  mysql: [3306],
  rabbitmq: [5672],
  kafka: [9092, 9093],
  nats: [4222, 6222],
  mongodb: [27017],
  elasticsearch: [9200],
  minio: [9000, 9001],
};

describeLegalApps(() => {
  test('admits exactly the declared connections and the other actors', () => {
    check(fc.property(legalApp, spec => {
      const all = manifests(spec);
      const policies = ofKind(all, 'NetworkPolicy');
      const pods = spec.services.map(service => podOf(all, service));
      const ports = [...new Set(spec.services.flatMap(service => portsOf(service)).concat(4444))];
      const controller = { traefik: 'traefik', haproxy: 'ingress-controller', nginx: 'ingress-nginx' }[spec.ingressClass];
      spec.services.forEach((target, to) => {
        for (const port of ports) {
          const reaches = (from: Actor) => isAdmitted(policies, from, pods[to], port, 'TCP');
          const fromServices = spec.services.map((_, from) => reaches(pods[from]));
          // A connection leads to the main port; metrics are for the monitoring alone, and for pods of one stateful service.
          expect(fromServices).toEqual(spec.services.map((_, from) =>
            (port === target.port && (spec.connections.some(edge => edge.from === from && edge.to === to)
              || spec.extras.some(extra => extra.from === from && targetsOf(spec, extra).includes(to))))
            || (from === to && target.kind === 'stateful' && portsOf(target).includes(port))));
          expect(spec.helpers.map(each => reaches(podOf(all, each)))).toEqual(spec.helpers.map(each => port === target.port && each.to === to));
          const isRouted = (gateway: boolean) => port === target.port && spec.routes.some(route => route.to === to && (route.kind !== 'ingress') === gateway);
          expect({
            ingress: reaches({ pod: { namespace: controller, labels: {} } }),
            gateway: reaches({ pod: { namespace: 'gateways', labels: {} } }),
            tools: reaches({ pod: { namespace: 'tools', labels: {} } }),
            monitoring: reaches({ pod: { namespace: 'monitoring', labels: {} } }),
            stranger: reaches({ pod: { namespace: 'elsewhere', labels: {} } }),
            outside: reaches({ address: '192.0.2.55' }),
          }).toEqual({
            ingress: isRouted(false),
            gateway: isRouted(true),
            tools: target.tools && port === target.port,
            monitoring: port === target.metricsPort,
            stranger: false,
            outside: port === target.port && (target.type === ServiceType.NODE_PORT || target.type === ServiceType.LOAD_BALANCER
              || spec.extras.some(extra => extra.outside && targetsOf(spec, extra).includes(to))),
          });
        }
      });
      spec.backing.forEach((each, index) => {
        const server = podOf(all, { ...each, name: `backing-${index}` });
        const [main, peer] = BACKING_PORTS[each.kind];
        for (const port of [main, peer ?? 4444]) {
          expect(pods.map(from => isAdmitted(policies, from, server, port, 'TCP'))).toEqual(spec.services.map((_, from) => port === main && each.from.includes(from)));
        }
        expect([{ address: '192.0.2.55' }, { pod: { namespace: 'monitoring', labels: {} } }].some(from => isAdmitted(policies, from, server, main, 'TCP'))).toBe(false);
        expect(isAdmitted(policies, server, server, main, 'TCP')).toBe(true);
        expect(isAdmitted(policies, server, { address: '192.0.2.55' }, 443, 'TCP')).toBe(false);
      });
      for (const each of spec.helpers) {
        const own = podOf(all, each);
        const metrics = each.kind === 'worker' || each.kind === 'agent' ? each.metricsPort : undefined;
        for (const port of [4444, each.metricsPort ?? 4445]) {
          expect(isAdmitted(policies, { pod: { namespace: 'monitoring', labels: {} } }, own, port, 'TCP')).toBe(port === metrics);
          expect([...pods, { address: '192.0.2.55' }].some(from => isAdmitted(policies, from, own, port, 'TCP'))).toBe(false);
        }
        expect(isAdmitted(policies, own, { address: '192.0.2.55' }, 443, 'TCP')).toBe(false);
      }
      spec.services.forEach((client, from) => {
        const goes = (to: Actor, port: number, protocol = 'TCP') => isAdmitted(policies, pods[from], to, port, protocol);
        const dns: Actor = spec.openshift
          ? { pod: { namespace: 'openshift-dns', labels: { 'dns.operator.openshift.io/daemonset-dns': 'default' } } }
          : { pod: { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } } };
        const dnsPort = spec.openshift ? 5353 : 53;
        expect([goes(dns, dnsPort, 'UDP'), goes(dns, dnsPort)]).toEqual([true, true]);
        expect(goes(dns, 4444)).toBe(client.unrestricted);
        expect(goes({ address: '169.254.20.10' }, 53, 'UDP')).toBe(client.unrestricted || spec.nodeLocalDns);
        for (const address of ['198.51.100.9', '2001:db8::5', '203.0.113.7', '192.0.2.55']) {
          for (const port of [...new Set(spec.externals.map(external => external.port).concat(4444))]) {
            const declared = spec.externals.some(external => external.from === from && external.port === port && covers(external, address));
            expect({ address, port, admitted: goes({ address }, port) }).toEqual({ address, port, admitted: client.unrestricted || declared });
          }
        }
      });
    }));
  });
});

/** Which of the few addresses of the test lie behind an external host. */
function covers({ host, cidr, named }: AppSpec['externals'][number], address: string): boolean {
  if (named && host === '203.0.113.7') {
    return address === host;
  }
  if (cidr !== undefined) {
    return address === (cidr === '198.51.100.0/24' ? '198.51.100.9' : '2001:db8::5');
  }
  return host === '203.0.113.7' ? address === host : true;
}

function portsOf({ port, metricsPort }: ServiceSpec): number[] {
  return metricsPort === undefined ? [port] : [port, metricsPort];
}

function podOf(all: readonly Json[], { name, namespace }: Pick<ServiceSpec | HelperSpec, 'name' | 'namespace'>): Actor {
  const found = controllers(all).find(({ metadata, spec }) => metadata.labels['app.kubernetes.io/name'] === name && metadata.namespace === namespace && spec)!;
  return { pod: { namespace, labels: templateOf(found)!.metadata.labels } };
}
