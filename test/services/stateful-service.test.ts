import { Duration, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Probe, Replicas, Volume } from '../../lib/definition';
import { Model } from '../../lib/model';
import { HpaService } from '../../lib/scaling';
import { ServiceType } from '../../lib/traffic';
import { foundWith, ledger } from '../support/family';
import { finding, findings, IMAGE, manifestOf, manifestsOf, orders, shop, shopOn, yamlOf } from '../support/services';
import { validateBy } from '../support/validate-every-manifest';

const SELECTOR = { 'app.kubernetes.io/name': 'ledger', 'app.kubernetes.io/instance': 'ledger' };
const PEER = { podSelector: { matchLabels: SELECTOR } };

afterEach(() => validateBy(() => undefined));

test('whole manifests', () => {
  const chart = shop();
  ledger(chart, {
    ports: [{ name: 'grpc', number: 7000, appProtocol: 'grpc' }, { name: 'gossip', number: 7946, exposed: false }],
    volumes: { '/var/lib/ledger': Volume.claimTemplate('data', { size: '20Gi' }) },
    replicas: Replicas.fixed(3),
    health: { readiness: Probe.grpc(), liveness: Probe.grpc({ failureThreshold: 6 }) },
  });
  expect(findings(chart)).toEqual([]);
  expect(yamlOf(chart)).toMatchSnapshot();
});

test('everything that was made can be reached', () => {
  const chart = shop();
  const made = ledger(chart, { replicas: Replicas.autoscaled({ max: 4 }) });
  const { statefulSet, service, headlessService, networkPolicy, serviceAccount, disruptionBudget, autoscaler } = made;
  expect([statefulSet, service, headlessService, networkPolicy, serviceAccount!, disruptionBudget!, autoscaler!].map(({ name, apiObject }) => `${apiObject.kind} ${name}`).sort())
    .toEqual(Object.keys(manifestsOf(chart)).sort());
});

describe('the headless Service', () => {
  test('names each pod, before it is ready too', () => {
    const chart = shop();
    const service = ledger(chart);
    expect(manifestOf(chart, 'Service', 'ledger-headless').spec).toEqual({
      type: 'ClusterIP',
      clusterIP: 'None',
      publishNotReadyAddresses: true,
      selector: SELECTOR,
      ports: [{ name: 'http', port: 80, targetPort: 'http' }],
    });
    expect(service.podHost(0)).toBe('ledger-0.ledger-headless.shop');
    expect(ledger(Testing.chart()).podHost(2)).toBe('ledger-2.ledger-headless');
  });

  test('is not that of clients, whatever that looks like', () => {
    const chart = shop();
    ledger(chart, { service: { type: ServiceType.LOAD_BALANCER, allowedCidrs: ['203.0.113.0/24'] } });
    expect(findings(chart)).toEqual([]);
    expect(manifestOf(chart, 'Service', 'ledger').spec).toMatchObject({ type: 'LoadBalancer', loadBalancerSourceRanges: ['203.0.113.0/24'] });
    expect(manifestOf(chart, 'Service', 'ledger-headless').spec.clusterIP).toBe('None');
  });

  test('what is wrong with its ports is said once', () => {
    expect(foundWith(ledger, { ports: [{ name: 'a', number: 1 }, { name: 'b', number: 2, servicePort: 1 }] })).toEqual([
      finding('error', 'duplicate-port', 'shop/ledger ports[1].servicePort', "Port 1/TCP of the Service is declared twice, first by 'ports[0]'.",
        'Declare each port once and refer to it by its name.'),
    ]);
  });
});

describe('network policy', () => {
  test('pods of one service reach each other on all ports, and nobody else does', () => {
    const chart = shop();
    ledger(chart, {
      ports: [{ name: 'http', number: 7000 }, { name: 'gossip', number: 7946, exposed: false }],
      sidecars: [{ name: 'backup', image: IMAGE, ports: [{ name: 'backup', number: 9000 }] }],
    });
    const { ingress, egress } = manifestOf(chart, 'NetworkPolicy').spec;
    const ports = [7000, 7946, 9000].map(port => ({ port, protocol: 'TCP' }));
    expect(ingress).toEqual([{ from: [PEER], ports }]);
    expect(egress).toContainEqual({ to: [PEER], ports });
  });

  test('clients reach the ports of the Service', () => {
    const chart = shop();
    orders(chart).connectTo(ledger(chart));
    expect(manifestOf(chart, 'NetworkPolicy', 'ledger').spec.ingress).toContainEqual({
      from: [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'orders', 'app.kubernetes.io/instance': 'orders' } } }], ports: [{ port: 7000, protocol: 'TCP' }],
    });
    expect(manifestOf(chart, 'Deployment', 'orders').spec.template.spec.containers[0].env).toContainEqual({ name: 'LEDGER_URL', value: 'http://ledger:80' });
  });
});

