/** What abstractions over Kubernetes tend to forget, and what real applications write nevertheless: each said by the public API, without a raw patch. */
import { type Chart, Duration, Testing } from 'cdk8s';
import {
  AccessMode, ClaimSource, ContainerImage, Diagnostics, EnvReference, type GoStyleMicroservice, LifecycleHook, Microservice, type MicroserviceProps,
  MountPropagation, NodeAgent, OneOffTask, Placement, Probe, Replicas, Resources, Rollout, ScheduledTask, StatefulService, Volume, VolumeMode, Worker,
} from '../../lib';
import { finding, findings, IMAGE, manifestOf, manifestsOf, orders, shop, shopOn } from '../support/services';
import { validateBy } from '../support/validate-every-manifest';

afterEach(() => validateBy(() => undefined));

function serve(chart: Chart, props: Partial<MicroserviceProps> = {}): Microservice {
  return new Microservice(chart, 'web', { image: IMAGE, ports: [{ name: 'http', number: 8080 }], ...props });
}

/** The pod of a service about which nothing is found. */
function podWith(props: Partial<MicroserviceProps>): any {
  const chart = shop();
  serve(chart, props);
  expect(findings(chart)).toEqual([]);
  return manifestOf(chart, 'Deployment').spec.template.spec;
}

const containerWith = (props: Partial<MicroserviceProps>): any => podWith(props).containers[0];
/** What is found, but for the reasons that acknowledge it. */
const warningsOf = (service: Microservice | NodeAgent | GoStyleMicroservice) => Diagnostics.of(service).collect().map(({ code, property }) => `${code} ${property}`);

describe('containers and images', () => {
  test('containers without ports', () => {
    const chart = shop();
    new Worker(chart, 'mailer', { image: IMAGE, sidecars: [{ name: 'logs', image: IMAGE }] });
    expect(findings(chart)).toEqual([]);
    const { spec } = manifestOf(chart, 'Deployment').spec.template;
    expect([...spec.containers, ...spec.initContainers].map(container => container.ports)).toEqual([undefined, undefined]);
    expect(Object.keys(manifestsOf(chart)).filter(key => key.startsWith('Service '))).toEqual([]);
  });

  test('one image with several commands', () => {
    const chart = shop();
    const image = ContainerImage.reference(`ghcr.io/acme/shop:2.0.0@sha256:${'0'.repeat(64)}`);
    serve(chart, { image, command: ['/app/shop', 'serve'] });
    new Worker(chart, 'worker', { image, command: ['/app/shop', 'work'], args: ['--queue=mails'] });
    new ScheduledTask(chart, 'nightly', { image, schedule: '@daily', command: ['/app/shop'], args: ['clean'], workingDir: '/app' });
    new OneOffTask(chart, 'migrate', { image, args: ['migrate'] });
    expect(findings(chart)).toEqual([]);
    const containers = [
      manifestOf(chart, 'Deployment', 'web').spec.template,
      manifestOf(chart, 'Deployment', 'worker').spec.template,
      manifestOf(chart, 'CronJob').spec.jobTemplate.spec.template,
      manifestOf(chart, 'Job').spec.template,
    ].map(({ spec }) => spec.containers[0]);
    expect(new Set(containers.map(container => container.image)).size).toBe(1);
    expect(containers.map(({ command, args, workingDir }) => [command, args, workingDir])).toEqual([
      [['/app/shop', 'serve'], undefined, undefined],
      [['/app/shop', 'work'], ['--queue=mails'], undefined],
      [['/app/shop'], ['clean'], '/app'],
      [undefined, ['migrate'], undefined],
    ]);
  });

  test('several containers, each with all that a container has', () => {
    const pod = podWith({
      sidecars: [
        { name: 'proxy', image: IMAGE, ports: [{ name: 'proxy', number: 15001 }], health: { readiness: Probe.tcp() }, env: { LEVEL: 'info' } },
        { name: 'logs', image: IMAGE, args: ['--follow'], resources: Resources.of({ cpu: '10m', memory: '32Mi' }), volumes: { '/cache': Volume.emptyDir() } },
      ],
    });
    expect(pod.containers).toHaveLength(1);
    expect(pod.initContainers.map(({ name, restartPolicy }: any) => [name, restartPolicy])).toEqual([['proxy', 'Always'], ['logs', 'Always']]);
    expect(pod.initContainers[0]).toMatchObject({ readinessProbe: { tcpSocket: { port: 'proxy' } }, env: [{ name: 'LEVEL', value: 'info' }] });
    expect(pod.initContainers[1].resources.requests).toMatchObject({ cpu: '10m', memory: '32Mi' });
  });

  test('init containers, in their order, before native sidecars', () => {
    const pod = podWith({ initContainers: ['second', 'first'].map(name => ({ name, image: IMAGE })), sidecars: [{ name: 'proxy', image: IMAGE }] });
    expect(pod.initContainers.map(({ name }: any) => name)).toEqual(['second', 'first', 'proxy']);
  });

  test('sidecars under 1.29 are ordinary containers', () => {
    const chart = shopOn('1.28');
    serve(chart, { drain: { ownDelay: true }, sidecars: [{ name: 'proxy', image: IMAGE }] });
    expect(findings(chart)).toEqual([]);
    const { spec } = manifestOf(chart, 'Deployment').spec.template;
    expect(spec.containers.map(({ name }: any) => name)).toEqual(['web', 'proxy']);
    expect(spec).not.toHaveProperty('initContainers');
  });

  test('an init container has neither probes nor hooks', () => {
    const chart = shop();
    serve(chart, { initContainers: [{ name: 'wait', image: IMAGE, health: { liveness: Probe.command(['/a']) }, lifecycle: { postStart: LifecycleHook.command(['/b']) } }] });
    expect(findings(chart)).toEqual([
      finding('error', 'conflicting-options', 'shop/web initContainers[0].lifecycle.postStart', 'A container that runs to completion before the others start has no hooks.',
        "Leave it out, or move the container to 'sidecars'."),
      finding('error', 'conflicting-options', 'shop/web initContainers[0].health.liveness', 'A container that runs to completion before the others start has no probes.',
        "Leave it out, or move the container to 'sidecars'."),
    ]);
  });

  test('image pull secrets', () => {
    expect(podWith({ imagePullSecrets: ['registry', 'mirror'] }).imagePullSecrets).toEqual([{ name: 'registry' }, { name: 'mirror' }]);
  });
});

