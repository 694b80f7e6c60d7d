import { ApiObject, App, Chart } from 'cdk8s';
import { DockerfileParser, type Instruction, type JSONInstruction } from 'dockerfile-ast';
import { findings } from './fake-service';
import { inFolderWith, ORDERS } from './module-folder';
import {
  GoImage, type GoImageOptions, GoStyleMicroservice, type GoStyleMicroserviceProps, ImageBase, ImageTag, Platform, Probe, Volume,
} from '../../lib';
import { Artifacts } from '../../lib/synthesis';

inFolderWith({ ...ORDERS, 'services/orders/cmd/migrate/main.go': 'package main\n\nfunc main() {}\n', 'services/orders/bin/probe': '' });

interface Rendered {
  readonly pod: any;
  readonly container: any;
  readonly text: string;
  readonly faults: string[];
  /** What an instruction of the final stage says. */
  said(keyword: string): string[];
}

/** A service and the image that it runs, as both are written. */
function render(options: GoImageOptions = {}, props: Partial<GoStyleMicroserviceProps> = {}): Rendered {
  const app = new App();
  new Platform(app, { registry: 'ghcr.io/acme', imageTag: ImageTag.of('1.4.2') });
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  new GoStyleMicroservice(chart, 'orders', { image: GoImage.fromModule('services/orders', { main: './cmd/server', ...options }), ...props });
  const deployment = chart.node.findAll().filter(each => ApiObject.isApiObject(each)).map(each => (each as ApiObject).toJson()).find(({ kind }) => kind === 'Deployment');
  const text = Artifacts.of(app).render('images/orders/Dockerfile')!;
  const instructions: Instruction[] = DockerfileParser.parse(text).getInstructions();
  const final = instructions.slice(instructions.map(each => each.getKeyword()).lastIndexOf('FROM'));
  return {
    pod: deployment.spec.template.spec,
    container: deployment.spec.template.spec.containers[0],
    said: keyword => final.filter(each => each.getKeyword() === keyword).map(each =>
      keyword === 'ENTRYPOINT' ? JSON.stringify((each as JSONInstruction).getJSONStrings().map(word => word.getJSONValue())) : each.getArgumentsContent()!),
    text,
    faults: findings(app).map(({ code, property, message, remedy }) => `${code} [${property}] ${message} ${remedy}`),
  };
}

test('user and group', () => {
  for (const security of [undefined, { user: 10001, group: 10002 }]) {
    const { pod, container, said } = render({}, security && { security });
    const { runAsUser, runAsGroup } = { ...pod.securityContext, ...container.securityContext };
    expect(said('USER')).toEqual([`${runAsUser}:${runAsGroup}`]);
  }
});

test('ports', () => {
  const { container, said } = render({}, { port: 8080, grpcPort: 9000, metricsPort: 9090 });
  expect(said('EXPOSE')[0].split(' ').map(Number)).toEqual(container.ports.map(({ containerPort }: any) => containerPort).sort((a: number, b: number) => a - b));
});

describe('the program', () => {
  test("is the image's own where nobody says otherwise", () => {
    const { container, said } = render();
    expect([container.command, container.args]).toEqual([undefined, undefined]);
    expect(said('ENTRYPOINT')).toEqual(['["/app/server"]']);
    expect(said('CMD')).toEqual([]);
  });

  test('takes the arguments of the pod', () => {
    expect(render({}, { args: ['-v'] }).container).toMatchObject({ args: ['-v'] });
  });

  test('is another one of the image where the service takes that', () => {
    const image = GoImage.fromModule('services/orders', { main: './cmd/server', programs: ['./cmd/migrate'], name: 'orders' });
    const { pod, text, faults } = render({}, { image, initContainers: [{ name: 'migrate', image: image.program('migrate') }] });
    expect(pod.initContainers[0].command).toEqual(['/app/migrate']);
    expect(pod.initContainers[0].image).toBe(pod.containers[0].image);
    expect(text).toContain('COPY --link --from=build /out/migrate /app/migrate\n');
    expect(faults).toEqual([]);
  });

  test('that the image has not is reported', () => {
    const image = GoImage.fromModule('services/orders', { main: './cmd/server', programs: ['./cmd/migrate'], name: 'orders' });
    expect(render({}, { image: image.program('worker') }).faults).toEqual([
      "image-conflict [image] The image has no program 'worker'. Name one of 'server', 'migrate', or add its package to 'programs' of the image.",
      "image-conflict [command] The container runs '/app/worker', which its image does not hold. Run '/app/server', or add the program or the file to the image.",
    ]);
  });

  test.each<[GoImageOptions, string[], string]>([
    [{}, ['sh', '-c', 'exec /app/server'], "image-conflict [command] The container runs 'sh', but the base of its image holds the program alone. Let the program do it, for example by a flag '-healthcheck', or give the image a base with a shell: ImageBase.alpine()."],
    [{ base: ImageBase.scratch() }, ['/bin/sh'], "image-conflict [command] The container runs '/bin/sh', but the base of its image holds the program alone. Let the program do it, for example by a flag '-healthcheck', or give the image a base with a shell: ImageBase.alpine()."],
    [{}, ['/app/orders'], "image-conflict [command] The container runs '/app/orders', which its image does not hold. Run '/app/server', or add the program or the file to the image."],
  ])('%j cannot be run by %j', (options, command, fault) => {
    expect(render(options, { command }).faults).toEqual([fault]);
  });

  test.each<[GoImageOptions, string[]]>([
    [{ base: ImageBase.alpine() }, ['sh', '-c', 'exec /app/server']],
    [{}, ['/app/server', '-v']],
    [{ files: { '/app/bin': 'bin' } }, ['/app/bin/probe']],
    [{ base: ImageBase.custom('registry.example.com/base:1') }, ['sh']],
  ])('%j can be run by %j', (options, command) => {
    expect(render(options, { command }).faults).toEqual([]);
  });
});

