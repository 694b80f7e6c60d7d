import { makerOf, testWholeManifests } from './backing-kind';
import { Nats, type NatsProps, BackingCredentials } from '../../lib/backing';
import { Resources } from '../../lib/definition';
import { finding, findings } from '../support/services';

const made = makerOf(Nats, 'events', '2.11.8');

testWholeManifests(made);

test('several servers know each other by the names of their pods', () => {
  const { container } = made({ members: 3 });
  expect(container().args.slice(6)).toEqual([
    '--name', '$(POD_NAME)', '--cluster_name', 'events', '--cluster', 'nats://0.0.0.0:6222', '--routes',
    'nats://events-0.events-headless:6222,nats://events-1.events-headless:6222,nats://events-2.events-headless:6222',
  ]);
  expect(made().container().args).not.toContain('--cluster');
});

test('the password goes to the configuration, quoted', () => {
  expect(made({ resources: Resources.of({ memory: '1Gi' }) }).container().command[2]).toBe(`exec nats-server --config /dev/stdin "$@" <<CONFIG
jetstream { store_dir: "/data", max_memory_store: 512MB }
authorization { user: "app", password: "$(sed 's/[\\\\"]/\\\\&/g' /etc/secrets/login/password)" }
CONFIG
`);
});

test.each<[Partial<NatsProps>, string]>([
  [{ version: 'alpine' }, finding('error', 'invalid-version', 'shop/events version', "'alpine' is no version of NATS.", "Write for example '2.11.8'.")],
  [{ members: 4 }, finding('error', 'invalid-replicas', 'shop/events members', '4 members have no majority that is worth having.', 'Write one of 1, 3, 5.')],
  [{ credentials: BackingCredentials.generated({ userName: 'a"b' }) }, finding('error', 'invalid-name', 'shop/events credentials.userName', "'a\"b' is not a name that NATS takes as it stands.",
    'Use at most 64 lower-case letters, digits and underscores, not beginning with a digit.')],
])('faults of %p', (props, expected) => {
  expect(findings(made(props).chart)).toEqual([expected]);
});
