import { Testing } from 'cdk8s';
import { finding, findings, manifestOf, orders, podOf, shop } from '../support/services';

test('an identity without rights, whose token nobody mounts', () => {
  const chart = shop();
  const { serviceAccount } = orders(chart);
  expect(serviceAccount?.name).toBe('orders');
  expect(manifestOf(chart, 'ServiceAccount')).toEqual({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: {
      name: 'orders',
      namespace: 'shop',
      labels: {
        'app.kubernetes.io/name': 'orders',
        'app.kubernetes.io/instance': 'orders',
        'app.kubernetes.io/component': 'service',
        'app.kubernetes.io/part-of': 'shop',
        'app.kubernetes.io/managed-by': 'cdk8s',
        'app.kubernetes.io/version': '1.4.2',
      },
    },
    automountServiceAccountToken: false,
  });
  expect(podOf(chart).spec).toMatchObject({ serviceAccountName: 'orders', automountServiceAccountToken: false });
});

test('a token is mounted by the pod that wants one', () => {
  const chart = shop();
  orders(chart, { serviceAccountToken: true });
  expect(manifestOf(chart, 'ServiceAccount').automountServiceAccountToken).toBe(false);
  expect(podOf(chart).spec.automountServiceAccountToken).toBe(true);
});

test('an existing one', () => {
  const chart = shop();
  const { serviceAccount } = orders(chart, { serviceAccountName: 'shared' });
  expect(serviceAccount).toBeUndefined();
  expect(Testing.synth(chart).map(({ kind }) => kind)).not.toContain('ServiceAccount');
  expect(podOf(chart).spec.serviceAccountName).toBe('shared');
});

test('a name that no account can have', () => {
  const chart = shop();
  orders(chart, { serviceAccountName: 'Shared Account' });
  expect(findings(chart)).toEqual([finding('error', 'invalid-name', 'shop/orders serviceAccountName', "'Shared Account' cannot be the name of a ServiceAccount.",
    'Write it as the ServiceAccount has it in its metadata.name: lower-case letters, digits, dashes and dots.')]);
});
