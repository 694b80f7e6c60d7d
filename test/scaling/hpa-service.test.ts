import { ApiObject, App, Chart, Duration, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Protocol, Replicas, ScalingMetric } from '../../lib/definition';
import { Model } from '../../lib/model';
import { Environment } from '../../lib/platform';
import { HpaService, type HpaServiceProps } from '../../lib/scaling';
import { ServiceType } from '../../lib/traffic';
import { finding, findings, manifestOf, manifestsOf, orders, shop, yamlOf } from '../support/services';

const LEGACY: HpaServiceProps = {
  existing: { name: 'legacy' },
  selector: { app: 'legacy' },
  ports: [{ name: 'http', number: 8080, servicePort: 80 }],
  scaling: { min: 2, max: 10, cpuUtilization: 50 },
};

function deployment(chart: Chart, props: Partial<kplus.DeploymentProps> = {}): kplus.Deployment {
  return new kplus.Deployment(chart, 'legacy', { containers: [{ image: 'legacy:1', portNumber: 8080 }], ...props });
}

const fault = (code: string, where: string, message: string, remedy: string) => finding('error', code, where, message, remedy);
const twice = (where: string, earlier: string, name = 'orders') => fault('duplicate-autoscaler', where,
  `The Deployment '${name}' is scaled by '${earlier}' already; two autoscalers undo each other's decisions.`, 'Keep one of them, with the metrics of both.');

describe('over a service of this library', () => {
  test('it reuses the Service and replaces the settings of the autoscaler', () => {
    const chart = shop();
    const service = orders(chart, { replicas: Replicas.autoscaled({ max: 4 }), service: { annotations: { 'example.com/a': 'b' } } });
    const hpa = new HpaService(chart, 'orders-scaling', {
      target: service,
      scaling: { min: 3, max: 30, metrics: [ScalingMetric.pods('requests_per_second', '100')], fields: { behavior: { scaleDown: { selectPolicy: 'Min' } } } },
      service: { type: ServiceType.LOAD_BALANCER },
    });
    expect(findings(chart)).toEqual([]);
    expect([hpa.service, hpa.autoscaler, hpa.name]).toEqual([service.service, service.autoscaler, 'orders']);
    expect(manifestOf(chart, 'HorizontalPodAutoscaler')).toMatchSnapshot();
    expect(manifestOf(chart, 'Service')).toMatchSnapshot();
    expect(Testing.synth(chart)).toHaveLength(6);
  });

  test('a fixed number of pods gives way', () => {
    const chart = shop();
    new HpaService(chart, 'scaling', { target: orders(chart, { replicas: Replicas.fixed(1) }), scaling: { max: 4 } });
    expect(manifestOf(chart, 'Deployment').spec).not.toHaveProperty('replicas');
    expect(Object.keys(manifestsOf(chart))).toContain('PodDisruptionBudget orders');
  });

  test('a route to it opens the network policy of the service', () => {
    const chart = shop();
    const service = orders(chart);
    const hpa = new HpaService(chart, 'scaling', { target: service, scaling: { max: 4 } });
    expect(hpa.routedConstruct).toBe(service);
    expect(hpa.toRouteBackend()).toEqual({ serviceName: 'orders', portName: 'http', portNumber: 80 });
  });

  test('what is wrong is reported where it is written', () => {
    const chart = shop();
    const service = orders(chart, { service: { nodePorts: { http: 1 } } });
    new HpaService(chart, 'scaling', {
      target: service,
      scaling: { min: 5, max: 2, metrics: [ScalingMetric.containerCpuUtilization('proxy', 50)], fields: { ['maxReplica' as any]: 3 } },
      service: { type: ServiceType.NODE_PORT, allowedCidrs: ['somewhere'] },
    });
    expect(findings(chart)).toEqual([
      fault('invalid-port', "shop/orders service.nodePorts['http']", '1 lies outside the range of node ports.', 'Write a number from 30000 to 32767, or leave it to the cluster.'),
      fault('invalid-value', 'shop/scaling scaling.metrics[0]', "The pods have no container 'proxy'.", "Name one of 'orders'."),
      fault('min-above-max', 'shop/scaling scaling.min', 'min 5 is above max 2.', 'Raise max or lower min.'),
      fault('unknown-field', 'shop/scaling scaling.fields.maxReplica', "HorizontalPodAutoscalerSpec has no field 'maxReplica'.",
        "Correct the name; a field that is not of Kubernetes itself goes under 'overrides'."),
      fault('invalid-value', 'shop/scaling service.allowedCidrs', "'somewhere' is not a range of addresses.", "Write for example '203.0.113.0/24', or '203.0.113.7/32' for one address."),
    ]);
  });

  test('what the service says itself', () => {
    const chart = shop();
    new HpaService(chart, 'scaling', { ...LEGACY, target: orders(chart), name: 'mine' });
    const itself = (property: string, what: string) => fault('conflicting-options', `shop/scaling ${property}`,
      `The target is a service of this library, which says ${what} itself.`, `Leave '${property}' out, or say it where the service is defined.`);
    expect(findings(chart)).toEqual([itself('selector', 'its selector'), itself('ports', 'its ports'), itself('name', 'its name'), itself('existing', 'what is scaled')]);
  });

  test('two of them, and one beside addScaling', () => {
    const chart = shop();
    const service = orders(chart);
    new HpaService(chart, 'first', { target: service, scaling: { max: 4 } });
    new HpaService(chart, 'second', { target: service, scaling: { min: 9, max: 3 } });
    service.addScaling({ max: 7 });
    expect(findings(chart)).toEqual([twice('shop/orders addScaling', 'shop/first'), twice('shop/second target', 'shop/first')]);
    expect(service.autoscaler?.apiObject.toJson().spec.maxReplicas).toBe(4);
  });

  test('beside an autoscaler of cdk8s-plus', () => {
    const chart = shop();
    const service = orders(chart);
    new HpaService(chart, 'scaling', { target: service, scaling: { max: 4 } });
    new kplus.HorizontalPodAutoscaler(chart, 'hpa', { target: service, maxReplicas: 4, metrics: [kplus.Metric.resourceCpu(kplus.MetricTarget.averageUtilization(50))] });
    expect(findings(chart)).toEqual([fault('duplicate-autoscaler', 'shop/orders', "2 autoscalers scale the Deployment 'orders'; they undo each other's decisions.",
      'Keep one of them, with the metrics of all.')]);
  });
});

