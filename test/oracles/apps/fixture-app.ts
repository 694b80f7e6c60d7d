import { Chart } from 'cdk8s';
import { ContainerImage, Platform, type PlatformApp, type PlatformProps, ServiceNamespace } from '../../../lib';

/** An app that uses a part of the library, so that what the part emits is judged. */
export interface FixtureApp {
  readonly name: string;
  /** Such as 1.31. */
  readonly kubernetesVersion: string;
  /** Fills the app; the working directory is a scratch folder where it may write Go modules. */
  build(app: PlatformApp): void;
}

/** An image that is built elsewhere, pinned by a digest. */
export const PINNED = ContainerImage.reference(`ghcr.io/acme/orders:1.4.2@sha256:${'0123456789abcdef'.repeat(4)}`);

/** A chart with a namespace of the app's name, below the platform's decisions. */
export function chartIn(app: PlatformApp, name: string, platform: PlatformProps = {}): Chart {
  new Platform(app, { registry: 'ghcr.io/acme', ...platform });
  const chart = new Chart(app, name, { namespace: name });
  new ServiceNamespace(chart, 'namespace');
  return chart;
}
