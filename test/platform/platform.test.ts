import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Diagnostics, Environment, Exemption, Forbidden, ImageTag, IngressController, KubernetesVersion, Platform, type PlatformProps, PodSecurityPreset, Resources } from '../../lib';
import { formatDiagnostic } from '../../lib/diagnostics/diagnostic';

const decisions = (scope: Construct) => Platform._decisions(scope);
const findings = (scope: Construct) => Diagnostics.of(scope).collect().map(formatDiagnostic);

/** What is decided where these platforms stand above each other, the outermost first. */
function decided(...levels: PlatformProps[]) {
  let scope: Construct = new App();
  levels.forEach((props, index) => {
    new Platform(scope, props);
    scope = new Construct(scope, `level${index}`);
  });
  return decisions(scope);
}

describe('finding it', () => {
  test('the nearest one up the tree', () => {
    const app = new App();
    const chart = new Chart(app, 'shop');
    const orders = new Construct(chart, 'orders');
    expect(Platform.of(orders)).toBeUndefined();
    const outer = new Platform(app);
    expect(Platform.of(orders)).toBe(outer);
    const inner = new Platform(chart);
    expect(Platform.of(orders)).toBe(inner);
    expect(Platform.of(chart)).toBe(inner);
    expect(Platform.of(app)).toBe(outer);
  });

  test('an environment is one', () => {
    const app = new App();
    const prod = new Environment(app, 'prod', { registry: 'ghcr.io/prod' });
    const chart = new Chart(prod, 'shop');
    expect(Platform.of(chart)).toBe(prod.platform);
    expect(decisions(chart).registry).toBe('ghcr.io/prod');
    expect(Environment.of(chart)).toBe(prod);
    expect(Environment.of(app)).toBeUndefined();
  });

  test('it may come after what it decides', () => {
    const app = new App();
    const chart = new Chart(app, 'shop');
    new Platform(app, { domain: 'example.com' });
    expect(decisions(chart).domain).toBe('example.com');
  });
});

test('without any platform every decision has its default', () => {
  const { imageTag, kubernetesVersion, resources, ...rest } = decisions(new App());
  expect(rest).toEqual({
    monitoringNamespace: 'monitoring',
    dns: { namespace: 'kube-system', podLabels: { 'k8s-app': 'kube-dns' }, port: 53 },
    imageBuilds: {},
    imagePullPolicy: 'Always',
    monitorLabels: {},
    podSecurity: 'restricted',
    labels: {},
    annotations: {},
    dockerfileFrontend: 'docker/dockerfile:1',
    policies: [],
  });
  expect(kubernetesVersion.version).toBe('1.31');
  expect(resources.requests).toEqual({ 'cpu': '100m', 'memory': '128Mi', 'ephemeral-storage': '64Mi' });
  expect(resources.limits).toEqual({ 'memory': '128Mi', 'ephemeral-storage': '256Mi' });
  const asked: string[] = [];
  imageTag._resolve('ghcr.io/acme/web', fault => asked.push(fault.message));
  expect(asked).toEqual(process.env.IMAGE_TAG ? [] : ['The environment variable IMAGE_TAG is not set, so the tag of the image is unknown.']);
});