describe('over a workload of cdk8s-plus', () => {
  test('it makes both objects, with its selector and ports', () => {
    const chart = shop();
    const workload = deployment(chart, { metadata: { name: 'legacy' } });
    const hpa = new HpaService(chart, 'legacy-scaling', { target: workload, scaling: LEGACY.scaling });
    expect(findings(chart)).toEqual([]);
    const manifests = manifestsOf(chart);
    expect(manifests['Service legacy-scaling']).toMatchSnapshot();
    expect(manifests['HorizontalPodAutoscaler legacy-scaling']).toMatchSnapshot();
    expect(manifests['Deployment legacy'].spec).not.toHaveProperty('replicas');
    expect(manifests['Service legacy-scaling'].spec.selector).toEqual(manifests['Deployment legacy'].spec.selector.matchLabels);
    expect(hpa.routedConstruct).toBe(hpa);
  });

  test('labels that it selects later count', () => {
    const chart = shop();
    const workload = deployment(chart);
    new HpaService(chart, 'scaling', { target: workload, scaling: { max: 4 } });
    workload.select(kplus.LabelSelector.of({ labels: { tier: 'one' } }));
    expect(manifestOf(chart, 'Service').spec.selector.tier).toBe('one');
  });

  test('a StatefulSet', () => {
    const chart = shop();
    const workload = new kplus.StatefulSet(chart, 'db', { containers: [{ image: 'db:1', ports: [{ number: 53, name: 'dns', protocol: kplus.Protocol.UDP }] }] });
    new HpaService(chart, 'scaling', { target: workload, scaling: { max: 4 } });
    expect(findings(chart)).toEqual([]);
    expect(manifestOf(chart, 'HorizontalPodAutoscaler').spec.scaleTargetRef).toEqual({ apiVersion: 'apps/v1', kind: 'StatefulSet', name: workload.name });
    expect(manifestOf(chart, 'Service', 'scaling').spec.ports).toEqual([{ name: 'dns', port: 53, targetPort: 'dns', protocol: Protocol.UDP }]);
  });

  test('replicas that the autoscaler decides about', () => {
    const chart = shop();
    new HpaService(chart, 'scaling', { target: deployment(chart, { replicas: 3 }), scaling: { max: 4 } });
    expect(findings(chart)).toEqual([fault('conflicting-options', 'shop/scaling target', 'The workload asks for 3 replicas, and the autoscaler decides how many there are.',
      "Leave 'replicas' out of the workload.")]);
  });

  test('a share of a request that it does not make', () => {
    const chart = shop();
    const workload = deployment(chart, { containers: [{ name: 'main', image: 'legacy:1', portNumber: 80, resources: { memory: { request: undefined } } }] });
    new HpaService(chart, 'scaling', { target: workload, scaling: { max: 4 } });
    expect(findings(chart)).toEqual([fault('metric-without-request', 'shop/scaling scaling.cpuUtilization',
      "The autoscaler compares cpu with what 'main' requests, and it requests none.",
      "Give 'main' a cpu request (Resources.of({ cpu: '…' })), or use ScalingMetric.cpuAverage().")]);
  });

  test('in another namespace', () => {
    const app = new App();
    const [chart, other] = ['shop', 'other'].map(namespace => new Chart(app, namespace, { namespace }));
    new HpaService(chart, 'near', { target: deployment(other, { metadata: { name: 'a', namespace: 'shop' } }), scaling: { max: 4 } });
    new HpaService(chart, 'far', { target: new kplus.Deployment(other, 'more', { containers: [{ image: 'b:1', portNumber: 80 }] }), scaling: { max: 4 } });
    expect(findings(app)).toEqual([fault('conflicting-options', 'shop/far target',
      "The workload has the namespace 'other', and what is made here has the namespace 'shop'; a Service and an autoscaler reach only their own.",
      'Make the HpaService in a chart of that namespace.')]);
  });

  test.each(['before', 'after'])('beside an autoscaler of cdk8s-plus, made %s', order => {
    const chart = shop();
    const workload = deployment(chart, { metadata: { name: 'legacy' } });
    const make = [
      () => new kplus.HorizontalPodAutoscaler(chart, 'hpa', { target: workload, maxReplicas: 4 }),
      () => new HpaService(chart, 'scaling', { target: workload, scaling: { max: 4 } }),
    ];
    (order === 'before' ? make : make.reverse()).forEach(one => one());
    expect(findings(chart)).toEqual([twice('shop/scaling target', 'shop/hpa/Resource', 'legacy')]);
  });
});

