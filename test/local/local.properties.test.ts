import { Chart } from 'cdk8s';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import { local } from '../../lib/index';
import { build, legalApp, NATURAL_ORDER } from '../properties/app-spec';

/** A tenth of the others': each run renders four files of an app. */
const RUNS = Math.ceil(Number(process.env.PROPERTY_RUNS ?? 200) / 10);

/** What is written for an app, its services by name. */
function written(
  spec: Parameters<typeof build>[0], reverseConnections: boolean,
): { readonly compose: string; readonly docker: any; readonly swarm: any } {
  const app = build(spec, { ...NATURAL_ORDER, reverseConnections });
  const holder = new Chart(app, 'local');
  const stack = (id: string, target: local.DockerTarget) => new local.DockerStack(holder, id, { target }).toTerraform();
  return {
    compose: new local.ComposeFile(holder, 'compose').render(),
    docker: stack('docker', local.DockerTarget.host()),
    swarm: stack('swarm', local.DockerTarget.swarm()),
  };
}

test('any legal app has a compose file and stacks that name only what they define, whatever the order of its connections', () => {
  fc.assert(fc.property(legalApp, spec => {
    const { compose, docker, swarm } = written(spec, false);
    expect(written(spec, true)).toEqual({ compose, docker, swarm });
    const { services = {}, networks = {}, volumes = {} } = parse(compose);
    expect(Object.keys(services)).not.toEqual([]);
    for (const service of Object.values<any>(services)) {
      expect(Object.keys(networks)).toEqual(expect.arrayContaining(Object.keys(service.networks ?? {})));
      expect(Object.keys(services)).toEqual(expect.arrayContaining(Object.keys(service.depends_on ?? {})));
      expect(Object.keys(volumes)).toEqual(expect.arrayContaining(
        (service.volumes ?? []).filter(({ type }: any) => type === 'volume').map(({ source }: any) => source)));
      expect(service.ports === undefined || service.network_mode === undefined).toBe(true);
    }
    const published = Object.values<any>(services).flatMap(({ ports = [] }) => ports.map((port: any) => `${port.published}/${port.protocol}`));
    expect(new Set(published).size).toBe(published.length);
    for (const { resource = {}, data = {} } of [docker, swarm]) {
      const addresses = (all: any) => Object.entries<any>(all).flatMap(([kind, resources]) => Object.keys(resources).map(id => `${kind}.${id}`));
      const named = [...JSON.stringify(resource).matchAll(/\$\{(?:data\.)?(docker_\w+\.[^.}]+)\./g)].map(([, name]) => name);
      expect([...addresses(resource), ...addresses(data)]).toEqual(expect.arrayContaining(named));
    }
    const names = Object.values<any>(swarm.resource.docker_service).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  }), { numRuns: RUNS });
}, 600_000);