describe('levels', () => {
  test('the nearest wins, decision by decision', () => {
    const tag = ImageTag.of('1.0.0');
    expect(decided(
      { registry: 'ghcr.io/acme', domain: 'example.com', imageTag: tag, monitoringNamespace: 'observe' },
      { domain: 'example.org', kubernetesVersion: KubernetesVersion.of('1.33'), resources: Resources.none() },
      { registry: 'ghcr.io/other', partOf: 'suite', dockerfileFrontend: 'mirror/dockerfile:1' },
    )).toMatchObject({
      registry: 'ghcr.io/other',
      domain: 'example.org',
      imageTag: tag,
      monitoringNamespace: 'observe',
      kubernetesVersion: { version: '1.33' },
      partOf: 'suite',
      dockerfileFrontend: 'mirror/dockerfile:1',
    });
  });

  test('what is undefined decides nothing', () => {
    const { registry, dns } = decided(
      { registry: 'ghcr.io/acme', dns: { port: 5300 } }, { registry: undefined, labels: undefined, dns: { port: undefined, namespace: undefined } });
    expect({ registry, dns }).toEqual({ registry: 'ghcr.io/acme', dns: { namespace: 'kube-system', podLabels: { 'k8s-app': 'kube-dns' }, port: 5300 } });
  });

  test('labels, annotations and what is known about DNS add up', () => {
    expect(decided(
      { labels: { team: 'a', tier: 'web' }, annotations: { 'example.com/a': '1' }, dns: { namespace: 'dns' } },
      { labels: { team: 'b' }, annotations: { 'example.com/b': '2' }, dns: { nodeLocalAddress: '169.254.20.10' } },
    )).toMatchObject({
      labels: { team: 'b', tier: 'web' },
      annotations: { 'example.com/a': '1', 'example.com/b': '2' },
      dns: { namespace: 'dns', podLabels: { 'k8s-app': 'kube-dns' }, port: 53, nodeLocalAddress: '169.254.20.10' },
    });
  });

  test('siblings do not see each other', () => {
    const app = new App();
    const [dev, prod] = ['dev', 'prod'].map(name => new Environment(app, name, { labels: { stage: name } }));
    expect(decisions(dev).labels).toEqual({ stage: 'dev' });
    expect(decisions(prod).labels).toEqual({ stage: 'prod' });
  });
});

test('the API server listens on its own port unless it is said', () => {
  expect(decided({ apiServer: { cidrs: ['10.0.0.0/28'] } }).apiServer).toEqual({ cidrs: ['10.0.0.0/28'], port: 6443 });
  expect(decided({ apiServer: { cidrs: ['10.0.0.0/28'], port: 443 } }, { apiServer: { cidrs: ['10.1.0.0/28'] } }).apiServer).toEqual({ cidrs: ['10.1.0.0/28'], port: 6443 });
});

test('OpenShift has its DNS elsewhere', () => {
  const openshift = { namespace: 'openshift-dns', podLabels: { 'dns.operator.openshift.io/daemonset-dns': 'default' }, port: 5353 };
  expect(decided({ podSecurity: PodSecurityPreset.OPENSHIFT }).dns).toEqual(openshift);
  expect(decided({ podSecurity: PodSecurityPreset.OPENSHIFT, dns: { port: 53 } }).dns).toEqual({ ...openshift, port: 53 });
  expect(decided({ podSecurity: PodSecurityPreset.OPENSHIFT }, { podSecurity: PodSecurityPreset.RESTRICTED }).dns.port).toBe(53);
});

describe('ingress', () => {
  test.each<[string, PlatformProps[], (string | undefined)[]]>([
    ['a class that names its controller', [{ ingressClass: 'traefik' }], ['traefik', 'traefik', 'traefik']],
    ['another', [{ ingressClass: 'nginx' }], ['nginx', 'nginx', 'ingress-nginx']],
    ['the third', [{ ingressClass: 'haproxy' }], ['haproxy', 'haproxy', 'ingress-controller']],
    ['a class of another name', [{ ingressClass: 'public' }], ['public', undefined, undefined]],
    ['with its controller', [{ ingressClass: 'public', ingressController: IngressController.HAPROXY }], ['public', 'haproxy', 'ingress-controller']],
    ['in a namespace of its own', [{ ingressClass: 'traefik', ingressNamespace: 'edge' }], ['traefik', 'traefik', 'edge']],
    ['a nearer class of the same controller', [
      { ingressClass: 'public', ingressController: IngressController.TRAEFIK, ingressNamespace: 'edge' }, { ingressClass: 'internal' },
    ], ['internal', 'traefik', 'edge']],
    ['a nearer class of another controller', [
      { ingressClass: 'public', ingressController: IngressController.TRAEFIK, ingressNamespace: 'edge' }, { ingressClass: 'nginx' },
    ], ['nginx', 'nginx', 'ingress-nginx']],
    ['a nearer class and namespace', [
      { ingressClass: 'traefik', ingressNamespace: 'edge' }, { ingressClass: 'nginx', ingressNamespace: 'inner' },
    ], ['nginx', 'nginx', 'inner']],
  ])('%s', (_, levels, expected) => {
    const { ingressClass, ingressController, ingressNamespace } = decided(...levels);
    expect([ingressClass, ingressController, ingressNamespace]).toEqual(expected);
  });
});

