import { Duration } from 'cdk8s';
import { faultless, faultsOf } from './faults';
import { type Port, Probe } from '../../lib';
import { ProbeRole } from '../../lib/definition/probe';

const PORTS: Port[] = [{ name: 'http', number: 8080 }, { number: 9090 }, { name: 'grpc', number: 50051 }];
const { LIVENESS, READINESS, STARTUP } = ProbeRole;

const rendered = (probe: Probe, role = READINESS, ports = PORTS) => faultless(report => probe._render(role, ports, report));
const faults = (probe: Probe, role = READINESS, ports = PORTS) => faultsOf(report => probe._render(role, ports, report));

test.each<[string, Probe, object | undefined]>([
  ['HTTP asks the first port by its name', Probe.http('/readyz'), { httpGet: { path: '/readyz', port: 'http' } }],
  ['a port by its name', Probe.http('/', { port: 'grpc' }), { httpGet: { path: '/', port: 'grpc' } }],
  ['a port by its number has the name where there is one', Probe.http('/', { port: '8080' }), { httpGet: { path: '/', port: 'http' } }],
  ['a port without a name', Probe.http('/', { port: '9090' }), { httpGet: { path: '/', port: 9090 } }],
  ['HTTPS with headers, by name', Probe.http('/', { https: true, headers: { b: '2', a: '1' } }),
    { httpGet: { path: '/', port: 'http', scheme: 'HTTPS', httpHeaders: [{ name: 'a', value: '1' }, { name: 'b', value: '2' }] } }],
  ['TCP', Probe.tcp(), { tcpSocket: { port: 'http' } }],
  ['gRPC asks the port of that name, by number', Probe.grpc({ service: 'orders' }), { grpc: { port: 50051, service: 'orders' } }],
  ['gRPC on another port', Probe.grpc({ port: 'http' }), { grpc: { port: 8080 } }],
  ['a command', Probe.command(['/app/server', '-healthcheck']), { exec: { command: ['/app/server', '-healthcheck'] } }],
  ['none', Probe.none(), undefined],
])('%s', (_, probe, expected) => {
  expect(rendered(probe)).toEqual(expected);
});

test('gRPC takes the first port where none has that name', () => {
  expect(rendered(Probe.grpc(), READINESS, [{ name: 'main', number: 7000 }])).toEqual({ grpc: { port: 7000 } });
});

test('a startup probe asks often and is patient', () => {
  expect(rendered(Probe.tcp(), STARTUP)).toEqual({ tcpSocket: { port: 'http' }, periodSeconds: 2, failureThreshold: 30 });
  expect(rendered(Probe.tcp({ period: Duration.seconds(5), failureThreshold: 6 }), STARTUP)).toEqual({ tcpSocket: { port: 'http' }, periodSeconds: 5, failureThreshold: 6 });
  expect(rendered(Probe.none(), STARTUP)).toBeUndefined();
});

test('timings', () => {
  const timings = { initialDelay: Duration.seconds(1), period: Duration.minutes(1), timeout: Duration.seconds(3), failureThreshold: 4 };
  expect(rendered(Probe.tcp({ ...timings, terminationGracePeriod: Duration.seconds(10) }), LIVENESS)).toEqual({
    tcpSocket: { port: 'http' }, initialDelaySeconds: 1, periodSeconds: 60, timeoutSeconds: 3, failureThreshold: 4, terminationGracePeriodSeconds: 10,
  });
  expect(rendered(Probe.tcp({ successThreshold: 2 }))).toEqual({ tcpSocket: { port: 'http' }, successThreshold: 2 });
});

test.each<[string, string[]]>([
  ['a path without a slash', faults(Probe.http('readyz'))],
  ['an unknown port', faults(Probe.http('/', { port: 'admin' }))],
  ['an unknown number', faults(Probe.tcp({ port: '81' }))],
  ['no port at all', faults(Probe.grpc(), READINESS, [])],
  ['an unknown port where there is none', faults(Probe.tcp({ port: '81' }), READINESS, [])],
  ['an empty command', faults(Probe.command([]))],
  ['a threshold', faults(Probe.tcp({ failureThreshold: 0, successThreshold: 1.5 }))],
  ['successes of a liveness probe', faults(Probe.tcp({ successThreshold: 2 }), LIVENESS)],
  ['a grace period of a readiness probe', faults(Probe.tcp({ terminationGracePeriod: Duration.seconds(1) }))],
  ['half a second', faults(Probe.tcp({ period: Duration.millis(500) }))],
])('%s is wrong', (_, found) => {
  expect(found).toMatchSnapshot();
});

test('an unknown port is still rendered, so that the manifest shows what was meant', () => {
  const render = (port: string) => Probe.tcp({ port })._render(READINESS, PORTS, () => undefined);
  expect([render('admin'), render('81')]).toEqual([{ tcpSocket: { port: 'admin' } }, { tcpSocket: { port: 81 } }]);
});
