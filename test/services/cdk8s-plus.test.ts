import { Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Replicas } from '../../lib/definition';
import { GoStyleMicroservice } from '../../lib/services';
import { finding, findings, IMAGE, manifestOf, orders, shop } from '../support/services';

const SELECTOR = { 'app.kubernetes.io/name': 'orders', 'app.kubernetes.io/instance': 'orders' };

describe('a service of this library stands for', () => {
  test('the pods of a Service', () => {
    const chart = shop();
    new kplus.Service(chart, 'extra', { selector: orders(chart), ports: [{ port: 9000 }] });
    expect(Testing.synth(chart).filter(({ kind }) => kind === 'Service').map(({ spec }) => spec.selector)).toEqual([SELECTOR, SELECTOR]);
  });

  test('the target of an autoscaler, which decides how many pods there are', () => {
    const chart = shop();
    const service = orders(chart, { replicas: Replicas.fixed(3) });
    new kplus.HorizontalPodAutoscaler(chart, 'hpa', { target: service, maxReplicas: 9, metrics: [kplus.Metric.resourceCpu(kplus.MetricTarget.averageUtilization(50))] });
    expect(findings(chart)).toEqual([]);
    expect(service.hasAutoscaler).toBe(true);
    expect(manifestOf(chart, 'Deployment').spec).not.toHaveProperty('replicas');
    expect(manifestOf(chart, 'HorizontalPodAutoscaler').spec).toMatchObject({ maxReplicas: 9, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'orders' } });
    expect(manifestOf(chart, 'PodDisruptionBudget').spec.maxUnavailable).toBe(1);
  });

  test('the target of one autoscaler alone', () => {
    const two = finding('error', 'duplicate-autoscaler', 'shop/orders', "2 autoscalers scale the Deployment 'orders'; they undo each other's decisions.", 'Keep one of them, with the metrics of all.');
    const metrics = [kplus.Metric.resourceCpu(kplus.MetricTarget.averageUtilization(50))];
    const own = shop();
    new kplus.HorizontalPodAutoscaler(own, 'hpa', { target: orders(own, { replicas: Replicas.autoscaled({ max: 4 }) }), maxReplicas: 9, metrics });
    expect(findings(own)).toEqual([two]);
    const foreign = shop();
    const service = orders(foreign);
    ['one', 'two'].forEach(id => new kplus.HorizontalPodAutoscaler(foreign, id, { target: service, maxReplicas: 9, metrics }));
    expect(findings(foreign)).toEqual([two]);
  });

  test('the subject and the peer of a NetworkPolicy', () => {
    const chart = shop();
    const service = orders(chart);
    const web = new GoStyleMicroservice(chart, 'web', { image: IMAGE });
    const policy = new kplus.NetworkPolicy(chart, 'policy', { selector: service });
    policy.addIngressRule(web, [kplus.NetworkPolicyPort.tcp(8080)]);
    policy.addEgressRule(web);
    const { spec } = Testing.synth(chart).find(({ kind, metadata }) => kind === 'NetworkPolicy' && !['orders', 'web'].includes(metadata.name));
    const peer = {
      podSelector: { matchLabels: { 'app.kubernetes.io/name': 'web', 'app.kubernetes.io/instance': 'web' } },
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } },
    };
    expect(spec).toMatchObject({ podSelector: { matchLabels: SELECTOR }, ingress: [{ from: [peer], ports: [{ port: 8080, protocol: 'TCP' }] }], egress: [{ to: [peer] }] });
  });

  test('pods to be near to', () => {
    const chart = shop();
    const deployment = new kplus.Deployment(chart, 'neighbour', { containers: [{ image: 'a:1' }] });
    deployment.scheduling.colocate(orders(chart));
    const found = Testing.synth(chart).find(({ kind, metadata }) => kind === 'Deployment' && metadata.name !== 'orders');
    expect(found.spec.template.spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution)
      .toEqual([{ labelSelector: { matchLabels: SELECTOR }, namespaces: ['shop'], topologyKey: 'kubernetes.io/hostname' }]);
  });

  test('pods of an unnamed namespace', () => {
    const chart = Testing.chart();
    const service = new GoStyleMicroservice(chart, 'orders', { image: IMAGE });
    expect(service.toPodSelectorConfig()).not.toHaveProperty('namespaces');
    expect(service.toNetworkPolicyPeerConfig()).not.toHaveProperty('ipBlock');
    expect(service.toPodSelector()).toBe(service);
  });
});

/* eslint-disable @typescript-eslint/no-require-imports */
test('the package is neither loaded nor needed until somebody uses it', () => {
  jest.isolateModules(() => {
    jest.doMock('cdk8s-plus-27', () => {
      throw new Error('cdk8s-plus-27 was loaded');
    });
    const cdk8s = require('cdk8s') as { Chart: typeof Chart; Testing: typeof Testing };
    const library = require('../../lib/services') as { GoStyleMicroservice: typeof GoStyleMicroservice };
    const { ContainerImage } = require('../../lib/definition');
    const { HpaService } = require('../../lib/scaling');
    const chart = new cdk8s.Chart(cdk8s.Testing.app(), 'shop', { namespace: 'shop' });
    const service = new library.GoStyleMicroservice(chart, 'orders', { image: ContainerImage.reference('orders:1.4.2') });
    new HpaService(chart, 'scaling', { target: service, scaling: { max: 4 } });
    service.connectTo(service, { env: false });
    expect(cdk8s.Testing.synth(chart)).toHaveLength(6);
    expect(() => service.toPodSelectorConfig()).toThrow('cdk8s-plus-27 was loaded');
  });
});
