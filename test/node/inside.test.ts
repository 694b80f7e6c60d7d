import { brokenDemands, type Inspection, inspectArguments } from './inside';
import { describeLoad } from './load';
import type { Workload } from '../image-builds/workload';

const workload: Workload = {
  name: 'web',
  identity: '65532:65533',
  ports: [],
  probes: [],
  env: { LEVEL: 'info' },
  args: [],
  volumes: [{ path: '/tmp', readOnly: false }, { path: '/etc/secrets', readOnly: true }],
  readOnlyRoot: true,
  graceSeconds: 30,
};
const NONE = '0000000000000000';
const REFUSED = 'read-only file system';

const good: Inspection = {
  status: {
    Uid: '65532\t65532\t65532\t65532',
    Gid: '65533\t65533\t65533\t65533',
    NoNewPrivs: '1',
    Seccomp: '2',
    CapInh: NONE,
    CapPrm: NONE,
    CapEff: NONE,
    CapBnd: NONE,
    CapAmb: NONE,
  },
  env: ['PATH=/bin', 'LEVEL=info', 'KUBERNETES_SERVICE_HOST=10.96.0.1'],
  writes: { '/': REFUSED, '/home/nonroot': REFUSED, '/etc': REFUSED, '/tmp': '', '/etc/secrets': REFUSED },
  files: [],
};

/** The demands that something does not meet. */
const broken = (seen: Partial<Inspection>) => brokenDemands({ ...good, ...seen }, workload);

test('what is as the manifest says breaks no demand', () => {
  expect(broken({})).toEqual([]);
});

test.each<[string, Partial<Inspection>]>([
  ['user and group', { status: { ...good.status, Uid: '0\t0\t0\t0' } }],
  ['user and group', { status: { ...good.status, Gid: '65533\t65533\t0\t65533' } }],
  ['no capabilities', { status: { ...good.status, CapBnd: '0000000000000400' } }],
  ['no capabilities', { status: { ...good.status, CapEff: undefined as any } }],
  ['no new privileges', { status: { ...good.status, NoNewPrivs: '0' } }],
  ['seccomp filter', { status: { ...good.status, Seccomp: '0' } }],
  ['read-only root', { writes: { ...good.writes, '/etc': 'permission denied' } }],
  ['volumes', { writes: { ...good.writes, '/tmp': REFUSED } }],
  ['volumes', { writes: { ...good.writes, '/etc/secrets': '' } }],
  ['no service account token', { files: ['/var/run/secrets/kubernetes.io/serviceaccount/token'] }],
  ['environment', { env: ['LEVEL=debug'] }],
  ['environment', { env: [] }],
  ['environment', { env: [...good.env, 'WEB_SERVICE_HOST=10.96.0.2'] }],
])('%s %#', (what, seen) => {
  expect(broken(seen)).toEqual([what]);
});

test('the root, the home and the volumes are written to', () => {
  expect(inspectArguments(workload)).toEqual([
    'inspect', '--write=/,/home/nonroot,/etc,/tmp,/etc/secrets', '--files=/var/run/secrets/kubernetes.io/serviceaccount/token',
  ]);
});

test('a load is told in one line', () => {
  const load = { stopped: true, sent: 10, lost: 2, seconds: 1.2, medianMillis: 1, slowestMillis: 5, failures: { 'connection refused': 2 }, answers: { '0.1.0': 5, '0.2.0': 3 } };
  expect(describeLoad(load)).toBe('2 of 10 lost in 1 s (2 × connection refused); answered: 5 by 0.1.0, 3 by 0.2.0; median 1 ms, slowest 5 ms');
});
