import { Duration, JsonPatch } from 'cdk8s';
import { type Container, EnvSource, Probe, Volume } from '../../lib/definition';
import type { Drain } from '../../lib/definition/drain';
import { EnvReference } from '../../lib/definition/env-reference';
import { Diagnostics } from '../../lib/diagnostics';
import { containerOf, finding, findings, IMAGE, orders, podOf, shop, shopOn } from '../support/services';
import { validateBy } from '../support/validate-every-manifest';

afterEach(() => validateBy(() => undefined));

const LOGS: Container = { name: 'logs', image: IMAGE };

describe('sidecars', () => {
  test.each(['1.29', '1.31', '1.36'])('start before the main container and stop after it on %s', version => {
    const chart = shopOn(version);
    orders(chart, { drain: { ownDelay: true }, sidecars: [LOGS], initContainers: [{ name: 'migrate', image: IMAGE }] });
    const { spec } = podOf(chart);
    expect(spec.initContainers.map(({ name, restartPolicy }: any) => [name, restartPolicy])).toEqual([['migrate', undefined], ['logs', 'Always']]);
    expect(spec.containers.map(({ name }: any) => name)).toEqual(['orders']);
  });

  test.each(['1.27', '1.28'])('are ordinary containers on %s', version => {
    const chart = shopOn(version);
    orders(chart, { drain: { ownDelay: true }, sidecars: [LOGS] });
    const { spec } = podOf(chart);
    expect(spec).not.toHaveProperty('initContainers');
    expect(spec.containers.map(({ name }: any) => name)).toEqual(['orders', 'logs']);
  });
});

describe('drain', () => {
  function drained(version: string, drain?: Drain): { found: string[]; lifecycle: any; grace: number } {
    const chart = shopOn(version);
    orders(chart, drain && { drain });
    const { spec } = podOf(chart);
    return { found: findings(chart), lifecycle: spec.containers[0].lifecycle, grace: spec.terminationGracePeriodSeconds };
  }

  const warning = (version: string) => finding('warning', 'graceful-drain', 'shop/orders drain',
    `Kubernetes ${version} cannot hold SIGTERM back (preStop.sleep comes with 1.30), so requests meet a closed port during a rollout unless the program waits by itself.`,
    'Let the program keep serving for some seconds after SIGTERM and write drain: { ownDelay: true }.');

  test.each<[string, string, Drain | undefined, string[], number | undefined, number]>([
    ['the pod leaves the Service first', '1.30', undefined, [], 5, 30],
    ['the same on the newest', '1.36', undefined, [], 5, 30],
    ['what is said', '1.31', { delay: Duration.seconds(15), timeout: Duration.minutes(1) }, [], 15, 80],
    ['no wait', '1.31', { delay: Duration.seconds(0) }, [], undefined, 25],
    ['the program waits itself', '1.31', { ownDelay: true }, [], undefined, 30],
    ['the version cannot wait', '1.27', undefined, [warning('1.27')], undefined, 30],
    ['the version cannot wait, nearly', '1.29', undefined, [warning('1.29')], undefined, 30],
    ['the version cannot wait and the program does', '1.29', { ownDelay: true }, [], undefined, 30],
    ['nothing has to wait', '1.29', { delay: Duration.seconds(0) }, [], undefined, 25],
  ])('%s: %s', (_, version, drain, found, sleep, grace) => {
    const lifecycle = sleep === undefined ? undefined : { preStop: { sleep: { seconds: sleep } } };
    expect(drained(version, drain)).toEqual({ found, lifecycle, grace });
  });

  test('Kubernetes counts whole seconds', () => {
    const chart = shop();
    orders(chart, { drain: { delay: Duration.millis(500), timeout: Duration.millis(2500) } });
    expect(findings(chart)).toEqual([
      finding('error', 'invalid-value', 'shop/orders drain.delay', 'Kubernetes counts whole seconds, and this is 500 milliseconds.', 'Write Duration.seconds(1).'),
      finding('error', 'invalid-value', 'shop/orders drain.timeout', 'Kubernetes counts whole seconds, and this is 2500 milliseconds.', 'Write Duration.seconds(3).'),
    ]);
  });
});

