import type { Construct } from 'constructs';
import type { BackingService, BackingServiceOptions } from '../../lib/backing';
import { ContainerImage } from '../../lib/definition';
import { findings, manifestOf, orders, shop, yamlOf } from '../support/services';

/** Makes a backing service of one kind, about which nothing is to be said, in a chart of its own. */
export function makerOf<P extends BackingServiceOptions, S extends BackingService>(
  Kind: new (scope: Construct, id: string, props: P) => S, id: string, version: string,
) {
  const image = ContainerImage.reference(`registry.acme.com/${id}:${version}@sha256:${'0'.repeat(64)}`);
  return (props: Partial<P> = {}) => {
    const chart = shop();
    const service = new Kind(chart, id, { version, image, ...props } as unknown as P);
    const spec = () => manifestOf(chart, 'StatefulSet').spec;
    return { chart, service, spec, container: () => spec().template.spec.containers[0] };
  };
}

/** The test that every kind has: what comes out with a client, as a whole. */
export function testWholeManifests(made: ReturnType<typeof makerOf>): void {
  test('whole manifests', () => {
    const { chart, service } = made();
    orders(chart).connectTo(service);
    expect(findings(chart)).toEqual([]);
    expect(yamlOf(chart)).toMatchSnapshot();
  });
}

/** The environment of a container, as far as it is literal. */
export const literalEnv = (container: any) => Object.fromEntries(container.env.map(({ name, value }: any) => [name, value]));
