import { mkdirSync, writeFileSync } from 'node:fs';
import { GoImage, GoStyleMicroservice, ImageTag, IngressRoute, KubernetesVersion, Replicas, RouteTls, ServiceConfig, ServiceSecret } from '../../../lib';
import { chartIn, type FixtureApp, PINNED } from '../apps/fixture-app';

const BUILT = `1.4.2@sha256:${'0123456789abcdef'.repeat(4)}`;

/** Good output, with one of most things, for faults to be put into. */
export const BASE: FixtureApp = {
  name: 'base',
  kubernetesVersion: KubernetesVersion.DEFAULT.version,
  build: app => {
    const chart = chartIn(app, 'faults', { ingressClass: 'traefik', imageTag: ImageTag.fromEnv('NEVER_SET', { otherwise: BUILT }) });
    const settings = new ServiceConfig(chart, 'settings', { data: { LOG_LEVEL: 'info' } });
    const secret = ServiceSecret.managed(chart, 'credentials', { keys: ['password'] });
    mkdirSync('orders', { recursive: true });
    writeFileSync('orders/go.mod', 'module example.com/orders\n\ngo 1.25.0\n');
    writeFileSync('orders/main.go', 'package main\n\nfunc main() {}\n');
    const web = new GoStyleMicroservice(chart, 'web', {
      image: GoImage.fromModule('orders'),
      envFrom: [settings.asEnv()],
      volumes: { '/etc/credentials': secret.asFiles() },
    });
    const auto = new GoStyleMicroservice(chart, 'auto', { image: PINNED, replicas: Replicas.autoscaled({ max: 10 }) });
    web.connectTo(auto);
    new IngressRoute(chart, 'public', { host: 'example.com', paths: [{ path: '/', to: web }], tls: RouteTls.secret('example-com-tls') });
  },
};
