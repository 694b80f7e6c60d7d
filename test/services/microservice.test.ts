import { App, Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { ContainerImage, Probe, Replicas } from '../../lib/definition';
import { Environment } from '../../lib/platform';
import { Microservice, type MicroserviceProps } from '../../lib/services';
import { finding, findings, IMAGE, manifestOf, manifestsOf, shop, yamlOf } from '../support/services';

const PORTS = [{ name: 'http', number: 3000, servicePort: 80 }];

function reports(scope: Construct, props: Partial<MicroserviceProps> = {}, id = 'reports'): Microservice {
  return new Microservice(scope, id, { image: IMAGE, ports: PORTS, ...props });
}

test('whole manifests', () => {
  const chart = shop();
  reports(chart, { health: { readiness: Probe.http('/ready'), liveness: Probe.http('/live') }, metricsPort: 'http' });
  expect(findings(chart)).toEqual([]);
  expect(yamlOf(chart)).toMatchSnapshot();
});

test('everything that was made can be reached', () => {
  const chart = shop();
  const service = reports(chart, { replicas: Replicas.autoscaled({ max: 4 }) });
  const { deployment, networkPolicy, serviceAccount, disruptionBudget, autoscaler } = service;
  expect([deployment, service.service, networkPolicy, serviceAccount!, disruptionBudget!, autoscaler!].map(({ name, apiObject }) => `${apiObject.kind} ${name}`).sort())
    .toEqual(Object.keys(manifestsOf(chart)).sort());
});

describe('names', () => {
  test('are the id, or what the user says', () => {
    const chart = shop();
    expect(reports(chart).name).toBe('reports');
    expect(reports(chart, { name: 'other' }, 'more').name).toBe('other');
  });

  test('an id that says nothing takes that of its scope', () => {
    const chart = shop();
    const scope = new Construct(chart, 'billing');
    expect(reports(scope, {}, 'Default').name).toBe('billing');
    expect(Object.keys(manifestsOf(chart))).toContain('Deployment billing');
  });

  test('are checked once for everything that has them', () => {
    const chart = shop();
    reports(chart, { replicas: Replicas.autoscaled({ max: 4 }) }, 'x'.repeat(64));
    expect(findings(chart)).toEqual([finding('error', 'invalid-name', `shop/${'x'.repeat(64)} name`,
      `'${'x'.repeat(64)}' has 64 characters, 1 more than Kubernetes allows in labels and host names.`, "Give a 'name' of at most 63 characters.")]);
  });

  test('two services of one name are one finding', () => {
    const chart = shop();
    reports(chart);
    reports(chart, { name: 'reports' }, 'again');
    expect(findings(chart)).toEqual([finding('error', 'duplicate-name', 'shop/again name',
      "The name 'reports' is taken in this namespace already, by 'shop/reports'.", "Give one of them another 'name'.")]);
  });

  test('two services of one name in two namespaces or environments are none', () => {
    const app = new App();
    for (const environment of ['dev', 'prod']) {
      for (const namespace of ['a', 'b']) {
        reports(new Chart(new Environment(app, `${environment}-${namespace}`), 'chart', { namespace: 'shop' }));
      }
    }
    reports(new Chart(app, 'one', { namespace: 'one' }));
    reports(new Chart(app, 'two', { namespace: 'two' }));
    expect(findings(app)).toEqual([]);
  });
});

describe('labels', () => {
  test('those of the platform, of the service, and what they say', () => {
    const chart = shop({ labels: { stage: 'prod', team: 'nobody' }, partOf: 'storefront' });
    reports(chart, { component: 'worker', labels: { team: 'reports' } });
    expect(manifestOf(chart, 'NetworkPolicy').metadata.labels).toEqual({
      'app.kubernetes.io/name': 'reports',
      'app.kubernetes.io/instance': 'reports',
      'app.kubernetes.io/component': 'worker',
      'app.kubernetes.io/part-of': 'storefront',
      'app.kubernetes.io/managed-by': 'cdk8s',
      'app.kubernetes.io/version': '1.4.2',
      'stage': 'prod',
      'team': 'reports',
    });
  });

  test('the version is as much of the tag as a label holds', () => {
    const chart = shop();
    reports(chart, { image: ContainerImage.reference(`reports:v1-${'a'.repeat(59)}_and-more`) });
    expect(manifestOf(chart, 'Service').metadata.labels['app.kubernetes.io/version']).toBe(`v1-${'a'.repeat(59)}`);
    const pinned = shop();
    reports(pinned, { image: ContainerImage.reference(`reports@sha256:${'0'.repeat(64)}`) });
    expect(manifestOf(pinned, 'Service').metadata.labels).not.toHaveProperty('app.kubernetes.io/version');
  });

  test('those that other properties say', () => {
    const chart = shop();
    reports(chart, { labels: { 'app.kubernetes.io/part-of': 'a', 'app.kubernetes.io/component': 'b' }, podLabels: { 'app.kubernetes.io/name': 'c' } });
    const decided = (property: string, label: string, by: string) => finding('error', 'conflicting-options', `shop/reports ${property}['${label}']`,
      `What '${label}' says is decided by ${by}.`, 'Leave the label out.');
    expect(findings(chart)).toEqual([
      decided('labels', 'app.kubernetes.io/part-of', "'partOf' of the Platform"),
      decided('labels', 'app.kubernetes.io/component', "the property 'component'"),
      decided('podLabels', 'app.kubernetes.io/name', "the property 'name'"),
    ]);
  });
});

describe('the port for monitoring', () => {
  test('by name or number', () => {
    for (const metricsPort of ['http', '3000']) {
      const chart = shop();
      reports(chart, { metricsPort });
      expect(findings(chart)).toEqual([]);
      expect(manifestOf(chart, 'NetworkPolicy').spec.ingress).toHaveLength(1);
    }
  });

  test('that is not there', () => {
    const unknown = (ports: MicroserviceProps['ports']) => {
      const chart = shop();
      reports(chart, { metricsPort: 'metrics', ports });
      return findings(chart).filter(text => text.includes('metricsPort'));
    };
    const message = "There is no port 'metrics' to scrape.";
    expect(unknown([...PORTS, { name: 'grpc', number: 9000 }])).toEqual([finding('error', 'unknown-port', 'shop/reports metricsPort', message, "Declare it, or name one of 'http', 'grpc'.")]);
    expect(unknown([])).toEqual([finding('error', 'unknown-port', 'shop/reports metricsPort', message, 'Declare it.')]);
  });
});

describe('as a target of routes', () => {
  test('by the main port, a name, or the port of the Service', () => {
    const chart = shop();
    const service = reports(chart, { ports: [...PORTS, { name: 'grpc', number: 9000, appProtocol: 'grpc' }, { name: 'admin', number: 1, exposed: false }] });
    expect(service.routedConstruct).toBe(service);
    expect(service.toRouteBackend()).toEqual({ serviceName: 'reports', portName: 'http', portNumber: 80 });
    expect(service.toRouteBackend('grpc')).toEqual({ serviceName: 'reports', portName: 'grpc', portNumber: 9000, appProtocol: 'grpc' });
    expect(service.toRouteBackend('80')).toEqual({ serviceName: 'reports', portName: 'http', portNumber: 80 });
    expect(service.toRouteBackend('admin')).toEqual({ serviceName: 'reports' });
    expect(reports(chart, { ports: [{ number: 8080 }] }, 'plain').toRouteBackend()).toEqual({ serviceName: 'plain', portNumber: 8080 });
  });
});

describe('a missing namespace', () => {
  test('is one warning for a chart', () => {
    const chart = Testing.chart();
    reports(chart);
    reports(chart, {}, 'more');
    expect(findings(chart)).toEqual([finding('warning', 'namespace-missing', 'test namespace',
      'The chart names no namespace, so its objects land in whichever one the caller of kubectl has set.', "Write new Chart(scope, 'test', { namespace: '…' }).")]);
    expect(Testing.synth(chart).every(({ metadata }) => !('namespace' in metadata))).toBe(true);
  });
});
