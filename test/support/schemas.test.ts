import { ApiObject, Chart, Lazy, Testing } from 'cdk8s';
import { Service, ServiceType } from 'cdk8s-plus-27';
import { validateManifest } from './schemas';
import { expectInvalidManifests, takeInvalidManifests, validateBy } from './validate-every-manifest';

const deployment = (spec: object): any => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', labels: { 'app.kubernetes.io/name': 'web' } },
  spec: {
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } },
    ...spec,
  },
});

const withContainer = (container: object): any => deployment({ template: { spec: { containers: [{ name: 'web', ...container }] } } });

const middleware = (spec: object): any => ({ apiVersion: 'traefik.io/v1alpha1', kind: 'Middleware', metadata: { name: 'limit' }, spec });

const serviceMonitor = (spec: object): any => ({ apiVersion: 'monitoring.coreos.com/v1', kind: 'ServiceMonitor', metadata: { name: 'web' }, spec });

const strimzi = (kind: string, spec?: object): any => ({ apiVersion: 'kafka.strimzi.io/v1', kind, metadata: { name: 'events' }, spec });

/** A pool of servers by what it has to say, and more. */
const nodePool = (more: object): any => strimzi('KafkaNodePool', { replicas: 3, roles: ['controller', 'broker'], storage: { type: 'ephemeral' }, ...more });

describe('validateManifest', () => {
  test.each([
    ['a Deployment', deployment({ replicas: 2 })],
    ['a Middleware', middleware({ rateLimit: { average: 100, period: '1s' } })],
    ['a ServiceMonitor', serviceMonitor({ selector: {}, endpoints: [{ port: 'metrics', interval: '30s' }] })],
    ['a KafkaNodePool', nodePool({ resources: { limits: { cpu: 2, memory: '1Gi' } }, template: { pod: { volumes: [{ name: 'scratch', emptyDir: {} }] } } })],
    ['a KafkaTopic', strimzi('KafkaTopic', { partitions: 3, config: { 'retention.ms': 3600000 } })],
  ])('%s that is right', (_, manifest) => {
    expect(validateManifest(manifest, '1.36')).toEqual([]);
    expect(validateManifest(manifest, '1.27')).toEqual([]);
  });

  test.each([
    ['type of a field', deployment({ replicas: '2' }), ['spec.replicas: must be integer']],
    ['type deep inside', withContainer({ ports: [{ containerPort: 'http' }] }), ['spec.template.spec.containers[0].ports[0].containerPort: must be integer']],
    ['type in a map', { ...deployment({}), metadata: { name: 'web', labels: { 'example.com/a': 1 } } }, ['metadata.labels["example.com/a"]: must be string']],
    ['null', deployment({ paused: null }), ['spec.paused: must be boolean']],
    ['type in a custom resource', middleware({ rateLimit: { average: true } }), ['spec.rateLimit.average: must be integer']],
  ])('wrong %s', (_, manifest, errors) => {
    expect(validateManifest(manifest, '1.36')).toEqual(errors);
  });

  test.each([
    ['field', deployment({ replica: 2 }), ['spec.replica: unknown field']],
    ['field deep inside', withContainer({ imagePullPolice: 'Always' }), ['spec.template.spec.containers[0].imagePullPolice: unknown field']],
    ['field in a custom resource', serviceMonitor({ selector: {}, endpoints: [{ prot: 'metrics' }] }), ['spec.endpoints[0].prot: unknown field']],
    ['field at the top', { ...deployment({}), data: {} }, ['data: unknown field']],
    ['field of the metadata of a custom resource', { ...middleware({}), metadata: { name: 'a', label: {} } }, ['metadata.label: unknown field']],
    ['kind', { ...deployment({}), kind: 'Deploymint' }, ['kind: there is no schema of Deploymint in apps/v1 for Kubernetes 1.36']],
    ['group', { ...deployment({}), apiVersion: 'extensions/v1beta1' }, ['kind: there is no schema of Deployment in extensions/v1beta1 for Kubernetes 1.36']],
  ])('unknown %s', (_, manifest, errors) => {
    expect(validateManifest(manifest, '1.36')).toEqual(errors);
  });

  test.each([
    ['field', deployment({ selector: undefined }), ['spec.selector: missing']],
    ['field in a custom resource', serviceMonitor({ endpoints: [] }), ['spec.selector: missing']],
    ['name', { ...deployment({}), metadata: {} }, ['metadata.name: missing']],
    ['metadata', { apiVersion: 'v1', kind: 'ConfigMap' }, ['metadata.name: missing']],
    ['kind', { apiVersion: 'v1', metadata: { name: 'a' } }, ['kind: there is no schema of undefined in v1 for Kubernetes 1.36']],
  ])('missing %s', (_, manifest, errors) => {
    expect(validateManifest(JSON.parse(JSON.stringify(manifest)), '1.36')).toEqual(errors);
  });

  test.each([
    ['a value that is none of a list', withContainer({ imagePullPolicy: 'always' }),
      'spec.template.spec.containers[0].imagePullPolicy: must be one of Always, IfNotPresent, Never'],
    ['a quantity', withContainer({ resources: { limits: { memory: '1 Gi' } } }), /containers\[0\].resources.limits.memory: must match pattern/],
    ['a number of 33 bits', deployment({ replicas: 2 ** 31 }), 'spec.replicas: must be <= 2147483647'],
    ['a port that is neither number nor name', withContainer({ livenessProbe: { tcpSocket: { port: true } } }),
      'spec.template.spec.containers[0].livenessProbe.tcpSocket.port: must be integer,string'],
    ['data of a Secret that is not base64', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, data: { a: 'plain text' } },
      /^data.a: must match pattern/],
  ])('%s', (_, manifest, error) => {
    expect(validateManifest(manifest, '1.36')).toEqual([typeof error === 'string' ? error : expect.stringMatching(error)]);
  });

  test.each([
    ['an unknown field', nodePool({ replica: 3 }), ['spec.replica: unknown field']],
    ['an unknown field deep inside', nodePool({ template: { pod: { affinity: { podAntiAffinity: { preferred: [] } } } } }), ['spec.template.pod.affinity.podAntiAffinity.preferred: unknown field']],
    ['a missing field', strimzi('KafkaNodePool', { replicas: 3, roles: ['broker'] }), ['spec.storage: missing']],
    ['a missing field of an item', nodePool({ storage: { type: 'jbod', volumes: [{ id: 0, size: '1Gi' }] } }), ['spec.storage.volumes[0].type: missing']],
    ['no spec', JSON.parse(JSON.stringify(strimzi('KafkaUser'))), ['spec: missing']],
    ['a wrong type', nodePool({ replicas: '3' }), ['spec.replicas: must be integer']],
    ['no whole number', nodePool({ replicas: 1.5 }), ['spec.replicas: must be integer']],
    ['a number out of bounds', strimzi('KafkaTopic', { partitions: 0 }), ['spec.partitions: must be >= 1']],
    ['a value that is none of a list', nodePool({ roles: ['zookeeper'] }), ['spec.roles[0]: must be one of controller, broker']],
    ['a text against a pattern', nodePool({ jvmOptions: { '-Xmx': '1Gi' } }), [expect.stringMatching(/^spec.jvmOptions.-Xmx: must match pattern/)]],
    ['a quantity', nodePool({ resources: { limits: { memory: '1 Gi' } } }), [expect.stringMatching(/^spec.resources.limits.memory: must match pattern/)]],
    ['a value of a map', strimzi('KafkaUser', { template: { secret: { metadata: { labels: { a: 1 } } } } }), ['spec.template.secret.metadata.labels.a: must be string']],
    ['one of two, and the other', nodePool({ template: { kafkaContainer: { env: [{ name: 'A', value: 'a', valueFrom: { secretKeyRef: { name: 'a', key: 'a' } } }] } } }),
      ['spec.template.kafkaContainer.env[0]: must match exactly one schema in oneOf']],
  ])('what a package with validators knows: %s', (_, manifest, errors) => {
    expect(validateManifest(manifest, '1.36')).toEqual(errors);
  });

  test('each version has its own fields', () => {
    const manifest = deployment({ template: { spec: { hostnameOverride: 'a', containers: [{ name: 'web' }] } } });
    expect(validateManifest(manifest, '1.27')).toEqual(['spec.template.spec.hostnameOverride: unknown field']);
    expect(validateManifest(manifest, '1.36')).toEqual([]);
  });
});