describe('digest of what the containers read', () => {
  const envSource = (digest: string | undefined) => EnvSource._of(() => ({ configMapRef: { name: 'settings' } }), () => ({}), () => digest);
  const files = (digest: string) => Volume._files('files', () => ({ configMap: { name: 'files' } }), () => digest);
  const reference = (digest: string) => EnvReference._of(() => ({ valueFrom: { configMapKeyRef: { name: 'settings', key: 'a' } } }), () => digest);

  /** The digest in the annotations of a service with these properties. */
  function digestOf(props: Parameters<typeof orders>[1]): string | undefined {
    const chart = shop();
    orders(chart, props);
    return podOf(chart).metadata.annotations?.['checksum/config'];
  }

  test('is not there where nothing has one', () => {
    expect(digestOf({})).toBeUndefined();
    expect(digestOf({ envFrom: [envSource(undefined)], volumes: { '/a': Volume.configMap('files') } })).toBeUndefined();
  });

  test.each<[string, (digest: string) => Parameters<typeof orders>[1]]>([
    ['envFrom', digest => ({ envFrom: [envSource(digest)] })],
    ['envValueFrom', digest => ({ envValueFrom: { A: reference(digest) } })],
    ['volumes', digest => ({ volumes: { '/a': files(digest) } })],
    ['a projection', digest => ({ volumes: { '/a': Volume.projected([files(digest)]) } })],
    ['a sidecar', digest => ({ sidecars: [{ ...LOGS, envFrom: [envSource(digest)] }] })],
    ['files of a sidecar', digest => ({ sidecars: [{ ...LOGS, volumes: { '/a': files(digest) } }] })],
    ['an init container', digest => ({ initContainers: [{ ...LOGS, envFrom: [envSource(digest)] }] })],
  ])('changes with the content of %s', (_, props) => {
    expect(digestOf(props('one'))).toMatch(/^[0-9a-f]{64}$/);
    expect(digestOf(props('one'))).toBe(digestOf(props('one')));
    expect(digestOf(props('one'))).not.toBe(digestOf(props('two')));
  });

  test('depends on neither order nor repetition', () => {
    const [one, two] = [envSource('1'), envSource('2')];
    expect(digestOf({ envFrom: [one, two] })).toBe(digestOf({ envFrom: [two, one, two], sidecars: [{ ...LOGS, envFrom: [one] }] }));
  });
});

describe('labels and annotations', () => {
  test('of the pods alone, over those of everything', () => {
    const chart = shop({ labels: { stage: 'prod', team: 'shop' }, annotations: { 'example.com/a': 'platform' } });
    orders(chart, {
      labels: { team: 'orders', tier: '1' },
      podLabels: { tier: '2', pods: 'yes' },
      annotations: { 'example.com/b': 'service', 'example.com/c': 'service' },
      podAnnotations: { 'example.com/c': 'pods' },
    });
    expect(findings(chart)).toEqual([]);
    const { metadata } = podOf(chart);
    expect(metadata.labels).toMatchObject({ 'stage': 'prod', 'team': 'orders', 'tier': '2', 'pods': 'yes', 'app.kubernetes.io/name': 'orders' });
    expect(metadata.annotations).toEqual({ 'example.com/a': 'platform', 'example.com/b': 'service', 'example.com/c': 'pods' });
  });

  test('each fault is reported once, by the property that holds it', () => {
    const chart = shop();
    orders(chart, {
      labels: { 'not a key': 'a' },
      annotations: { 'nor this': 'a' },
      podLabels: { ok: 'not a value' },
      podAnnotations: { 'nor/that/one': 'a' },
    });
    const key = (property: string, name: string) => finding('error', 'invalid-label', `shop/orders ${property}['${name}']`, `'${name}' is not a key for a label or annotation.`,
      "Write 'name' or 'example.com/name', with at most 63 letters, digits, dashes, dots and underscores after the slash.");
    expect(findings(chart)).toEqual([
      key('labels', 'not a key'),
      key('annotations', 'nor this'),
      finding('error', 'invalid-label', "shop/orders podLabels['ok']", "'not a value' is not a label value.",
        'Use at most 63 letters, digits, dashes, dots and underscores, with a letter or digit at both ends; anything longer belongs into an annotation.'),
      key('podAnnotations', 'nor/that/one'),
    ]);
  });
});

describe('containers of one pod', () => {
  test('share their names', () => {
    const chart = shop();
    orders(chart, { sidecars: [{ name: 'orders', image: IMAGE }, LOGS], initContainers: [LOGS] });
    expect(findings(chart)).toEqual([
      finding('error', 'duplicate-name', 'shop/orders sidecars[0].name', "The pod has a container 'orders' already: the main container.", 'Give each container of a pod its own name.'),
      finding('error', 'duplicate-name', 'shop/orders initContainers[0].name', "The pod has a container 'logs' already: sidecars[1].", 'Give each container of a pod its own name.'),
    ]);
  });

  test('share their ports, but for those that end before the others start', () => {
    const chart = shop();
    const ports = [{ name: 'admin', number: 9000 }, { name: 'http', number: 8080 }];
    orders(chart, { sidecars: [{ ...LOGS, ports }], initContainers: [{ name: 'migrate', image: IMAGE, ports }] });
    expect(findings(chart)).toEqual([finding('error', 'duplicate-port', 'shop/orders sidecars[0].ports[1]',
      "The containers of a pod share its ports, and 'orders' has port 8080/TCP already.", "Let 'logs' listen on another port, under another name.")]);
  });

  test('share the names of their ports', () => {
    const chart = shop();
    orders(chart, { sidecars: [{ ...LOGS, ports: [{ name: 'http', number: 9000 }] }] });
    expect(findings(chart)).toEqual([finding('error', 'duplicate-port', 'shop/orders sidecars[0].ports[0]',
      "The containers of a pod share its ports, and 'orders' has a port 'http' already.", "Let 'logs' listen on another port, under another name.")]);
  });

  test('have no probes where they end before the others start', () => {
    const chart = shop();
    orders(chart, { initContainers: [{ name: 'migrate', image: IMAGE, health: { readiness: Probe.command(['true']) } }] });
    expect(findings(chart)).toEqual([finding('error', 'conflicting-options', 'shop/orders initContainers[0].health.readiness',
      'A container that runs to completion before the others start has no probes.', "Leave it out, or move the container to 'sidecars'.")]);
  });
});

