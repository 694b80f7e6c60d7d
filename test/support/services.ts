import { Chart, Testing, Yaml } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { validateBy } from './validate-every-manifest';
import { AccessMode, ContainerImage, Volume } from '../../lib/definition';
import { Diagnostics } from '../../lib/diagnostics';
import { formatDiagnostic } from '../../lib/diagnostics/diagnostic';
import { KubernetesVersion, Platform, type PlatformProps } from '../../lib/platform';
import { GoStyleMicroservice, type GoStyleMicroserviceProps } from '../../lib/services';

/** An image that nothing is to be said about. */
export const IMAGE = ContainerImage.reference(`ghcr.io/acme/orders:1.4.2@sha256:${'0'.repeat(64)}`);

/** A claim that several pods may mount. */
export function sharedClaim(name = 'data'): Volume {
  return Volume.persistentVolumeClaim(name, { accessModes: [AccessMode.READ_WRITE_MANY] });
}

/** A chart of an app of its own, with a namespace and what the organisation decided. */
export function shop(platform?: PlatformProps, namespace = 'shop'): Chart {
  const chart = new Chart(Testing.app(), namespace, { namespace });
  if (platform) {
    new Platform(chart, platform);
  }
  return chart;
}

/** A chart for a version of Kubernetes; the manifests of the present file are judged by the schema of it, or of the newest. */
export function shopOn(version: string, platform: PlatformProps = {}): Chart {
  validateBy(() => version === '1.27' ? '1.27' : undefined);
  return shop({ ...platform, kubernetesVersion: KubernetesVersion.of(version) });
}

/** The service that most tests are about. */
export function orders(chart: Chart, props: Partial<GoStyleMicroserviceProps> = {}): GoStyleMicroservice {
  return new GoStyleMicroservice(chart, 'orders', { image: IMAGE, ...props });
}

/** The manifests of a chart as they are written, for snapshots. */
export function yamlOf(chart: Chart): string {
  return Yaml.stringify(...Testing.synth(chart));
}

/** The manifests of a chart by kind and name, as text: `Deployment orders`. */
export function manifestsOf(chart: Chart): { [kindAndName: string]: any } {
  return Object.fromEntries(Testing.synth(chart).map(manifest => [`${manifest.kind} ${manifest.metadata.name}`, manifest]));
}

/** The one manifest of a kind, or the one with a name among them. */
export function manifestOf(chart: Chart, kind: string, name?: string): any {
  const found = Testing.synth(chart).filter(manifest => manifest.kind === kind && (name === undefined || manifest.metadata.name === name));
  expect(found).toHaveLength(1);
  return found[0];
}

/** The pod template of a Deployment. */
export function podOf(chart: Chart, name = 'orders'): any {
  return manifestOf(chart, 'Deployment', name).spec.template;
}

/** The main container of a Deployment. */
export function containerOf(chart: Chart, name = 'orders'): any {
  return podOf(chart, name).spec.containers[0];
}

/** The environment of the main container, as a map. */
export function envOf(chart: Chart, name = 'orders'): { [name: string]: unknown } {
  return Object.fromEntries((containerOf(chart, name).env ?? []).map((variable: any) => [variable.name, variable.value ?? variable.valueFrom]));
}

/** Everything that is found about a construct and what is below it, as it is printed. */
export function findings(construct: IConstruct): string[] {
  return Diagnostics.of(construct).collect().map(formatDiagnostic);
}

/** A finding as it is printed. */
export function finding(severity: 'error' | 'warning' | 'info', code: string, where: string, message: string, remedy: string): string {
  return `${severity} ${code} [${where}] ${message}\n    ${remedy}`;
}