describe('diagnostics', () => {
  const label = 'Use at most 63 letters, digits, dashes, dots and underscores, with a letter or digit at both ends; anything longer belongs into an annotation.';
  const namespace = 'Use at most 63 lower-case letters, digits and dashes.';

  test.each<[PlatformProps, ...string[]]>([
    [{ kubernetesVersion: KubernetesVersion.of('1.26') }, "error invalid-version [Platform kubernetesVersion] '1.26' is not a version that the output is proved against.\n    Write a version from 1.27 to 1.36."],
    [{ kubernetesVersion: KubernetesVersion.of('1.37') }, "error invalid-version [Platform kubernetesVersion] '1.37' is not a version that the output is proved against.\n    Write a version from 1.27 to 1.36."],
    [{ kubernetesVersion: KubernetesVersion.of('latest') }, "error invalid-version [Platform kubernetesVersion] 'latest' is not a version that the output is proved against.\n    Write a version from 1.27 to 1.36."],
    [{ registry: 'https://ghcr.io/acme' }, "error invalid-image [Platform registry] 'https://ghcr.io/acme' is not a registry.\n    Write its host and path in lower case, without scheme and without a slash at the end, for example 'ghcr.io/acme'."],
    [{ registry: 'ghcr.io/acme/' }, "error invalid-image [Platform registry] 'ghcr.io/acme/' is not a registry.\n    Write its host and path in lower case, without scheme and without a slash at the end, for example 'ghcr.io/acme'."],
    [{ registry: '' }, "error invalid-image [Platform registry] '' is not a registry.\n    Write its host and path in lower case, without scheme and without a slash at the end, for example 'ghcr.io/acme'."],
    [{ imageBuilds: { lockFile: '../images.lock.json' } }, "error invalid-value [Platform imageBuilds.lockFile] '../images.lock.json' is not a lock file below the working directory.\n    Write a relative path that ends in '.json', for example 'images.lock.json'."],
    [{ dockerfileFrontend: 'docker/dockerfile 1' }, "error invalid-image [Platform dockerfileFrontend] 'docker/dockerfile 1' is not an image reference.\n    Write the image of the frontend, for example 'registry.acme.com/docker/dockerfile:1', or '' for the builder's own."],
    [{ domain: '.example.com' }, "error invalid-host [Platform domain] '.example.com' is not a domain.\n    Write it in lower case without dots at the ends, for example 'example.com'."],
    [{ ingressClass: 'My Class' }, "error invalid-name [Platform ingressClass] 'My Class' cannot be the name of an IngressClass.\n    Write it as the IngressClass has it in its metadata.name: lower-case letters, digits, dashes and dots."],
    [{ ingressNamespace: 'Edge' }, `error invalid-name [Platform ingressNamespace] 'Edge' is not the name of a namespace.\n    ${namespace}`],
    [{ monitoringNamespace: 'a.b' }, `error invalid-name [Platform monitoringNamespace] 'a.b' is not the name of a namespace.\n    ${namespace}`],
    [{ dns: { namespace: 'a.b' } }, `error invalid-name [Platform dns.namespace] 'a.b' is not the name of a namespace.\n    ${namespace}`],
    [{ dns: { port: 0 } }, 'error invalid-port [Platform dns.port] 0 is not a port number.\n    Write a whole number from 1 to 65535.'],
    [{ dns: { podLabels: { app: 'a b' } } }, `error invalid-label [Platform dns.podLabels['app']] 'a b' is not a label value.\n    ${label}`],
    [{ dns: { nodeLocalAddress: 'node-local' } }, "error invalid-value [Platform dns.nodeLocalAddress] 'node-local' is not an IP address.\n    Write the address that NodeLocal DNSCache listens on, for example '169.254.20.10'."],
    [{ apiServer: { cidrs: [] } }, "error invalid-value [Platform apiServer.cidrs] An empty list admits no address.\n    Name the addresses, or leave 'apiServer' out."],
    [{ apiServer: { cidrs: ['10.0.0.1'], port: 0 } },
      "error invalid-value [Platform apiServer.cidrs] '10.0.0.1' is not a range of addresses.\n    Write for example '10.0.0.0/28', or '10.0.0.7/32' for one address.",
      'error invalid-port [Platform apiServer.port] 0 is not a port number.\n    Write a whole number from 1 to 65535.'],
    [{ labels: { team: 'the team' } }, `error invalid-label [Platform labels['team']] 'the team' is not a label value.\n    ${label}`],
    [{ annotations: { 'a b': '' } }, "error invalid-label [Platform annotations['a b']] 'a b' is not a key for a label or annotation.\n    Write 'name' or 'example.com/name', with at most 63 letters, digits, dashes, dots and underscores after the slash."],
    [{ partOf: 'the shop' }, `error invalid-label [Platform partOf] 'the shop' is not a label value.\n    ${label}`],
    [{ resources: Resources.of({ cpu: 'much' }) }, "error invalid-quantity [Platform resources.requests.cpu] 'much' is not a quantity.\n    Write a number with a Kubernetes suffix, for example '250m' or '2'."],
    [{ resources: Resources.of({ memory: '2Gi', memoryLimit: '1Gi' }) }, "error request-above-limit [Platform resources.requests.memory] The request '2Gi' is above the limit '1Gi'.\n    Raise the limit or lower the request."],
  ])('%j', (props, ...expected) => {
    const app = new App();
    new Platform(app, props);
    expect(findings(app)).toEqual(expected);
  });

  test('nothing is wrong with every decision taken well', () => {
    const app = new App();
    new Platform(app, {
      registry: 'registry.example.com:5000/acme',
      imageTag: ImageTag.of('1'),
      kubernetesVersion: KubernetesVersion.of('v1.36.2'),
      ingressClass: 'public',
      ingressController: IngressController.TRAEFIK,
      ingressNamespace: 'edge',
      monitoringNamespace: 'observe',
      domain: 'example.com',
      dns: { namespace: 'dns', podLabels: { app: 'dns' }, port: 53, nodeLocalAddress: 'fd00::a' },
      podSecurity: PodSecurityPreset.OPENSHIFT,
      resources: Resources.none(),
      labels: { 'example.com/team': 'shop' },
      annotations: { 'example.com/contact': 'shop @ 9' },
      partOf: 'shop',
      dockerfileFrontend: 'mirror.example.com/docker/dockerfile:1@sha256:abc',
      apiServer: { cidrs: ['10.0.0.0/28', 'fd00::/64'], port: 443 },
      policy: {
        forbid: Object.values(Forbidden),
        allowedRegistries: ['registry.example.com:5000/acme', 'docker.io'],
        allowedDomains: ['example.com'],
        maxReplicas: 10,
        maxResources: { cpu: '4', memory: '8Gi', ephemeralStorage: '20Gi' },
        exemptions: [Exemption.ofNamespace('monitoring', { allow: [Forbidden.HOST_ACCESS], reason: 'the node exporter' })],
      },
    });
    expect(findings(app)).toEqual([]);
  });

  test('a second platform at one level', () => {
    const app = new App();
    const chart = new Chart(app, 'shop');
    new Platform(chart, { domain: 'example.com' });
    new Platform(chart, { domain: 'example.org' });
    expect(findings(app)).toEqual(["error duplicate-platform [shop/Platform1] 'shop' has a platform already.\n    Put all decisions of one level into one Platform."]);
    expect(decisions(chart).domain).toBe('example.com');
    new Platform(app);
    new Platform(app);
    expect(findings(app)[1]).toContain("'app' has a platform already.");
  });

  test('environments', () => {
    const app = new App();
    new Environment(new Environment(app, 'Prod'), 'inner');
    expect(findings(app)).toEqual([
      `error invalid-name [Prod] 'Prod' cannot name an environment.\n    ${namespace}`,
      "error invalid-name [Prod/inner] The environment lies inside the environment 'Prod'.\n    Put environments beside each other, directly below the app.",
    ]);
  });
});

describe('KubernetesVersion', () => {
  test.each([
    ['1.27', 27], ['v1.30', 30], ['1.33.4', 33], ['nonsense', 31],
  ])('%s is minor %d', (version, minor) => {
    expect(KubernetesVersion.of(version)._minor).toBe(minor);
  });

  test('features follow the version', () => {
    expect(KubernetesVersion.of('1.28')._supports('nativeSidecars')).toBe(false);
    expect(KubernetesVersion.of('1.29')._supports('nativeSidecars')).toBe(true);
    expect(KubernetesVersion.of('1.29')._supports('preStopSleep')).toBe(false);
    expect(KubernetesVersion.of('1.30')._supports('preStopSleep')).toBe(true);
  });
});
