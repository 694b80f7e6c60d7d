import { Chart, Testing } from 'cdk8s';
import {
  Diagnostics, KubernetesVersion, Platform, PodSecurityLevel, PodSecurityPreset, Resources, ServiceConfig, ServiceNamespace,
  type ServiceNamespaceProps,
} from '../../lib';
import { formatDiagnostic } from '../../lib/diagnostics/diagnostic';

let chart: Chart;

beforeEach(() => {
  chart = new Chart(Testing.app(), 'shop', { namespace: 'shop' });
});

function findings(): string[] {
  return Diagnostics.of(chart).collect().map(formatDiagnostic);
}

function make(props?: ServiceNamespaceProps): ServiceNamespace {
  return new ServiceNamespace(chart, 'namespace', props);
}

function manifest(kind: string, name?: string): any {
  return Testing.synth(chart).find(object => object.kind === kind && (name === undefined || object.metadata.name === name));
}

test('by default: restricted, and no traffic', () => {
  make();
  expect(Testing.synth(chart)).toMatchSnapshot();
  expect(findings()).toEqual([]);
});

test('with everything', () => {
  make({
    allowDns: true,
    limits: { min: { cpu: '10m' }, max: { memory: '2Gi' }, minStorage: '1Gi', maxStorage: '100Gi' },
    quota: {
      requests: { cpu: '20', memory: '64Gi', ephemeralStorage: '50Gi' },
      limits: { memory: '64Gi' },
      storage: '500Gi',
      pods: 100,
      services: 20,
      loadBalancers: 0,
      nodePorts: 0,
      persistentVolumeClaims: 10,
      counts: { 'count/jobs.batch': 50 },
    },
    labels: { 'istio-injection': 'enabled' },
    annotations: { 'example.com/owner': 'orders' },
  });
  expect(Testing.synth(chart)).toMatchSnapshot();
  expect(findings()).toEqual([]);
});

describe('the name', () => {
  test('is that of the chart', () => {
    expect(make().name).toBe('shop');
  });

  test('or what the user says, and the children lie in it', () => {
    make({ name: 'other', limits: {}, quota: { pods: 1 } });
    expect(Testing.synth(chart).map(({ kind, metadata }) => [kind, metadata.name, metadata.namespace])).toEqual([
      ['Namespace', 'other', undefined],
      ['NetworkPolicy', 'default-deny', 'other'],
      ['LimitRange', 'limits', 'other'],
      ['ResourceQuota', 'quota', 'other'],
    ]);
  });

  test('one chart can hold several', () => {
    const cluster = new Chart(Testing.app(), 'cluster');
    new ServiceNamespace(cluster, 'shop', { name: 'shop' });
    new ServiceNamespace(cluster, 'office', { name: 'office' });
    expect(Diagnostics.of(cluster).collect()).toEqual([]);
  });

  test('must be said somewhere, once, and be a name', () => {
    const loose = new Chart(Testing.app(), 'loose');
    new ServiceNamespace(loose, 'namespace');
    new ServiceNamespace(loose, 'Shop', { name: 'Shop', defaultDeny: false });
    new ServiceNamespace(loose, 'a', { name: 'a' });
    new ServiceNamespace(loose, 'b', { name: 'a', defaultDeny: false });
    expect(Diagnostics.of(loose).collect().map(formatDiagnostic)).toEqual([
      'error invalid-name [loose/namespace name] The namespace has no name: neither it nor its chart says one.\n'
      + "    Write new Chart(scope, 'loose', { namespace: '…' }), or give a 'name'.",
      "error invalid-name [loose/Shop name] 'Shop' is not a name that Kubernetes accepts.\n"
      + "    Use lower-case letters, digits and dashes, with a letter or digit at both ends; give a 'name' where the id of the construct is different.",
      expect.stringContaining('error duplicate-name [loose/b name]'),
    ]);
  });
});

describe('Pod Security', () => {
  test('what is enforced is pinned to the version of the platform, even where that comes later', () => {
    make();
    new Platform(chart, { kubernetesVersion: KubernetesVersion.of('1.33.2') });
    expect(manifest('Namespace').metadata.labels).toMatchObject({
      'pod-security.kubernetes.io/enforce-version': 'v1.33',
      'pod-security.kubernetes.io/warn-version': 'latest',
    });
  });

  test.each([PodSecurityLevel.BASELINE, PodSecurityLevel.PRIVILEGED])('%s is reported and stays visible', podSecurity => {
    const namespace = make({ podSecurity });
    expect(manifest('Namespace').metadata.labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': podSecurity,
      'pod-security.kubernetes.io/audit': 'restricted',
      'pod-security.kubernetes.io/warn': 'restricted',
    });
    expect(findings()).toEqual([
      `warning hardening-off [shop/namespace podSecurity] The namespace admits pods that the restricted Pod Security Standard forbids: it enforces '${podSecurity}'.\n`
      + "    Leave podSecurity out, or acknowledge 'hardening-off' with the reason.",
    ]);
    Diagnostics.of(namespace).acknowledge('hardening-off', 'node agents need the host');
    expect(Diagnostics.of(chart).warnings()).toEqual([]);
  });

  test('what is reported can be another level', () => {
    make({ podSecurity: PodSecurityLevel.PRIVILEGED, reportedPodSecurity: PodSecurityLevel.BASELINE });
    expect(manifest('Namespace').metadata.labels).toMatchObject({
      'pod-security.kubernetes.io/audit': 'baseline',
      'pod-security.kubernetes.io/warn': 'baseline',
    });
  });

  test('its labels cannot be written past it', () => {
    make({ labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } });
    expect(findings()).toEqual([
      "error conflicting-options [shop/namespace labels['pod-security.kubernetes.io/enforce']] The label 'pod-security.kubernetes.io/enforce' follows from 'podSecurity' and 'reportedPodSecurity'.\n"
      + '    Write the level there and drop the label.',
    ]);
  });
});