describe('over an existing name', () => {
  test('it makes both objects', () => {
    const chart = shop();
    new HpaService(chart, 'legacy', {
      ...LEGACY,
      scaling: { ...LEGACY.scaling, fields: { behavior: { scaleUp: { selectPolicy: 'Min' } } } },
      service: { type: ServiceType.HEADLESS, sessionAffinity: Duration.hours(1) },
    });
    expect(findings(chart)).toEqual([]);
    expect(yamlOf(chart)).toMatchSnapshot();
  });

  test('of any kind', () => {
    const chart = shop();
    new HpaService(chart, 'legacy', { ...LEGACY, name: 'front', existing: { name: 'web', kind: 'Rollout', apiVersion: 'argoproj.io/v1alpha1' } });
    expect(manifestOf(chart, 'HorizontalPodAutoscaler')).toMatchObject({
      metadata: { name: 'front', labels: { 'app.kubernetes.io/instance': 'web' } },
      spec: { scaleTargetRef: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'web' } },
    });
  });

  test('what is missing', () => {
    const chart = shop();
    new HpaService(chart, 'legacy', { existing: { name: 'legacy' }, scaling: { max: 4 } });
    expect(findings(chart)).toEqual([
      fault('unknown-port', 'shop/legacy ports', 'The Service has no port to offer.', 'Declare a port, or let one be exposed.'),
      fault('invalid-value', 'shop/legacy selector', 'Nothing says which pods the Service leads to.', "Write the labels of the pods: selector: { app: '…' }."),
    ]);
  });

  test('nothing to scale, or two things', () => {
    const chart = shop();
    const { existing: _, ...nothing } = LEGACY;
    new HpaService(chart, 'nothing', nothing);
    new HpaService(chart, 'both', { ...LEGACY, target: deployment(chart) });
    const remedy = "Write either 'target' (a construct) or 'existing' (a name).";
    expect(findings(chart)).toEqual([
      fault('conflicting-options', 'shop/nothing target', 'Nothing says which workload is scaled.', remedy),
      fault('conflicting-options', 'shop/both target', "Both 'target' and 'existing' are given.", remedy),
    ]);
  });

  test('names, labels and ports that Kubernetes refuses', () => {
    const chart = shop();
    new HpaService(chart, 'legacy', { ...LEGACY, existing: { name: 'Not A Name' }, selector: { app: 'not a value' }, ports: [{ number: 0 }], service: { nodePorts: {} } });
    expect(findings(chart)).toEqual([
      fault('invalid-port', 'shop/legacy ports[0]', '0 is not a port number.', 'Write a whole number from 1 to 65535.'),
      fault('conflicting-options', 'shop/legacy service.nodePorts', 'A ClusterIP Service is not reached from outside the cluster, so nodePorts says nothing.',
        'Leave it out, or choose ServiceType.NODE_PORT or LOAD_BALANCER.'),
      fault('invalid-name', 'shop/legacy existing.name', "'Not A Name' cannot be the name of a Deployment.",
        'Write it as the Deployment has it in its metadata.name: lower-case letters, digits, dashes and dots.'),
      fault('invalid-label', "shop/legacy selector['app']", "'not a value' is not a label value.",
        'Use at most 63 letters, digits, dashes, dots and underscores, with a letter or digit at both ends; anything longer belongs into an annotation.'),
    ]);
  });

  test('two over one name, but not in two namespaces or environments', () => {
    const app = new App();
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    new HpaService(chart, 'first', LEGACY);
    new HpaService(chart, 'second', LEGACY);
    new HpaService(new Chart(app, 'other', { namespace: 'other' }), 'third', LEGACY);
    new HpaService(new Chart(new Environment(app, 'dev'), 'shop', { namespace: 'shop' }), 'fourth', LEGACY);
    expect(findings(app)).toEqual([twice('shop/second existing', 'shop/first', 'legacy')]);
  });

  test.each(['before', 'after'])('over the Deployment of a service that has its autoscaler, made %s', order => {
    const chart = shop();
    const make = [
      () => orders(chart, { replicas: Replicas.autoscaled({ max: 4 }) }),
      () => new HpaService(chart, 'scaling', { ...LEGACY, existing: { name: 'orders' } }),
    ];
    (order === 'before' ? make : make.reverse()).forEach(one => one());
    expect(findings(chart)).toEqual([order === 'before' ? twice('shop/scaling existing', 'shop/orders') : twice('shop/orders', 'shop/scaling')]);
  });

  test('beside a plain object', () => {
    const chart = shop();
    new HpaService(chart, 'legacy', LEGACY);
    new ApiObject(chart, 'hpa', {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'hpa' },
      spec: { maxReplicas: 3, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'legacy' } },
    });
    expect(findings(chart)).toEqual([twice('shop/legacy existing', 'shop/hpa', 'legacy')]);
  });
});

test('it is no service of the model', () => {
  const chart = shop();
  new HpaService(chart, 'legacy', LEGACY);
  expect(Model.of(chart).services).toEqual([]);
});
