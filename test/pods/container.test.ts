import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { type Container, ContainerImage, EnvSource, type Health, Probe, QualityOfService, Resources } from '../../lib/definition';
import { Microservice } from '../../lib/services';
import { containerOf, finding, findings, IMAGE, orders, podOf, shop } from '../support/services';

/** A service with probes of its own and nothing else. */
function probed(health: Health): { container: any; found: string[] } {
  const chart = shop();
  new Microservice(chart, 'orders', { image: IMAGE, ports: [{ name: 'http', number: 8080 }, { number: 9000, exposed: false }], health });
  return {
    found: findings(chart),
    get container() {
      return containerOf(chart);
    },
  };
}

test('everything that a container can say', () => {
  const chart = shop();
  orders(chart, {
    command: ['/app/server'],
    args: ['--verbose'],
    workingDir: '/app',
    envFrom: [EnvSource.configMap('settings'), EnvSource.secret('keys', 'KEY_')],
  });
  expect(findings(chart)).toEqual([]);
  expect(containerOf(chart)).toMatchObject({
    command: ['/app/server'],
    args: ['--verbose'],
    workingDir: '/app',
    envFrom: [{ configMapRef: { name: 'settings' } }, { secretRef: { name: 'keys' }, prefix: 'KEY_' }],
  });
});

describe('quality of service', () => {
  test.each<[string, Resources, object | undefined]>([
    [QualityOfService.BURSTABLE, Resources.of({ cpu: '100m', memory: '256Mi' }), {
      requests: { 'cpu': '100m', 'memory': '256Mi', 'ephemeral-storage': '64Mi' },
      limits: { 'memory': '256Mi', 'ephemeral-storage': '256Mi' },
    }],
    [QualityOfService.GUARANTEED, Resources.guaranteed({ cpu: '1', memory: '1Gi' }), {
      requests: { 'cpu': '1', 'memory': '1Gi', 'ephemeral-storage': '256Mi' },
      limits: { 'cpu': '1', 'memory': '1Gi', 'ephemeral-storage': '256Mi' },
    }],
    [QualityOfService.BEST_EFFORT, Resources.none(), undefined],
    [QualityOfService.BURSTABLE, Resources.exactly({ requests: { 'cpu': '1', 'nvidia.com/gpu': '1' }, limits: { 'nvidia.com/gpu': '1' } }), {
      requests: { 'cpu': '1', 'nvidia.com/gpu': '1' },
      limits: { 'nvidia.com/gpu': '1' },
    }],
  ])('%s', (quality, resources, expected) => {
    const chart = shop();
    orders(chart, { resources });
    expect(findings(chart)).toEqual([]);
    expect(resources.qualityOfService).toBe(quality);
    expect(containerOf(chart).resources).toEqual(expected);
  });

  test('resources of cdk8s-plus', () => {
    const chart = shop();
    orders(chart, {
      resources: Resources.fromContainerResources({
        cpu: { request: Cpu.millis(250), limit: Cpu.units(1) },
        memory: { request: Size.mebibytes(64), limit: Size.gibibytes(1) },
        ephemeralStorage: { request: Size.mebibytes(10) },
      }),
    });
    expect(containerOf(chart).resources).toEqual({
      requests: { 'cpu': '250m', 'memory': '65536Ki', 'ephemeral-storage': '10240Ki' },
      limits: { cpu: '1', memory: '1048576Ki' },
    });
  });

  test('a request above its limit', () => {
    const chart = shop();
    orders(chart, { resources: Resources.of({ memory: '1Gi', memoryLimit: '512Mi' }) });
    expect(findings(chart)).toEqual([finding('error', 'request-above-limit', 'shop/orders resources.requests.memory',
      "The request '1Gi' is above the limit '512Mi'.", 'Raise the limit or lower the request.')]);
  });

  test('what the platform says wrongly is its fault alone', () => {
    const chart = shop({ resources: Resources.of({ memory: 'much' }) });
    orders(chart, { sidecars: [{ name: 'logs', image: IMAGE }] });
    expect(findings(chart).filter(text => text.includes('[shop/orders'))).toEqual([]);
  });
});