describe('ports', () => {
  test('a container port left out of the Service', () => {
    const chart = shop();
    serve(chart, { ports: [{ name: 'http', number: 8080 }, { name: 'admin', number: 9901, exposed: false }] });
    expect(findings(chart)).toEqual([]);
    expect(manifestOf(chart, 'Deployment').spec.template.spec.containers[0].ports).toEqual([{ name: 'http', containerPort: 8080 }, { name: 'admin', containerPort: 9901 }]);
    expect(manifestOf(chart, 'Service').spec.ports).toEqual([{ name: 'http', port: 8080, targetPort: 'http' }]);
  });

  test('unnamed and numeric ports', () => {
    const chart = shop();
    serve(chart, { ports: [{ number: 8080, servicePort: 80 }], health: { readiness: Probe.http('/', { port: '8080' }) } });
    expect(findings(chart)).toEqual([]);
    expect(manifestOf(chart, 'Service').spec.ports).toEqual([{ port: 80, targetPort: 8080 }]);
    expect(manifestOf(chart, 'Deployment').spec.template.spec.containers[0]).toMatchObject({ ports: [{ containerPort: 8080 }], readinessProbe: { httpGet: { port: 8080 } } });
  });
});

describe('resources and replicas', () => {
  const amounts = (resources: Resources) => containerWith({ resources }).resources;

  test('limits without requests and the reverse', () => {
    expect(amounts(Resources.exactly({ limits: { cpu: '1', memory: '64Mi' } }))).toEqual({ limits: { cpu: '1', memory: '64Mi' } });
    expect(amounts(Resources.exactly({ requests: { cpu: '1', memory: '64Mi' } }))).toEqual({ requests: { cpu: '1', memory: '64Mi' } });
  });

  test('no resources at all', () => {
    expect(amounts(Resources.none())).toBeUndefined();
  });

  test('replicas left to the autoscaler', () => {
    for (const replicas of [Replicas.autoscaled({ max: 5 }), Replicas.unmanaged()]) {
      const chart = shop();
      serve(chart, { replicas });
      new StatefulService(chart, 'ledger', { image: IMAGE, ports: [{ number: 7000 }], replicas });
      expect(findings(chart)).toEqual([]);
      expect([manifestOf(chart, 'Deployment'), manifestOf(chart, 'StatefulSet')].map(({ spec }) => 'replicas' in spec)).toEqual([false, false]);
    }
  });
});

