import * as fc from 'fast-check';
import { type AppSpec, legalApp, targetsOf } from './app-spec';
import { check, controllers, describeLegalApps, type Json, manifests, ofKind, templateOf } from './legal-apps';
import { selects } from './reachability';

describeLegalApps(() => {
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
});

function isService({ services }: AppSpec, ofNamespace: string, ofName: string): boolean {
  return services.some(({ namespace, name }) => namespace === ofNamespace && name === ofName);
}
