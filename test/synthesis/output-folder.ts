import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { Artifact, KubernetesVersion, Platform, PlatformApp, type PlatformAppProps } from '../../lib';

export const LIST = '.written-by-cdk8s-golden-path';

/** The folder of the present test. */
export let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'golden-path-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  jest.restoreAllMocks();
});

/** An app that writes below the folder of the test. */
export function newApp(props: PlatformAppProps = {}): PlatformApp {
  return new PlatformApp({ outdir: join(folder, 'dist'), artifactsOutdir: join(folder, 'artifacts'), ...props });
}

/** A chart with one ConfigMap. */
export function addChart(scope: Construct, id: string, data: { [key: string]: string } = {}): Chart {
  const chart = new Chart(scope, id, { namespace: id });
  new ApiObject(chart, 'config', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: id }, data });
  return chart;
}

export class TextArtifact extends Artifact {
  public constructor(public readonly path: string, private readonly text: string) {
    super();
  }

  public render(): string {
    return this.text;
  }
}

/** Something wrong with the model. */
export function breakModel(scope: Construct): void {
  new Platform(scope, { kubernetesVersion: KubernetesVersion.of('2.0') });
}

/** Every file below the folder of the test, sorted. */
export function files(): string[] {
  return (readdirSync(folder, { recursive: true }) as string[]).filter(file => statSync(join(folder, file)).isFile()).map(file => file.replace(/\\/g, '/')).sort();
}

export function read(file: string): string {
  return readFileSync(join(folder, file), 'utf8');
}

export function errorOf(action: () => void): Error {
  try {
    action();
  } catch (problem) {
    return problem as Error;
  }
  throw new Error('It did not fail.');
}
