import { Etcd, type EtcdProps } from '../../lib/backing';
import { ContainerImage } from '../../lib/definition';
import { envOf, finding, findings, manifestOf, orders, shop, yamlOf } from '../support/services';

const IMAGE = ContainerImage.reference(`registry.acme.com/etcd:v3.6.5@sha256:${'0'.repeat(64)}`);

function etcd(props: Partial<EtcdProps> = {}) {
  const chart = shop();
  const made = new Etcd(chart, 'registry', { version: '3.6.5', image: IMAGE, ...props });
  return { chart, made, spec: () => manifestOf(chart, 'StatefulSet').spec, container: () => manifestOf(chart, 'StatefulSet').spec.template.spec.containers[0] };
}

test('whole manifests of a cluster', () => {
  const { chart, made } = etcd({ members: 3 });
  orders(chart).connectTo(made);
  expect(findings(chart)).toEqual([]);
  expect(yamlOf(chart)).toMatchSnapshot();
});

test('its members start together, find each other by the names of their pods, and may miss one', () => {
  const { chart, spec, container } = etcd({ members: 3 });
  expect(spec()).toMatchObject({ replicas: 3, podManagementPolicy: 'Parallel', serviceName: 'registry-headless' });
  expect(container().args).toContain(
    '--initial-cluster=registry-0=http://registry-0.registry-headless:2380,registry-1=http://registry-1.registry-headless:2380,registry-2=http://registry-2.registry-headless:2380');
  expect(manifestOf(chart, 'PodDisruptionBudget').spec.maxUnavailable).toBe(1);
});

test('clients see no port of the members', () => {
  const { chart, made } = etcd({ members: 3 });
  orders(chart).connectTo(made);
  expect(manifestOf(chart, 'Service', 'registry').spec.ports).toEqual([{ name: 'client', port: 2379, targetPort: 'client', appProtocol: 'http' }]);
  const { ingress } = manifestOf(chart, 'NetworkPolicy', 'registry').spec;
  expect(ingress.map(({ from, ports }: any) => [from[0].podSelector.matchLabels['app.kubernetes.io/name'], ports.map(({ port }: any) => port)]))
    .toEqual([['orders', [2379]], ['registry', [2379, 2380]]]);
});

test('one alone has no peers', () => {
  const { container, spec } = etcd();
  expect(container().ports).toEqual([{ containerPort: 2379, name: 'client' }]);
  expect(container().args).toContain('--listen-peer-urls=http://127.0.0.1:2380');
  expect(spec().podManagementPolicy).toBeUndefined();
});

test('has a URL and no login', () => {
  const { chart, made } = etcd();
  orders(chart).connectTo(made);
  expect([made.userName, made.password, made.url, made.secret, made.secretName]).toEqual(Array(5).fill(undefined));
  expect(envOf(chart)).toEqual({ GOMEMLIMIT: expect.anything(), REGISTRY_HOST: 'registry', REGISTRY_PORT: '2379', REGISTRY_URL: 'http://registry:2379' });
});

test.each<[Partial<EtcdProps>, string[]]>([
  [{ members: 2 }, [finding('error', 'invalid-replicas', 'shop/registry members', '2 members have no majority that is worth having.', 'Write one of 1, 3, 5, 7.')]],
  [{ version: 'v3.6.5' }, [finding('error', 'invalid-version', 'shop/registry version', "'v3.6.5' begins with a letter.", "Write '3.6.5'.")]],
])('faults of %p', (props, expected) => {
  expect(findings(etcd(props).chart)).toEqual(expected);
});
