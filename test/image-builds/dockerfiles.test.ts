import { Chart } from 'cdk8s';
import { baseImagesOf, forBuildah } from './dockerfiles';
import { Artifacts, ImageBase, GoImage, GoStyleMicroservice, ImageTag, Platform, PlatformApp } from '../../lib';

const BASES = { alpine: ImageBase.alpine('3.22.1'), distroless: ImageBase.distroless(), scratch: ImageBase.scratch({ tmp: true }) };

function dockerfileOn(base: ImageBase): string {
  const app = new PlatformApp();
  new Platform(app, { imageTag: ImageTag.fromEnv('IMAGE_TAG', { otherwise: '1.0.0' }) });
  const image = GoImage.fromModule('examples/go-microservice/services/api', { main: './cmd/server', base });
  new GoStyleMicroservice(new Chart(app, 'shop', { namespace: 'shop' }), 'orders', { image });
  return Artifacts.of(app).render('images/orders/Dockerfile')!;
}

describe.each(Object.entries(BASES))('on %s', (_, base) => {
  const lines = dockerfileOn(base).split('\n');
  const edited = forBuildah(lines.join('\n')).split('\n');

  test('buildah gets the text without its first line', () => {
    expect(lines[0]).toBe('# syntax=docker/dockerfile:1');
    expect(edited).toHaveLength(lines.length - 1);
  });

  test('and without the flag --link, and nothing else differs', () => {
    const differing = lines.slice(1).map((line, index) => [line, edited[index]] as const).filter(([line, other]) => line !== other);
    expect(differing.length).toBeGreaterThan(0);
    expect(differing.filter(([line, other]) => !line.startsWith('COPY --link ') || line.replace(' --link', '') !== other)).toEqual([]);
  });
});

test('what is no instruction stays as it is', () => {
  const text = '# COPY --link a b\nRUN echo \\\n  COPY --link a b\n# syntax=other\n';
  expect(forBuildah(text)).toBe(text);
});

test('base images are what stages begin with, but for other stages and for nothing', () => {
  expect(baseImagesOf([
    'ARG GO_VERSION=1.25.0',
    'FROM --platform=$BUILDPLATFORM golang:${GO_VERSION}-trixie AS build',
    'FROM build AS test',
    'FROM gcr.io/distroless/static:nonroot AS debug',
    'FROM scratch AS final',
    'FROM alpine:$OTHER',
  ].join('\n'))).toEqual(['alpine:$OTHER', 'gcr.io/distroless/static:nonroot', 'golang:1.25.0-trixie']);
});