describe('policies', () => {
  test('can be left to somebody else', () => {
    const namespace = make({ defaultDeny: false });
    expect(namespace.defaultDeny).toBeUndefined();
    expect(namespace.dnsPolicy).toBeUndefined();
    expect(Testing.synth(chart)).toHaveLength(1);
  });

  test('DNS is where the platform says', () => {
    make({ allowDns: true });
    new Platform(chart, { podSecurity: PodSecurityPreset.OPENSHIFT, dns: { nodeLocalAddress: '169.254.20.10' } });
    expect(manifest('NetworkPolicy', 'allow-dns').spec.egress).toEqual([
      {
        to: [{
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'openshift-dns' } },
          podSelector: { matchLabels: { 'dns.operator.openshift.io/daemonset-dns': 'default' } },
        }],
        ports: [{ port: 5353, protocol: 'UDP' }, { port: 5353, protocol: 'TCP' }],
      },
      { to: [{ ipBlock: { cidr: '169.254.20.10/32' } }], ports: [{ port: 53, protocol: 'UDP' }, { port: 53, protocol: 'TCP' }] },
    ]);
  });
});

describe('limits', () => {
  test('without more give containers what the platform says', () => {
    make({ limits: {} });
    new Platform(chart, { resources: Resources.of({ cpu: '50m', memory: '64Mi' }) });
    expect(manifest('LimitRange').spec).toEqual({
      limits: [{
        type: 'Container',
        default: { 'memory': '64Mi', 'ephemeral-storage': '256Mi' },
        defaultRequest: { 'cpu': '50m', 'memory': '64Mi', 'ephemeral-storage': '64Mi' },
      }],
    });
  });

  test('of claims alone', () => {
    make({ limits: { defaults: Resources.none(), maxStorage: '10Gi' } });
    expect(manifest('LimitRange').spec).toEqual({ limits: [{ type: 'PersistentVolumeClaim', max: { storage: '10Gi' } }] });
    expect(findings()).toEqual([]);
  });

  test('faults', () => {
    make({
      limits: {
        defaults: Resources.of({ cpu: '2', memory: '1Gi', memoryLimit: '512Mi' }),
        min: { cpu: '4', memory: '1GB' },
        max: { cpu: '3', ephemeralStorage: '128Mi' },
        minStorage: '10m',
        maxStorage: '1Gi',
      },
    });
    expect(findings()).toEqual([
      "error request-above-limit [shop/namespace limits.defaults.requests.memory] The request '1Gi' is above the limit '512Mi'.\n"
      + '    Raise the limit or lower the request.',
      "error invalid-quantity [shop/namespace limits.min.memory] '1GB' is not a quantity.\n"
      + "    Write a number with a Kubernetes suffix, for example '256Mi' or '1Gi'.",
      "error invalid-quantity [shop/namespace limits.minStorage] '10m' is less than one byte: the suffix 'm' means thousandths.\n"
      + "    Write '10Mi' if mebibytes are meant.",
      "error invalid-quantity [shop/namespace limits.min] The least cpu, '4', is above the most, '3'.\n"
      + '    Lower the minimum or raise the maximum.',
      "error invalid-quantity [shop/namespace limits.defaults] Containers that state no cpu request get '2', which is below the least, '4'.\n"
      + "    Write 'defaults' that lie within 'min' and 'max'.",
      "error invalid-quantity [shop/namespace limits.defaults] Containers that state no ephemeral-storage limit get '256Mi', which is above the most, '128Mi'.\n"
      + "    Write 'defaults' that lie within 'min' and 'max'.",
    ]);
  });

  test('of claims in the wrong order, and of nothing', () => {
    make({ limits: { defaults: Resources.none(), minStorage: '2Gi', maxStorage: '1Gi' } });
    new ServiceNamespace(chart, 'other', { name: 'other', limits: { defaults: Resources.none() } });
    expect(findings()).toEqual([
      "error invalid-quantity [shop/namespace limits.minStorage] The least storage, '2Gi', is above the most, '1Gi'.\n"
      + '    Lower the minimum or raise the maximum.',
      'error invalid-value [shop/other limits] The limits neither bound nor default anything.\n'
      + "    Write 'min', 'max' or 'defaults', or leave 'limits' out.",
    ]);
  });
});