describe('validate-every-manifest', () => {
  let chart: Chart;

  beforeEach(() => {
    chart = Testing.chart();
  });

  afterEach(() => validateBy(() => undefined));

  /** Renders an object through a synth of its chart and returns what was found. */
  function found(manifest: any): string[] {
    new ApiObject(chart, 'object', manifest);
    Testing.synth(chart);
    return takeInvalidManifests();
  }

  test('finds nothing wrong with a valid manifest', () => {
    expect(found(deployment({ replicas: 2 }))).toEqual([]);
  });

  test.each([
    ['a wrong type', deployment({ replicas: '2' }), 'spec.replicas: must be integer'],
    ['an unknown field', deployment({ replica: 2 }), 'spec.replica: unknown field'],
    ['a missing field', deployment({ template: {}, selector: Lazy.any({ produce: () => undefined }) }), 'spec.selector: missing'],
  ])('finds %s, with the path of the construct', (_, manifest, error) => {
    expect(found(manifest)).toEqual([`test/object (apps/v1 Deployment, Kubernetes 1.36)\n    ${error}`]);
  });

  test.each([
    ['a wrong type', middleware({ rateLimit: { average: true } }), 'spec.rateLimit.average: must be integer'],
    ['an unknown field', middleware({ rateLimits: {} }), 'spec.rateLimits: unknown field'],
    ['a missing field', { ...middleware({}), spec: undefined }, 'spec: missing'],
  ])('finds %s in a custom resource', (_, manifest, error) => {
    expect(found(manifest)).toEqual([`test/object (traefik.io/v1alpha1 Middleware, Kubernetes 1.36)\n    ${error}`]);
  });

  test('names an invalid manifest once, however often it is rendered', () => {
    const object = new ApiObject(chart, 'object', deployment({ replica: 2 }));
    object.toJson();
    object.toJson();
    expect(takeInvalidManifests()).toHaveLength(1);
  });

  test('judges typed objects by what becomes of them', () => {
    const service = new Service(chart, 'service', { type: ServiceType.CLUSTER_IP, clusterIP: '10.0.0.1', ports: [{ port: 80 }] });
    service.metadata.addLabel('a', 'b');
    expect(Testing.synth(chart)[0].spec.clusterIP).toBe('10.0.0.1');
    expect(takeInvalidManifests()).toEqual([]);
  });

  test('judges by the version that is asked for', () => {
    validateBy(() => '1.27');
    expect(found(deployment({ template: { spec: { hostnameOverride: 'a', containers: [{ name: 'web' }] } } })))
      .toEqual(['test/object (apps/v1 Deployment, Kubernetes 1.27)\n    spec.template.spec.hostnameOverride: unknown field']);
  });

  test('a test may say that it renders invalid manifests', () => {
    expectInvalidManifests('to show that it may');
    new ApiObject(chart, 'object', deployment({ replica: 2 })).toJson();
  });
});