test('a client that leaves it takes five seconds, as with every service', () => {
  const spec = (drain?: { timeout: Duration }) => {
    const chart = shop();
    ledger(chart, drain ? { drain } : {});
    return manifestOf(chart, 'StatefulSet').spec.template.spec;
  };
  expect(spec().containers[0].lifecycle).toEqual({ preStop: { sleep: { seconds: 5 } } });
  expect(spec().terminationGracePeriodSeconds).toBe(30);
  expect(spec({ timeout: Duration.minutes(1) }).terminationGracePeriodSeconds).toBe(70);
});

describe('disruptions', () => {
  test.each([2, 3])('of %d pods one may be missing', count => {
    const chart = shop();
    ledger(chart, { replicas: Replicas.fixed(count) });
    expect(manifestOf(chart, 'PodDisruptionBudget').spec).toMatchObject({ maxUnavailable: 1, selector: { matchLabels: SELECTOR } });
  });

  test('a majority can be kept', () => {
    const chart = shop();
    ledger(chart, { replicas: Replicas.fixed(5), disruption: { minAvailable: '3' } });
    expect(findings(chart)).toEqual([]);
    expect(foundWith(ledger, { disruption: { minAvailable: '2' } })).toEqual([expect.stringContaining('error evictions-blocked [shop/ledger disruption.minAvailable]')]);
  });

  test('one pod has no budget', () => {
    expect(ledger(shop(), { replicas: Replicas.fixed(1) }).disruptionBudget).toBeUndefined();
  });
});

describe('scaling', () => {
  test('by HpaService, which uses its Service', () => {
    const chart = shop();
    const target = ledger(chart);
    new HpaService(chart, 'scaling', { target, scaling: { max: 9 }, service: { sessionAffinity: Duration.minutes(5) } });
    expect(findings(chart)).toEqual([]);
    expect(manifestOf(chart, 'HorizontalPodAutoscaler').spec).toMatchObject({ maxReplicas: 9, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'ledger' } });
    expect(manifestOf(chart, 'Service', 'ledger').spec.sessionAffinity).toBe('ClientIP');
    expect(manifestOf(chart, 'Service', 'ledger-headless').spec).not.toHaveProperty('sessionAffinity');
    expect(manifestOf(chart, 'StatefulSet').spec).not.toHaveProperty('replicas');
  });

  test('by cdk8s-plus', () => {
    const chart = shop();
    new kplus.HorizontalPodAutoscaler(chart, 'hpa', { target: ledger(chart), maxReplicas: 9, metrics: [kplus.Metric.resourceCpu(kplus.MetricTarget.averageUtilization(50))] });
    expect(findings(chart)).toEqual([]);
    expect(manifestOf(chart, 'HorizontalPodAutoscaler').spec.scaleTargetRef).toEqual({ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'ledger' });
  });
});

test('stands for its pods where cdk8s-plus takes some', () => {
  const chart = shop();
  const service = ledger(chart);
  new kplus.Service(chart, 'extra', { selector: service, ports: [{ port: 7946 }] });
  const policy = new kplus.NetworkPolicy(chart, 'policy', { selector: service });
  policy.addIngressRule(service, [kplus.NetworkPolicyPort.tcp(7946)]);
  const made = Testing.synth(chart).filter(({ metadata }) => !metadata.name.startsWith('ledger'));
  expect(made.map(({ spec }) => spec.selector ?? spec.podSelector.matchLabels)).toEqual([SELECTOR, SELECTOR]);
});

test('is a target of routes and a service of the model', () => {
  const chart = shop();
  const service = ledger(chart);
  expect(service.routedConstruct).toBe(service);
  expect(service.toRouteBackend()).toEqual({ serviceName: 'ledger', portName: 'http', portNumber: 80 });
  expect(Model.of(chart).services).toEqual([expect.objectContaining({ name: 'ledger', kind: 'StatefulSet', path: 'shop/ledger' })]);
});

test.each(['1.27', '1.36'])('%s takes all that is made for it', version => {
  const chart = shopOn(version);
  ledger(chart, { volumes: { '/data': Volume.claimTemplate('data', { size: '1Gi' }) }, claimRetention: {}, parallel: true, drain: { ownDelay: true } });
  expect(findings(chart)).toEqual([]);
  expect(Testing.synth(chart)).toHaveLength(6);
});