describe('environment', () => {
  test('variables that refer to others by $(NAME)', () => {
    expect(containerWith({ env: { A_BUCKET: 'logs-$(Z_REGION)', Z_REGION: 'eu' } }).env).toEqual([{ name: 'Z_REGION', value: 'eu' }, { name: 'A_BUCKET', value: 'logs-$(Z_REGION)' }]);
  });

  test('the downward API by field and resource', () => {
    expect(containerWith({
      envValueFrom: {
        NODE: EnvReference.field('spec.nodeName'),
        TEAM: EnvReference.field("metadata.labels['team']"),
        MEMORY: EnvReference.resource('limits.memory', '1Mi'),
      },
    }).env).toEqual([
      { name: 'MEMORY', valueFrom: { resourceFieldRef: { resource: 'limits.memory', divisor: '1Mi' } } },
      { name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
      { name: 'TEAM', valueFrom: { fieldRef: { fieldPath: "metadata.labels['team']" } } },
    ]);
  });

  test('empty text', () => {
    expect(containerWith({ env: { PROXY: '' } }).env).toEqual([{ name: 'PROXY', value: '' }]);
  });
});

describe('volumes', () => {
  const volumesWith = (volumes: { [path: string]: Volume }, props: Partial<MicroserviceProps> = {}) => {
    const pod = podWith({ volumes, ...props });
    const [container] = pod.containers;
    const scratch = ({ name }: { name: string }) => name !== 'tmp';
    return { volumes: pod.volumes.filter(scratch), mounts: container.volumeMounts.filter(scratch), devices: container.volumeDevices };
  };

  test('a ConfigMap key under another name, at one file by subPath', () => {
    expect(volumesWith({ '/etc/nginx/nginx.conf': Volume.configMap('web', { items: { 'main.conf': 'nginx' }, mode: 0o440 }).mounted({ subPath: 'main.conf' }) })).toEqual({
      volumes: [{ name: 'web', configMap: { name: 'web', items: [{ key: 'nginx', path: 'main.conf' }], defaultMode: 0o440 } }],
      mounts: [{ name: 'web', mountPath: '/etc/nginx/nginx.conf', subPath: 'main.conf', readOnly: true }],
      devices: undefined,
    });
  });

  test('projected volumes', () => {
    const { volumes } = volumesWith({ '/etc/all': Volume.projected([Volume.configMap('a'), Volume.secret('b', { items: { 'key.pem': 'tls.key' } }), Volume.downwardApi({ name: 'metadata.name' })]) });
    expect(volumes[0].projected.sources).toEqual([
      { configMap: { name: 'a' } },
      { secret: { name: 'b', items: [{ key: 'tls.key', path: 'key.pem' }] } },
      { downwardAPI: { items: [{ path: 'name', fieldRef: { fieldPath: 'metadata.name' } }] } },
    ]);
  });

  test('emptyDir in memory', () => {
    expect(volumesWith({ '/dev/shm': Volume.emptyDir({ inMemory: true, sizeLimit: '32Mi' }) }).volumes).toEqual([{ name: 'dev-shm', emptyDir: { medium: 'Memory', sizeLimit: '32Mi' } }]);
  });

  test('claims that exist, for one pod at a time and for many', () => {
    const single = { replicas: Replicas.fixed(1), rollout: Rollout.recreate() };
    expect(volumesWith({ '/data': Volume.persistentVolumeClaim('data') }, single).volumes).toEqual([{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }]);
    expect(volumesWith({ '/data': Volume.persistentVolumeClaim('data', { accessModes: [AccessMode.READ_ONLY_MANY] }).mounted({ readOnly: true, subPath: 'a/b' }) }).mounts)
      .toEqual([{ name: 'data', mountPath: '/data', readOnly: true, subPath: 'a/b' }]);
  });

  test('ephemeral claims, with class, modes and content', () => {
    expect(volumesWith({ '/data': Volume.ephemeral({ size: '1Gi', storageClassName: 'fast', accessModes: [AccessMode.READ_WRITE_ONCE_POD], source: ClaimSource.snapshot('s') }) }).volumes[0].ephemeral)
      .toEqual({
        volumeClaimTemplate: {
          spec: {
            accessModes: ['ReadWriteOncePod'],
            storageClassName: 'fast',
            dataSource: { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 's' },
            resources: { requests: { storage: '1Gi' } },
          },
        },
      });
  });

  test('claims of each pod', () => {
    const chart = shop();
    new StatefulService(chart, 'ledger', { image: IMAGE, ports: [{ number: 7000 }], volumes: { '/data': Volume.claimTemplate('data', { size: '1Gi' }) } });
    expect(findings(chart)).toEqual([]);
    expect(manifestOf(chart, 'StatefulSet').spec.volumeClaimTemplates).toHaveLength(1);
  });

  test('raw block devices', () => {
    const raw = { volumeMode: VolumeMode.BLOCK };
    expect(volumesWith({ '/dev/xvda': Volume.ephemeral({ size: '1Gi', ...raw }), '/dev/xvdb': Volume.persistentVolumeClaim('raw', { accessModes: [AccessMode.READ_WRITE_MANY], ...raw }) })).toEqual({
      volumes: [
        { name: 'dev-xvda', ephemeral: { volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'], volumeMode: 'Block', resources: { requests: { storage: '1Gi' } } } } } },
        { name: 'raw', persistentVolumeClaim: { claimName: 'raw' } },
      ],
      mounts: [],
      devices: [{ name: 'dev-xvda', devicePath: '/dev/xvda' }, { name: 'raw', devicePath: '/dev/xvdb' }],
    });
  });

  test('a device cannot be mounted in part', () => {
    const chart = shop();
    const mount = { subPath: 'a', readOnly: true, propagation: MountPropagation.NONE };
    serve(chart, { volumes: { '/dev/xvda': Volume.ephemeral({ size: '1Gi', volumeMode: VolumeMode.BLOCK }).mounted(mount) } });
    expect(findings(chart)).toEqual(Object.keys(mount).map(property => finding('error', 'conflicting-options', `shop/web volumes['/dev/xvda'].${property}`,
      `The volume is a block device, which has no ${property}.`, `Leave '${property}' out, or use VolumeMode.FILESYSTEM.`)));
  });

  test('hostPath by opt-in', () => {
    const chart = shop();
    const agent = new NodeAgent(chart, 'agent', { image: IMAGE, volumes: { '/host': Volume.hostPath('/', 'Directory').mounted({ readOnly: true, propagation: MountPropagation.HOST_TO_CONTAINER }) } });
    expect(warningsOf(agent)).toEqual(["host-access volumes['/host']"]);
    const { spec } = manifestOf(chart, 'DaemonSet').spec.template;
    expect(spec.volumes[0]).toEqual({ name: 'host', hostPath: { path: '/', type: 'Directory' } });
    expect(spec.containers[0].volumeMounts[0]).toEqual({ name: 'host', mountPath: '/host', readOnly: true, mountPropagation: 'HostToContainer' });
  });
});

describe('probes and hooks', () => {
  test.each<[string, Probe, object]>([
    ['exec', Probe.command(['/bin/check', '--all']), { exec: { command: ['/bin/check', '--all'] } }],
    ['HTTP with headers', Probe.http('/ready', { headers: { 'X-Probe': 'yes', 'Host': 'example.com' } }), {
      httpGet: { path: '/ready', port: 'http', httpHeaders: [{ name: 'Host', value: 'example.com' }, { name: 'X-Probe', value: 'yes' }] },
    }],
    ['TCP', Probe.tcp(), { tcpSocket: { port: 'http' } }],
    ['gRPC', Probe.grpc(), { grpc: { port: 8080 } }],
    ['a named port', Probe.tcp({ port: 'admin' }), { tcpSocket: { port: 'admin' } }],
  ])('by %s', (_, probe, expected) => {
    const ports = [{ name: 'http', number: 8080 }, { name: 'admin', number: 9901 }];
    expect(containerWith({ ports, health: { readiness: probe } }).readinessProbe).toEqual(expected);
  });

  test('lifecycle hooks of the main container and of sidecars', () => {
    const pod = podWith({
      lifecycle: { postStart: LifecycleHook.command(['/app/warm']), preStop: LifecycleHook.http('/drain') },
      drain: { delay: Duration.seconds(15), timeout: Duration.seconds(10) },
      sidecars: [{ name: 'proxy', image: IMAGE, lifecycle: { preStop: LifecycleHook.sleep(Duration.seconds(20)) } }],
    });
    expect(pod.containers[0].lifecycle).toEqual({ postStart: { exec: { command: ['/app/warm'] } }, preStop: { httpGet: { path: '/drain', port: 'http' } } });
    expect(pod.initContainers[0].lifecycle).toEqual({ preStop: { sleep: { seconds: 20 } } });
    // What the hook may take counts, though Kubernetes makes no wait of it.
    expect(pod.terminationGracePeriodSeconds).toBe(30);
  });

  test('hooks that sleep come with 1.30', () => {
    const chart = shopOn('1.29');
    serve(chart, { drain: { ownDelay: true }, lifecycle: { preStop: LifecycleHook.sleep(Duration.seconds(5)) } });
    expect(findings(chart)).toEqual([finding('error', 'unknown-field', 'shop/web lifecycle.preStop',
      'Kubernetes 1.29 does not know hooks that sleep; they come with 1.30.',
      "Leave it out, use LifecycleHook.command(['sleep', '…']) where the image has such a program, or raise the Kubernetes version of the platform.")]);
  });

  test('part of a second is said once, where it is written', () => {
    const chart = shop();
    serve(chart, { lifecycle: { preStop: LifecycleHook.sleep(Duration.millis(1500)) } });
    expect(findings(chart)).toEqual([finding('error', 'invalid-value', 'shop/web lifecycle.preStop.duration',
      'Kubernetes counts whole seconds, and this is 1500 milliseconds.', 'Write Duration.seconds(2).')]);
  });
});

describe('where pods run', () => {
  test('nodeSelector, tolerations, priority and runtime class, scheduler', () => {
    expect(podWith({
      placement: Placement.of({
        nodeSelector: { pool: 'fast' },
        tolerations: [{ key: 'spot', value: 'yes', effect: 'NoExecute', tolerationSeconds: 60 }],
        priorityClassName: 'high',
        runtimeClassName: 'gvisor',
        schedulerName: 'bin-packer',
      }),
    })).toMatchObject({
      nodeSelector: { pool: 'fast' },
      tolerations: [{ key: 'spot', operator: 'Equal', value: 'yes', effect: 'NoExecute', tolerationSeconds: 60 }],
      priorityClassName: 'high',
      runtimeClassName: 'gvisor',
      schedulerName: 'bin-packer',
    });
  });

  test('nodeName', () => {
    expect(podWith({ placement: Placement.of({ nodeName: 'node-7.example.com' }) }).nodeName).toBe('node-7.example.com');
  });

  test('affinity of nodes and pods, beside what we say of our own', () => {
    const { affinity } = podWith({
      placement: Placement.of({
        affinity: {
          nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'gpu', operator: 'Exists' }] }] } },
          podAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm: { labelSelector: { matchLabels: { app: 'cache' } }, topologyKey: 'kubernetes.io/hostname' } }] },
        },
      }),
    });
    expect(Object.keys(affinity).sort()).toEqual(['nodeAffinity', 'podAffinity', 'podAntiAffinity']);
    expect(affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions).toEqual([{ key: 'gpu', operator: 'Exists' }]);
  });

  test('topology spread: ours, none, or that of the user', () => {
    const mine = { maxSkew: 2, topologyKey: 'rack', whenUnsatisfiable: 'DoNotSchedule', labelSelector: { matchLabels: { app: 'web' } } };
    expect(podWith({}).topologySpreadConstraints).toEqual([expect.objectContaining({ topologyKey: 'topology.kubernetes.io/zone' })]);
    expect(podWith({ placement: Placement.of({ spread: false }) })).not.toHaveProperty('topologySpreadConstraints');
    expect(podWith({ placement: Placement.of({ spread: false }), podFields: { topologySpreadConstraints: [mine] } }).topologySpreadConstraints).toEqual([mine]);
  });
});

