import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { chartIn, type FixtureApp } from './fixture-app';
import { GoImage, GoStyleMicroservice, ImageTag, KubernetesVersion, Microservice, type PlatformApp, Probe, Volume } from '../../../lib';
import { IMAGE_VARIANTS } from '../../support/image-variants';

/** Every form of an image recipe. */
export const IMAGE_APPS: readonly FixtureApp[] = [
  { name: 'images', kubernetesVersion: KubernetesVersion.DEFAULT.version, build: images },
];

function images(app: PlatformApp): void {
  const chart = chartIn(app, 'images', { imageTag: ImageTag.of('1.4.2'), imageBuilds: { skaffold: true, ko: true } });
  for (const [name, { files, image }] of Object.entries(IMAGE_VARIANTS)) {
    const folder = writeFolder(name, files);
    new Microservice(chart, name, {
      image: image(folder),
      ports: [{ name: 'http', number: 8080, servicePort: 80 }],
      health: { readiness: Probe.http('/readyz'), liveness: Probe.http('/healthz') },
      volumes: { '/var/cache/orders': Volume.emptyDir() },
    });
  }
  const shared = GoImage.fromModule(writeFolder('shared', { 'go.mod': 'module example.com/shared\n\ngo 1.25.0\n', 'main.go': 'package main\n' }), { name: 'shared' });
  new GoStyleMicroservice(chart, 'shared-http', { image: shared, grpcPort: 9000, port: 8080, metricsPort: 9090 });
  new GoStyleMicroservice(chart, 'shared-admin', { image: shared, port: 8081 });
}

function writeFolder(name: string, files: { readonly [path: string]: string }): string {
  const folder = join('modules', name);
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return folder;
}