describe('pass-through', () => {
  test('podFields come after everything that is rendered, overrides after them, JSON patches last', () => {
    const chart = shop();
    const service = orders(chart, {
      podFields: {
        terminationGracePeriodSeconds: 100,
        hostname: 'fields',
        dnsConfig: { options: [{ name: 'ndots', value: '2' }] },
        containers: [{ name: 'orders', tty: true }, { name: 'extra', image: 'extra:1' }],
        volumes: [{ name: 'tmp', emptyDir: { sizeLimit: '1Gi' } }, { name: 'more', emptyDir: {} }],
        affinity: null as any,
      },
      overrides: {
        metadata: { annotations: { 'example.com/a': 'b' } },
        spec: { hostname: 'overrides', subdomain: 'overrides', containers: [{ name: 'orders', tty: false }] },
      },
    });
    service.deployment.apiObject.addJsonPatch(JsonPatch.replace('/spec/template/spec/hostname', 'patched'));
    const ofExtra = (field: string, message: string) => finding('warning', 'hardening-off', `shop/orders podFields.containers['extra'].securityContext.${field}`, message,
      "Leave it out, or acknowledge 'hardening-off' with the reason.");
    expect(findings(chart)).toEqual([
      ofExtra('readOnlyRootFilesystem', "The container 'extra' may change the files of its image."),
      ofExtra('allowPrivilegeEscalation', "The container 'extra' may gain more privileges than its parent."),
      ofExtra('capabilities.drop', "The container 'extra' keeps capabilities."),
    ]);
    const { metadata, spec } = podOf(chart);
    expect(metadata.annotations).toEqual({ 'example.com/a': 'b' });
    expect(spec).toMatchObject({ terminationGracePeriodSeconds: 100, hostname: 'patched', subdomain: 'overrides', dnsConfig: { options: [{ name: 'ndots', value: '2' }] } });
    expect(spec).not.toHaveProperty('affinity');
    expect(spec.containers.map(({ name, tty }: any) => [name, tty])).toEqual([['orders', false], ['extra', undefined]]);
    expect(spec.volumes).toEqual([{ name: 'tmp', emptyDir: { sizeLimit: '1Gi' } }, { name: 'more', emptyDir: {} }]);
    expect(containerOf(chart).env).toEqual([{ name: 'GOMEMLIMIT', value: '115MiB' }]);
  });

  test('a field that the version does not know is reported and left out', () => {
    const chart = shop();
    orders(chart, { podFields: { hostnameOverride: 'a', securityContext: { seLinuxChangePolicy: 'MountOption' }, ['hostName' as any]: 'a' } });
    expect(findings(chart)).toEqual([
      finding('error', 'unknown-field', 'shop/orders podFields.hostnameOverride', "Kubernetes 1.31 does not know 'hostnameOverride' of PodSpec.",
        'Leave it out, or raise the Kubernetes version of the platform to 1.34, the first that knows it.'),
      finding('error', 'unknown-field', 'shop/orders podFields.hostName', "PodSpec has no field 'hostName'.",
        "Correct the name; a field that is not of Kubernetes itself goes under 'overrides'."),
      finding('error', 'unknown-field', 'shop/orders podFields.securityContext.seLinuxChangePolicy',
        "Kubernetes 1.31 does not know 'seLinuxChangePolicy' of PodSecurityContext.",
        'Leave it out, or raise the Kubernetes version of the platform to 1.32, the first that knows it.'),
    ]);
    const newer = shopOn('1.36');
    orders(newer, { podFields: { hostnameOverride: 'a' } });
    expect(podOf(newer).spec.hostnameOverride).toBe('a');
  });
});

test('secrets of private registries', () => {
  const chart = shop();
  orders(chart, { imagePullSecrets: ['registry', 'other.registry'] });
  expect(findings(chart)).toEqual([]);
  expect(podOf(chart).spec.imagePullSecrets).toEqual([{ name: 'registry' }, { name: 'other.registry' }]);
  const wrong = shop();
  orders(wrong, { imagePullSecrets: ['registry', 'Not_A_Name'] });
  expect(findings(wrong)).toEqual([finding('error', 'invalid-name', 'shop/orders imagePullSecrets[1]', "'Not_A_Name' cannot be the name of a Secret.",
    'Write it as the Secret has it in its metadata.name: lower-case letters, digits, dashes and dots.')]);
});

test('the drain warning can be acknowledged', () => {
  const chart = shopOn('1.28');
  const service = orders(chart);
  Diagnostics.of(service).acknowledge('graceful-drain', 'clients retry');
  expect(Diagnostics.of(chart).warnings()).toEqual([]);
});