describe('probes', () => {
  test('each kind, with its timings', () => {
    const { container, found } = probed({
      readiness: Probe.http('/ready', { headers: { B: '2', A: '1' }, https: true, timeout: Duration.seconds(3), successThreshold: 2 }),
      liveness: Probe.tcp({ port: '9000', initialDelay: Duration.seconds(5), period: Duration.seconds(20), failureThreshold: 5 }),
      startup: Probe.command(['/app/server', '-healthcheck'], { terminationGracePeriod: Duration.seconds(10) }),
    });
    expect(found).toEqual([]);
    expect(container).toMatchObject({
      readinessProbe: {
        httpGet: { path: '/ready', port: 'http', scheme: 'HTTPS', httpHeaders: [{ name: 'A', value: '1' }, { name: 'B', value: '2' }] },
        timeoutSeconds: 3,
        successThreshold: 2,
      },
      livenessProbe: { tcpSocket: { port: 9000 }, initialDelaySeconds: 5, periodSeconds: 20, failureThreshold: 5 },
      startupProbe: { exec: { command: ['/app/server', '-healthcheck'] }, periodSeconds: 2, failureThreshold: 30, terminationGracePeriodSeconds: 10 },
    });
  });

  test('none', () => {
    const chart = shop();
    orders(chart, { health: { readiness: Probe.none(), liveness: Probe.none(), startup: Probe.none() } });
    expect(Object.keys(containerOf(chart)).filter(key => key.endsWith('Probe'))).toEqual([]);
  });

  const identical = (where: string) => finding('warning', 'identical-probes', where,
    'Readiness and liveness ask the same question, so a pod that is only busy, or waits for another service, is restarted.',
    "Let liveness ask only what a restart mends, give it a higher failureThreshold, or acknowledge 'identical-probes' with the reason.");

  test('two that ask the same', () => {
    expect(probed({ readiness: Probe.http('/health'), liveness: Probe.http('/health', { port: '8080' }) }).found).toEqual([identical('shop/orders health.liveness')]);
    expect(probed({ readiness: Probe.http('/health'), liveness: Probe.http('/health', { failureThreshold: 6 }) }).found).toEqual([]);
  });

  test('two of a sidecar that ask the same', () => {
    const chart = shop();
    const health = { readiness: Probe.command(['true']), liveness: Probe.command(['true']) };
    orders(chart, { sidecars: [{ name: 'logs', image: IMAGE, health }] });
    expect(findings(chart)).toEqual([identical('shop/orders sidecars[0].health.liveness')]);
  });

  test('on a port that nobody declared', () => {
    expect(probed({ readiness: Probe.http('/ready', { port: 'admin' }), liveness: Probe.grpc({ port: '9001' }) }).found).toEqual([
      finding('error', 'probe-on-undeclared-port', 'shop/orders health.readiness.port',
        "The probe asks port 'admin', which the container does not declare.", "Ask one of 'http', '9000', or declare the port."),
      finding('error', 'probe-on-undeclared-port', 'shop/orders health.liveness.port',
        "The probe asks port '9001', which the container does not declare.", "Ask one of 'http', '9000', or declare the port."),
    ]);
  });

  test('of a container without ports', () => {
    const chart = shop();
    orders(chart, { sidecars: [{ name: 'logs', image: IMAGE, health: { readiness: Probe.http('/ready') } }] });
    expect(findings(chart)).toEqual([finding('error', 'probe-on-undeclared-port', 'shop/orders sidecars[0].health.readiness.port',
      'The probe has no port to ask: the container declares none.', 'Declare the port, or use Probe.command().')]);
  });

  test('that Kubernetes refuses', () => {
    expect(probed({
      readiness: Probe.http('ready', { terminationGracePeriod: Duration.seconds(5), failureThreshold: 0 }),
      liveness: Probe.command([], { successThreshold: 2, period: Duration.millis(1500) }),
    }).found).toEqual([
      finding('error', 'invalid-value', 'shop/orders health.readiness.failureThreshold', '0 is not a number of answers.', 'Write a whole number of at least 1.'),
      finding('error', 'invalid-value', 'shop/orders health.readiness.terminationGracePeriod',
        'A readiness probe never ends a container, so it has no grace period.', 'Give terminationGracePeriod to the liveness or startup probe.'),
      finding('error', 'invalid-path', 'shop/orders health.readiness.path', "The probe path 'ready' does not begin with '/'.", "Write '/ready'."),
      finding('error', 'invalid-value', 'shop/orders health.liveness.successThreshold',
        'A liveness probe counts one success; 2 is refused by Kubernetes.', 'Leave successThreshold out, or give it to the readiness probe.'),
      finding('error', 'invalid-value', 'shop/orders health.liveness.command', 'The probe has an empty command.', 'Write the program and its arguments as a list.'),
      finding('error', 'invalid-value', 'shop/orders health.liveness.period', 'Kubernetes counts whole seconds, and this is 1500 milliseconds.', 'Write Duration.seconds(2).'),
    ]);
  });
});