describe('what a probe runs', () => {
  test('is in the image', () => {
    const { said, faults } = render({}, { health: { liveness: Probe.command(['/app/server', '-healthcheck']) } });
    expect(said('COPY')).toContain('/out/server /app/server');
    expect(faults).toEqual([]);
  });

  test('or it is reported', () => {
    expect(render({}, { health: { liveness: Probe.command(['wget', '-q', 'http://localhost:8080/healthz']) } }).faults).toEqual([
      "image-conflict [health.liveness] The container runs 'wget', but the base of its image holds the program alone. Let the program do it, for example by a flag '-healthcheck', or give the image a base with a shell: ImageBase.alpine().",
    ]);
  });
});

describe('where the program writes', () => {
  test('there is a volume', () => {
    const { container, faults } = render({ writablePaths: ['/var/cache/orders/pages'] }, { volumes: { '/var/cache/orders': Volume.emptyDir() } });
    expect(container.volumeMounts.map(({ mountPath }: any) => mountPath)).toContain('/var/cache/orders');
    expect(faults).toEqual([]);
  });

  test('`/tmp` is always there', () => {
    expect(render({ writablePaths: ['/tmp/x'] }).faults).toEqual([]);
  });

  test('or that is reported', () => {
    expect(render({ writablePaths: ['/var/cache/orders'] }).faults).toEqual([
      "image-conflict [volumes] The program writes to '/var/cache/orders', which is read-only in the container. Mount a volume there: volumes: { '/var/cache/orders': Volume.emptyDir() }.",
    ]);
  });

  test('and no volume hides the program', () => {
    expect(render({}, { volumes: { '/app': Volume.emptyDir() } }).faults).toEqual([
      "image-conflict [volumes['/app']] A volume at '/app' hides the program, which lies at '/app/server'. Mount it below '/app', for example at '/app/data', or elsewhere.",
    ]);
    expect(render({}, { volumes: { '/app/data': Volume.emptyDir() } }).faults).toEqual([]);
  });
});

describe('how it ends', () => {
  test('the kubelet sends what the image says, and waits as long as the drain takes', () => {
    for (const [options, signal] of [[{}, 'SIGTERM'], [{ stopSignal: 'SIGINT' }, 'SIGINT']] as const) {
      const { pod, container, said } = render(options);
      expect(said('STOPSIGNAL')).toEqual([signal]);
      // The pod's own signal would win against the image's.
      expect(container.lifecycle.stopSignal).toBeUndefined();
      expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(container.lifecycle.preStop.sleep.seconds);
    }
  });
});

describe('time zones and certificates', () => {
  test.each<[string, GoImageOptions, RegExp]>([
    ['distroless brings them', {}, /^FROM gcr\.io\/distroless\/static-debian13:nonroot AS final$/m],
    ['scratch gets them', { base: ImageBase.scratch() }, /\/usr\/share\/zoneinfo\/ \/usr\/share\/zoneinfo\/\n[\s\S]*\/rootfs\/ \/\n/],
    ['Alpine gets them', { base: ImageBase.alpine() }, /ca-certificates\.crt \/etc\/ssl\/certs\/ca-certificates\.crt\nCOPY .* \/usr\/share\/zoneinfo\/ \/usr\/share\/zoneinfo\/\n/],
  ])('%s', (_, options, expected) => {
    expect(render(options).text).toMatch(expected);
  });
});