describe('the quota', () => {
  test('refuses pods that say nothing, so the namespace should say it for them', () => {
    make({ quota: { requests: { cpu: '1' }, limits: { cpu: '2' } } });
    expect(findings()).toEqual([
      'warning quota-without-default [shop/namespace quota.requests.cpu] The quota refuses pods with a container that states no cpu request, and the namespace gives them no default.\n'
      + "    Write limits: {} for the defaults of the platform, or acknowledge 'quota-without-default' where every container states it.",
      'warning quota-without-default [shop/namespace quota.limits.cpu] The quota refuses pods with a container that states no cpu limit, and the namespace gives them no default.\n'
      + "    Write limits: { defaults: Resources.of({ cpuLimit: '…', … }) }, or acknowledge 'quota-without-default' where every container states it.",
    ]);
  });

  test.each<[string, ServiceNamespaceProps]>([
    ['defaults', { limits: { defaults: Resources.of({ cpuLimit: '500m' }) }, quota: { limits: { cpu: '2' } } }],
    ['a maximum', { limits: { max: { cpu: '1' } }, quota: { limits: { cpu: '2' } } }],
    ['a limit', { limits: { defaults: Resources.exactly({ limits: { cpu: '1' } }) }, quota: { requests: { cpu: '2' } } }],
    ['a minimum', { limits: { defaults: Resources.none(), min: { cpu: '10m' } }, quota: { requests: { cpu: '2' } } }],
  ])('%s are a default', (_, props) => {
    make(props);
    expect(findings()).toEqual([]);
  });

  test('faults', () => {
    make({ quota: { storage: 'much', pods: -1, counts: { 'Jobs!': 1.5 } } });
    new ServiceNamespace(chart, 'other', { name: 'other', quota: {} });
    expect(findings()).toEqual([
      "error invalid-quantity [shop/namespace quota.storage] 'much' is not a quantity.\n"
      + "    Write a number with a Kubernetes suffix, for example '256Mi' or '1Gi'.",
      'error invalid-value [shop/namespace quota.pods] -1 is not a number of objects.\n    Write a whole number, 0 for none at all.',
      "error invalid-value [shop/namespace quota.counts['Jobs!']] 1.5 is not a number of objects.\n    Write a whole number, 0 for none at all.",
      "error invalid-value [shop/namespace quota.counts['Jobs!']] 'Jobs!' is not something that a quota counts.\n"
      + "    Write 'count/' and the plural of a kind with its group, for example 'count/deployments.apps'.",
      "error invalid-value [shop/other quota] The quota bounds nothing.\n    Write what it bounds, for example { pods: 50 }, or leave 'quota' out.",
    ]);
  });
});

describe('what a quota counts', () => {
  test.each([
    'count/jobs.batch', 'count/services', 'count/certificates.cert-manager.io', 'configmaps', 'services.nodeports', 'resourcequotas',
    'gold.storageclass.storage.k8s.io/persistentvolumeclaims', 'requests.nvidia.com/gpu',
  ])('%s', resource => {
    make({ quota: { counts: { [resource]: 5 } } });
    expect(findings()).toEqual([]);
  });

  test('under two names', () => {
    make({ quota: { pods: 5, counts: { pods: 6 } } });
    expect(findings()).toEqual(["error conflicting-options [shop/namespace quota.counts['pods']] 'pods' bounds the same.\n    Write one of the two."]);
  });

  test.each(['jobs.batch', 'deployments'])('%s only by its full name', resource => {
    make({ quota: { counts: { [resource]: 5 } } });
    expect(findings()).toEqual([
      `error invalid-value [shop/namespace quota.counts['${resource}']] '${resource}' is not something that a quota counts.\n    Write 'count/${resource}'.`,
    ]);
  });

  test.each(['count/', 'count/Jobs.batch', 'count/jobs/status', 'example.com/jobs', 'jobs.'])('not %s', resource => {
    make({ quota: { counts: { [resource]: 5 } } });
    expect(findings()).toEqual([
      `error invalid-value [shop/namespace quota.counts['${resource}']] '${resource}' is not something that a quota counts.\n`
      + "    Write 'count/' and the plural of a kind with its group, for example 'count/deployments.apps'.",
    ]);
  });
});

test('it does not ask for the namespace that it makes', () => {
  const cluster = new Chart(Testing.app(), 'cluster');
  new ServiceNamespace(cluster, 'shop', { name: 'shop', allowDns: true, limits: {}, quota: { pods: 1 } });
  expect(Diagnostics.of(cluster).warnings()).toEqual([]);
  new ServiceConfig(cluster, 'settings');
  expect(Diagnostics.of(cluster).warnings().map(({ code }) => code)).toEqual(['namespace-missing']);
});