describe('images', () => {
  test.each([
    ['ghcr.io/acme/orders', 'error', 'tag-missing', "'ghcr.io/acme/orders' has no tag, which means 'latest'.", "Write 'ghcr.io/acme/orders:<version>'."],
    ['ghcr.io/acme/orders:latest', 'error', 'tag-missing', "The tag 'latest' names another image tomorrow.", 'Write the version that was built.'],
    ['Not An Image', 'error', 'invalid-image', "'Not An Image' is not an image reference.",
      "Write 'registry/repository:tag' in lower case, with '@sha256:…' behind it to pin it."],
    ['ghcr.io/acme/orders:1.4.2', 'info', 'digest-missing',
      "'ghcr.io/acme/orders:1.4.2' is not pinned: whoever can push to its registry can change what runs.",
      "Write 'ghcr.io/acme/orders:1.4.2@sha256:…' with the digest that the registry returned."],
  ] as const)('%s', (reference, severity, code, message, remedy) => {
    const chart = shop();
    orders(chart, { image: ContainerImage.reference(reference) });
    expect(findings(chart)).toContain(finding(severity, code, 'shop/orders image', message, remedy));
  });
});

describe('ports and names', () => {
  const withSidecar = (sidecar: Partial<Container>) => {
    const chart = shop();
    orders(chart, { sidecars: [{ name: 'logs', image: IMAGE, ...sidecar }] });
    return findings(chart);
  };

  test('a name that Kubernetes refuses', () => {
    expect(withSidecar({ name: 'Log Shipper' })).toEqual([finding('error', 'invalid-name', 'shop/orders sidecars[0].name',
      "'Log Shipper' is not a name for a container.", 'Use at most 63 lower-case letters, digits and dashes.')]);
  });

  test('ports of a sidecar', () => {
    expect(withSidecar({ ports: [{ number: 0 }, { number: 24224, name: 'Forward' }] })).toEqual([
      finding('error', 'invalid-port', 'shop/orders sidecars[0].ports[0]', '0 is not a port number.', 'Write a whole number from 1 to 65535.'),
      finding('error', 'invalid-name', 'shop/orders sidecars[0].ports[1].name', "'Forward' is not a port name.",
        'Use at most 15 lower-case letters, digits and single dashes, with at least one letter.'),
    ]);
  });

  test('other transports are said', () => {
    const chart = shop();
    new Microservice(chart, 'dns', { image: IMAGE, ports: [{ name: 'dns', number: 5353, protocol: 'UDP' as any }, { name: 'dns-tcp', number: 5353 }] });
    expect(findings(chart)).toEqual([]);
    expect(podOf(chart, 'dns').spec.containers[0].ports).toEqual([{ name: 'dns', containerPort: 5353, protocol: 'UDP' }, { name: 'dns-tcp', containerPort: 5353 }]);
  });
});

describe('containerFields', () => {
  test('come last; named items merge', () => {
    const chart = shop();
    orders(chart, {
      env: { A: '1', B: '2' },
      containerFields: {
        imagePullPolicy: 'IfNotPresent',
        env: [{ name: 'B', value: '3' }, { name: 'C', value: '4' }],
        ports: [{ containerPort: 8080, hostPort: 8080 }],
        securityContext: { runAsUser: 20000 },
        terminationMessagePolicy: 'FallbackToLogsOnError',
      },
    });
    expect(findings(chart)).toEqual([finding('warning', 'host-access', "shop/orders containerFields.ports['http'].hostPort", 'The pod takes port 8080 of its node.',
      "Leave it out, or acknowledge 'host-access' with the reason.")]);
    expect(containerOf(chart)).toMatchObject({
      imagePullPolicy: 'IfNotPresent',
      env: [{ name: 'A', value: '1' }, { name: 'B', value: '3' }, { name: 'GOMEMLIMIT', value: '115MiB' }, { name: 'C', value: '4' }],
      ports: [{ name: 'http', containerPort: 8080, hostPort: 8080 }],
      securityContext: { runAsUser: 20000, readOnlyRootFilesystem: true },
      terminationMessagePolicy: 'FallbackToLogsOnError',
    });
  });

  test('a hook of the user takes the place of the wait before SIGTERM', () => {
    const chart = shop();
    orders(chart, { containerFields: { lifecycle: { preStop: { exec: { command: ['/app/drain'] } } } } });
    expect(containerOf(chart).lifecycle).toEqual({ preStop: { exec: { command: ['/app/drain'] } } });
  });

  test('a hook beside it stands beside it', () => {
    const chart = shop();
    orders(chart, { containerFields: { lifecycle: { postStart: { exec: { command: ['/app/warm'] } } } } });
    expect(containerOf(chart).lifecycle).toEqual({ preStop: { sleep: { seconds: 5 } }, postStart: { exec: { command: ['/app/warm'] } } });
  });

  test('of a sidecar, with a field that the version does not know', () => {
    const chart = shop();
    orders(chart, { sidecars: [{ name: 'logs', image: IMAGE, containerFields: { stdin: true, restartPolicyRules: [{ action: 'Restart' }] } }] });
    expect(findings(chart)).toEqual([finding('error', 'unknown-field', 'shop/orders sidecars[0].containerFields.restartPolicyRules',
      "Kubernetes 1.31 does not know 'restartPolicyRules' of Container.",
      'Leave it out, or raise the Kubernetes version of the platform to 1.34, the first that knows it.')]);
  });
});
