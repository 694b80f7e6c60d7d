import { workloadOf } from './workload';
import type { KubernetesObject } from '../support/real-runs/manifests';

const deployment: KubernetesObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'orders', namespace: 'shop' },
  spec: {
    template: {
      spec: {
        containers: [
          { name: 'proxy', image: 'registry.example.com/proxy:1' },
          {
            name: 'orders',
            image: 'registry.example.com:5000/acme/orders:1.0.0@sha256:abc',
            args: ['-v'],
            env: [{ name: 'LEVEL', value: 'debug' }, { name: 'POD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
            envFrom: [{ configMapRef: { name: 'config' } }],
            ports: [{ name: 'http', containerPort: 8080 }, { name: 'dns', containerPort: 53, protocol: 'UDP' }],
            livenessProbe: { httpGet: { path: '/healthz', port: 'http' } },
            readinessProbe: { httpGet: { path: '/readyz', port: 9090 } },
            startupProbe: { tcpSocket: { port: 'http' } },
            securityContext: { readOnlyRootFilesystem: true, runAsUser: 1000 },
            volumeMounts: [{ name: 'scratch', mountPath: '/tmp' }, { name: 'secret', mountPath: '/etc/secrets' }, { name: 'scratch', mountPath: '/ro', readOnly: true }],
          },
        ],
        securityContext: { runAsGroup: 2000, runAsUser: 65532 },
        terminationGracePeriodSeconds: 60,
        volumes: [{ name: 'scratch', emptyDir: {} }, { name: 'secret', secret: { secretName: 'secret' } }],
      },
    },
  },
};
const config: KubernetesObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config' }, data: { HOST: 'db', LEVEL: 'info' } };

test('is what the manifests say of the container that runs the image', () => {
  expect(workloadOf([config, deployment], 'orders')).toEqual({
    name: 'orders',
    identity: '1000:2000',
    ports: ['53/udp', '8080/tcp'],
    probes: [{ path: '/healthz', port: 8080 }, { path: '/readyz', port: 9090 }],
    env: { HOST: 'db', LEVEL: 'debug' },
    args: ['-v'],
    volumes: [{ path: '/tmp', readOnly: false }, { path: '/etc/secrets', readOnly: true }, { path: '/ro', readOnly: true }],
    readOnlyRoot: true,
    graceSeconds: 60,
  });
});

describe('a program that is told where something else is', () => {
  const grpc = structuredClone(deployment);
  const container = grpc.spec.template.spec.containers[1];
  container.livenessProbe = { grpc: { port: 9090 } };
  container.readinessProbe = { grpc: { port: 9090, service: 'readiness' } };

  test('is asked whether it is ready where it has all that it needs', () => {
    expect(workloadOf([config, grpc], 'orders')).toMatchObject({ probes: [], grpcProbes: [{ port: 9090, service: '' }, { port: 9090, service: 'readiness' }] });
  });

  test('is asked no more than whether it is alive where it stands alone', () => {
    container.env.push({ name: 'DB_HOST', value: 'db' });
    expect(workloadOf([config, grpc], 'orders')).toMatchObject({ probes: [], grpcProbes: [{ port: 9090, service: '' }] });
  });
});

test('an image that nobody runs is a fault', () => {
  expect(() => workloadOf([config, deployment], 'order')).toThrow("no pod runs the image 'order'");
});
