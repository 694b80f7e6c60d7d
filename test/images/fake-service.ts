import { App, Chart } from 'cdk8s';
import type { ContainerImage, ResolvedImage } from '../../lib/definition/container-image';
import { ImageTag } from '../../lib/definition/image-tag';
import type { Port } from '../../lib/definition/port';
import type { Diagnostic } from '../../lib/diagnostics';
import { Diagnostics } from '../../lib/diagnostics';
import type { Report } from '../../lib/diagnostics/report';
import { Platform } from '../../lib/platform';
import { Artifacts } from '../../lib/synthesis';

/** What a fake service says of itself. */
export interface FakeServiceProps {
  readonly image: ContainerImage;
  readonly ports?: readonly Port[];
  /** The user and group of its pod; null where the cluster decides. */
  readonly identity?: readonly [number, number] | null;
  /** The name of its container where it is not the main one. */
  readonly container?: string;
}

/** As much of a service as an image sees. */
export class FakeService extends Chart {
  public readonly name: string;

  public constructor(scope: App | Chart, id: string, private readonly props: FakeServiceProps) {
    super(scope, id);
    this.name = id;
    const [user, group] = props.identity ?? [65532, 65532];
    props.image._usedBy({
      construct: this,
      name: props.container ?? id,
      ports: () => props.ports ?? [{ number: 8080, name: 'http' }],
      identity: () => props.identity === null ? undefined : { user, group },
    });
  }

  /** The image as its pod names it. */
  public resolve(report: Report = fault => { throw new Error(fault.message); }): ResolvedImage {
    return this.props.image._resolve(Platform._imageContext(Platform._decisions(this), this.name), report);
  }
}

/** An app of a platform with a registry and a tag. */
export function shop(): App {
  const app = new App();
  new Platform(app, { registry: 'ghcr.io/acme', imageTag: ImageTag.of('1.4.2') });
  return app;
}

/** What is wrong with an app; that its base images are not locked is the subject of one test alone. */
export function findings(app: App): Diagnostic[] {
  return Diagnostics.of(app).collect().filter(({ code }) => code !== 'base-unlocked');
}

/** The Dockerfile of an image that one service runs. */
export function dockerfileOf(image: ContainerImage, props: Omit<FakeServiceProps, 'image'> = {}): string {
  return artifactOf(image, 'Dockerfile', props);
}

/** Its .dockerignore. */
export function ignoreFileOf(image: ContainerImage): string {
  return artifactOf(image, 'Dockerfile.dockerignore', {});
}

/** What is wrong with an image that one service runs, a line of where and what, and a line of what to do. */
export function faultsOf(image: ContainerImage, props: Omit<FakeServiceProps, 'image'> = {}): string[] {
  const app = shop();
  const service = new FakeService(app, 'orders', { image, ...props });
  const resolved: string[] = [];
  service.resolve(({ code, property, message, remedy }) => resolved.push(`${code} [image${property === undefined ? '' : `.${property}`}] ${message}\n${remedy}`));
  return [...findings(app).map(toText), ...resolved];
}

export function toText({ code, path, property, message, remedy }: Diagnostic): string {
  return `${code} [${[path, property].filter(part => part !== undefined).join(' ').replace(/^orders /, '')}] ${message}\n${remedy}`;
}

function artifactOf(image: ContainerImage, file: string, props: Omit<FakeServiceProps, 'image'>): string {
  const app = shop();
  new FakeService(app, 'orders', { image, ...props });
  expect(findings(app)).toEqual([]);
  const [artifact] = Artifacts.of(app).list().filter(({ path }) => path.endsWith(`/${file}`));
  return artifact.render();
}
