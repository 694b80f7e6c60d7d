import { Duration } from 'cdk8s';
import { faultless, faultsOf } from './faults';
import { LifecycleHook } from '../../lib';
import type { Port } from '../../lib/definition';
import { renderLifecycle } from '../../lib/definition/lifecycle';

const PORTS: Port[] = [{ name: 'http', number: 8080 }, { number: 9000 }];
const rendered = (hook: LifecycleHook, ports = PORTS) => faultless(report => hook._render(ports, report));
const faults = (hook: LifecycleHook, ports = PORTS) => faultsOf(report => hook._render(ports, report));

test.each<[string, LifecycleHook, object]>([
  ['a command', LifecycleHook.command(['/app/warm', '--all']), { exec: { command: ['/app/warm', '--all'] } }],
  ['a path', LifecycleHook.http('/drain'), { httpGet: { path: '/drain', port: 'http' } }],
  ['a path with headers', LifecycleHook.http('/drain', { port: '9000', headers: { B: '2', A: '1' } }), {
    httpGet: { path: '/drain', port: 9000, httpHeaders: [{ name: 'A', value: '1' }, { name: 'B', value: '2' }] },
  }],
  ['a wait', LifecycleHook.sleep(Duration.minutes(1)), { sleep: { seconds: 60 } }],
])('%s', (_, hook, expected) => {
  expect(rendered(hook)).toEqual(expected);
});

test.each<[string, LifecycleHook, Port[], string]>([
  ['an empty command', LifecycleHook.command([]), PORTS, 'invalid-value [command] The hook has an empty command. Write the program and its arguments as a list.'],
  ['a relative path', LifecycleHook.http('drain'), PORTS, "invalid-path [path] The path 'drain' of the hook does not begin with '/'. Write '/drain'."],
  ['an unknown port', LifecycleHook.http('/', { port: 'admin' }), PORTS,
    "unknown-port [port] The hook asks port 'admin', which the container does not declare. Ask one of 'http', '9000', or declare the port."],
  ['no port', LifecycleHook.http('/'), [], 'unknown-port [port] The hook has no port to ask: the container declares none. Declare the port, or use LifecycleHook.command().'],
  ['no wait', LifecycleHook.sleep(Duration.seconds(0)), PORTS, 'invalid-value [duration] The hook does not sleep. Write at least one second, or leave the hook out.'],
  ['part of a second', LifecycleHook.sleep(Duration.millis(1500)), PORTS,
    'invalid-value [duration] Kubernetes counts whole seconds, and this is 1500 milliseconds. Write Duration.seconds(2).'],
])('%s', (_, hook, ports, fault) => {
  expect(faults(hook, ports)).toEqual([fault]);
});

test('what happens by default stays beside the other hook, and gives way to its own', () => {
  const byDefault = { preStop: { sleep: { seconds: 5 } } };
  const lifecycle = (hooks: Parameters<typeof renderLifecycle>[0]) => faultless(report => renderLifecycle(hooks, byDefault, PORTS, report));
  const command = LifecycleHook.command(['/a']);
  expect(lifecycle({})).toEqual(byDefault);
  expect(lifecycle({ postStart: command })).toEqual({ ...byDefault, postStart: { exec: { command: ['/a'] } } });
  expect(lifecycle({ preStop: command })).toEqual({ preStop: { exec: { command: ['/a'] } } });
  expect(faultless(report => renderLifecycle({}, {}, PORTS, report))).toBeUndefined();
});