describe('what pods may do', () => {
  test('the network of the node with its DNS policy', () => {
    const chart = shop();
    expect(warningsOf(serve(chart, { security: { hostNetwork: true } }))).toEqual(['host-access security.hostNetwork']);
    expect(manifestOf(chart, 'Deployment').spec.template.spec).toMatchObject({ hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' });
  });

  test('capabilities added', () => {
    expect(containerWith({ security: { addCapabilities: ['NET_BIND_SERVICE'] } }).securityContext.capabilities).toEqual({ add: ['NET_BIND_SERVICE'], drop: ['ALL'] });
    const chart = shop();
    expect(warningsOf(serve(chart, { security: { addCapabilities: ['CAP_NET_ADMIN'] } }))).toEqual(['hardening-off security.addCapabilities']);
    expect(manifestOf(chart, 'Deployment').spec.template.spec.containers[0].securityContext.capabilities).toEqual({ add: ['NET_ADMIN'], drop: ['ALL'] });
  });

  test('sysctls', () => {
    expect(podWith({ security: { sysctls: { 'net.ipv4.tcp_syncookies': '1', 'kernel.shm_rmid_forced': '1' } } }).securityContext.sysctls)
      .toEqual([{ name: 'kernel.shm_rmid_forced', value: '1' }, { name: 'net.ipv4.tcp_syncookies', value: '1' }]);
  });
});

test('a Go service says all of it in the same words', () => {
  const chart = shop();
  orders(chart, { placement: Placement.edge(), lifecycle: { postStart: LifecycleHook.command(['/app/warm']) }, volumes: { '/data': Volume.ephemeral({ size: '1Gi' }) } });
  expect(findings(chart)).toEqual([]);
  expect(Testing.synth(chart).find(({ kind }) => kind === 'Deployment').spec.template.spec.containers[0].lifecycle.postStart.exec.command).toEqual(['/app/warm']);
});
