import * as fc from 'fast-check';
import * as YAML from 'yaml';
import { type AppSpec, type BackingSpec, build, type HelperSpec, legalApp, NATURAL_ORDER, type ServiceSpec, targetsOf } from './app-spec';
import { type Actor, isAdmitted, selects } from './reachability';
import { Artifacts, Diagnostics, type PlatformApp, ServiceType } from '../../lib';
import { validateManifest } from '../support/schemas';

type Json = any;

const RUNS = Number(process.env.PROPERTY_RUNS ?? 200);
/** A failure prints its own seed; this one makes a run repeatable from outside. */
const SEED = Number(process.env.PROPERTY_SEED ?? Date.now() % 2 ** 31);

jest.setTimeout(600_000);

let silenced: jest.SpyInstance;
beforeAll(() => {
  process.stdout.write(`properties: ${RUNS} runs each, seed ${SEED}\n`);
  silenced = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterAll(() => silenced.mockRestore());

function check(property: fc.IProperty<[AppSpec]>): void {
  fc.assert(property, { numRuns: RUNS, seed: SEED });
}

function manifests(spec: AppSpec): Json[] {
  return manifestsOf(build(spec));
}

function manifestsOf(app: PlatformApp): Json[] {
  return YAML.parseAllDocuments(app.synthYaml(), { version: '1.1' }).map(document => document.toJSON());
}

function ofKind(all: readonly Json[], ...kinds: string[]): Json[] {
  return all.filter(manifest => kinds.includes(manifest.kind));
}

/** The objects that run pods. */
function controllers(all: readonly Json[]): Json[] {
  return all.filter(manifest => templateOf(manifest) !== undefined);
}

function templateOf({ spec }: Json): Json | undefined {
  return spec?.jobTemplate?.spec.template ?? spec?.template;
}

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

describe('any legal application', () => {
  test('synthesises without an error, to manifests that the API accepts at both ends of the range', () => {
    check(fc.property(legalApp, spec => {
      expect(Diagnostics.of(build(spec)).errors()).toEqual([]);
      for (const manifest of manifests(spec)) {
        expect({ manifest: `${manifest.kind} ${manifest.metadata.name}`, faults: validateManifest(manifest, spec.minor === 27 ? '1.27' : '1.36') })
          .toEqual({ manifest: `${manifest.kind} ${manifest.metadata.name}`, faults: [] });
      }
    }));
  });

  test('gives the same bytes again, in any order of calls and properties', () => {
    check(fc.property(legalApp, spec => {
      const app = build(spec);
      const once = app.synthYaml();
      expect(app.synthYaml()).toBe(once);
      expect(build(spec, { platformLast: false, reverseConnections: true, shuffleProperties: true }).synthYaml()).toBe(once);
      const artifacts = (each: ReturnType<typeof build>) => Artifacts.of(each).list().map(artifact => [artifact.path, artifact.render()]);
      expect(artifacts(build(spec, { ...NATURAL_ORDER, reverseConnections: true }))).toEqual(artifacts(app));
    }));
  });

  test('selects exactly its own pods, and every reference leads somewhere', () => {
    check(fc.property(legalApp, spec => {
      const all = manifests(spec);
      const running = controllers(all);
      expect(running).toHaveLength(spec.services.length + spec.helpers.length + spec.backing.length);
      const names = (kind: string, namespace: string) => ofKind(all, kind)
        .filter(each => each.metadata.namespace === namespace)
        .map(each => each.metadata.name);
      for (const controller of running) {
        const { namespace, name } = controller.metadata;
        const pod = templateOf(controller)!;
        if (controller.spec.selector) {
          const selected = running.filter(other => other.metadata.namespace === namespace
            && selects(controller.spec.selector, templateOf(other)!.metadata.labels));
          expect(selected).toEqual([controller]);
        }
        expect(names('ServiceAccount', namespace)).toContain(pod.spec.serviceAccountName);
        const [main] = pod.spec.containers;
        const services = ofKind(all, 'Service').filter(each => each.metadata.namespace === namespace && [name, controller.spec.serviceName].includes(each.metadata.name));
        expect(services).toHaveLength(controller.kind === 'StatefulSet' ? 2 : isService(spec, namespace, name) ? 1 : 0);
        for (const service of services) {
          expect(selects({ matchLabels: service.spec.selector }, pod.metadata.labels)).toBe(true);
          for (const port of service.spec.ports) {
            expect(main.ports.map((each: Json) => each.name)).toContain(port.targetPort);
          }
        }
        const claims = (controller.spec.volumeClaimTemplates ?? []).map((each: Json) => each.metadata.name);
        for (const probe of [main.readinessProbe, main.livenessProbe, main.startupProbe].filter(each => each !== undefined)) {
          const asked = probe.httpGet ?? probe.tcpSocket;
          expect(asked === undefined ? probe.exec.command.length > 0 : main.ports.map((each: Json) => each.name).includes(asked.port)).toBe(true);
        }
        for (const container of [...pod.spec.containers, ...pod.spec.initContainers ?? []]) {
          for (const mount of container.volumeMounts ?? []) {
            expect([...pod.spec.volumes.map((each: Json) => each.name), ...claims]).toContain(mount.name);
          }
          for (const source of container.envFrom ?? []) {
            expect(names('ConfigMap', namespace)).toContain(source.configMapRef.name);
          }
        }
        for (const volume of pod.spec.volumes) {
          if (volume.secret) {
            expect([...names('Secret', namespace), 'given']).toContain(volume.secret.secretName);
          }
          if (volume.configMap) {
            expect(names('ConfigMap', namespace)).toContain(volume.configMap.name);
          }
        }
      }
      spec.extras.forEach((extra, index) => {
        const [service] = ofKind(all, 'Service').filter(({ metadata }) => metadata.name === `extra-${index}`);
        const selected = running.filter(each => each.metadata.namespace === service.metadata.namespace
          && selects({ matchLabels: service.spec.selector }, templateOf(each)!.metadata.labels));
        expect(selected.map(({ metadata }) => metadata.name).sort()).toEqual(targetsOf(spec, extra).map(target => spec.services[target].name).sort());
        for (const controller of selected) {
          expect(templateOf(controller)!.spec.containers[0].ports.map((each: Json) => each.name)).toContain(service.spec.ports[0].targetPort);
        }
      });
      for (const monitor of ofKind(all, 'ServiceMonitor')) {
        const selected = ofKind(all, 'Service').filter(({ metadata }) => monitor.spec.namespaceSelector.matchNames.includes(metadata.namespace)
          && selects(monitor.spec.selector, metadata.labels));
        expect(selected.map(({ metadata }) => metadata.name)).toEqual([monitor.metadata.name]);
        expect(selected[0].spec.ports.map((each: Json) => each.name)).toContain(monitor.spec.endpoints[0].port);
      }
      for (const monitor of ofKind(all, 'PodMonitor')) {
        const selected = running.filter(each => monitor.spec.namespaceSelector.matchNames.includes(each.metadata.namespace)
          && selects(monitor.spec.selector, templateOf(each)!.metadata.labels));
        expect(selected.map(({ metadata }) => metadata.name)).toEqual([monitor.metadata.name]);
        expect(selected[0].spec.template.spec.containers[0].ports.map((each: Json) => each.name)).toContain(monitor.spec.podMetricsEndpoints[0].port);
      }
      const monitors = [...ofKind(all, 'ServiceMonitor'), ...ofKind(all, 'PodMonitor')].map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
      expect(monitors.sort()).toEqual(spec.services.filter(({ monitoring, metricsPort }) => monitoring && metricsPort !== undefined)
        .map(({ namespace, name }) => `${namespace}/${name}`).sort());
      for (const route of [...ofKind(all, 'HTTPRoute'), ...ofKind(all, 'GRPCRoute')]) {
        for (const backend of route.spec.rules.flatMap((rule: Json) => rule.backendRefs)) {
          const service = ofKind(all, 'Service').find(({ metadata }) => metadata.namespace === route.metadata.namespace && metadata.name === backend.name);
          expect(service.spec.ports.map((each: Json) => each.port)).toContain(backend.port);
        }
      }
      for (const route of ofKind(all, 'Ingress')) {
        for (const path of route.spec.rules.flatMap((rule: Json) => rule.http.paths)) {
          const service = ofKind(all, 'Service')
            .find(({ metadata }) => metadata.namespace === route.metadata.namespace && metadata.name === path.backend.service.name);
          expect(service.spec.ports.map((each: Json) => each.name)).toContain(path.backend.service.port.name);
        }
      }
    }));
  });

  test('lets budget, replicas and autoscaler live together', () => {
    check(fc.property(legalApp, spec => {
      const all = manifests(spec);
      for (const controller of ofKind(all, 'Deployment', 'StatefulSet')) {
        const own = (kind: string) => ofKind(all, kind)
          .filter(({ metadata }) => metadata.namespace === controller.metadata.namespace && metadata.name === controller.metadata.name);
        const [autoscaler, second] = own('HorizontalPodAutoscaler');
        const [budget] = own('PodDisruptionBudget');
        expect(second).toBeUndefined();
        expect(autoscaler === undefined).toBe(controller.spec.replicas !== undefined);
        if (autoscaler) {
          expect(autoscaler.spec.scaleTargetRef).toEqual({ apiVersion: 'apps/v1', kind: controller.kind, name: controller.metadata.name });
          expect(autoscaler.spec.minReplicas).toBeLessThan(autoscaler.spec.maxReplicas);
        }
        if ((controller.spec.replicas ?? autoscaler?.spec.minReplicas) > 1) {
          expect(budget.spec.maxUnavailable).toBeGreaterThan(0);
        }
        const limit = controller.spec.template.spec.containers[0].resources.limits.memory;
        const goLimit = controller.spec.template.spec.containers[0].env?.find((each: Json) => each.name === 'GOMEMLIMIT')?.value;
        if (goLimit !== undefined) {
          expect(Number(goLimit.replace('MiB', ''))).toBe(Math.floor(Number(limit.replace('Mi', '')) * 0.9));
        }
      }
    }));
  });

  test('applies what waits for a task in a later wave than the task', () => {
    check(fc.property(legalApp, spec => {
      const app = build(spec);
      const tasks = spec.helpers.filter(({ kind, before }) => kind === 'task' && before.length > 0);
      const wave = ({ metadata }: Json) => metadata.labels['cdk8s-golden-path/wave'];
      const waiting = manifestsOf(app).filter(manifest => wave(manifest) !== undefined);
      const held = [...new Set(tasks.flatMap(({ before }) => before))].map(index => spec.services[index].name);
      expect(waiting.map(({ metadata }) => metadata.name).sort()).toEqual(held.sort());
      expect(waiting.every(manifest => wave(manifest) === '1' && manifest.metadata.annotations['argocd.argoproj.io/sync-wave'] === '1')).toBe(true);
      const script = Artifacts.of(app).render('rollout.sh');
      expect((script?.match(/^wait_for '.*$/gm) ?? []).map(line => line.split("'")[1]).sort()).toEqual(tasks.map(({ name }) => `${name}-1-0-0`).sort());
    }));
  });

  test('agrees with the images that it builds on ports and users', () => {
    check(fc.property(legalApp, spec => {
      const app = build(spec);
      const all = manifestsOf(app);
      for (const { name, namespace } of spec.services.filter(({ built }) => built)) {
        const pod = ofKind(all, 'Deployment', 'StatefulSet').find(({ metadata }) => metadata.name === name && metadata.namespace === namespace).spec.template.spec;
        const [main] = pod.containers;
        const dockerfile = Artifacts.of(app).render(`images/${name}/Dockerfile`);
        const final = dockerfile!.slice(dockerfile!.indexOf(' AS final'));
        expect(main.image).toBe(`registry.example.com/acme/${name}:1.0.0`);
        const exposed = /^EXPOSE (.+)$/m.exec(final)![1].split(' ').map(Number);
        expect(exposed).toEqual(main.ports.map((port: Json) => port.containerPort).sort((a: number, b: number) => a - b));
        const [, user, group] = /^USER (\d+):(\d+)$/m.exec(final)!;
        const { runAsUser, runAsGroup } = pod.securityContext;
        expect([runAsUser, runAsGroup]).toEqual(spec.openshift ? [undefined, undefined] : [Number(user), Number(group)]);
        expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(0);
        expect(final).toContain('STOPSIGNAL SIGTERM');
      }
    }));
  });

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

function isService({ services }: AppSpec, ofNamespace: string, ofName: string): boolean {
  return services.some(({ namespace, name }) => namespace === ofNamespace && name === ofName);
}

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
