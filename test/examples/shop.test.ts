import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';

/** Who calls whom. */
const CALLS: { readonly [client: string]: readonly string[] } = {
  gateway: ['catalog', 'orders'],
  catalog: ['cache'],
  orders: ['bus', 'catalog', 'db'],
  worker: ['bus', 'cache', 'orders'],
};
const CLIENTS = Object.keys(CALLS);

/** What the example must say, whatever else the library puts beside it. */
describe('examples/shop', () => {
  const outdir = 'examples/shop/dist';
  let manifests: any[];

  beforeAll(() => {
    jest.isolateModules(() => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      require('../../examples/shop/main');
    });
    manifests = readdirSync(outdir).filter(file => file.endsWith('.yaml'))
      .flatMap(file => parseAllDocuments(readFileSync(join(outdir, file), 'utf8')).map(document => document.toJSON()));
  });

  const find = (kind: string, name: string) => manifests.find(manifest => manifest.kind === kind && manifest.metadata.name === name);
  const container = (name: string) => find('Deployment', name).spec.template.spec.containers[0];
  const policyPeers = (name: string, direction: 'ingress' | 'egress', side: 'from' | 'to'): string[] =>
    (find('NetworkPolicy', name).spec[direction] ?? []).flatMap((rule: any) => rule[side] ?? [])
      .map((peer: any) => peer.podSelector?.matchLabels?.['app.kubernetes.io/instance'] ?? peer.podSelector?.matchLabels?.['app.kubernetes.io/name'])
      .filter((peer: string | undefined) => peer !== undefined && peer !== name && manifests.some(({ metadata }) => metadata.name === peer)).sort();

  test.each(CLIENTS)('%s is told where everything is that it calls, and nothing else', name => {
    const hosts = container(name).env.filter((variable: any) => variable.name.endsWith('_HOST')).map(({ value }: any) => value);
    expect(hosts).toEqual(CALLS[name]);
  });

  test.each(CLIENTS)('%s may reach what it calls, and nothing else of the shop', name => {
    expect(policyPeers(name, 'egress', 'to')).toEqual(CALLS[name]);
  });

  test.each([...new Set(Object.values(CALLS).flat())].sort())('%s may be reached by those that call it', name => {
    expect(policyPeers(name, 'ingress', 'from')).toEqual(CLIENTS.filter(client => CALLS[client].includes(name)).sort());
  });

  test.each(['catalog', 'orders'])('%s is asked by gRPC whether it is ready, and otherwise whether it is alive', name => {
    const { readinessProbe, livenessProbe, startupProbe } = container(name);
    expect(readinessProbe.grpc).toEqual({ port: 9090, service: 'readiness' });
    expect([livenessProbe.grpc, startupProbe.grpc]).toEqual([{ port: 9090 }, { port: 9090 }]);
    expect(find('Service', name).spec.ports).toEqual([expect.objectContaining({ name: 'grpc', port: 9090, appProtocol: 'grpc' })]);
  });

  test('nothing leads to the worker', () => {
    expect(find('Service', 'worker')).toBeUndefined();
    expect(policyPeers('worker', 'ingress', 'from')).toEqual([]);
  });

  test('the world reaches the gateway alone', () => {
    const paths = manifests.filter(({ kind }) => kind === 'Ingress').flatMap(({ spec }) => spec.rules).flatMap(({ http }) => http.paths);
    expect(new Set(paths.map(({ path, backend }: any) => `${path} ${backend.service.name}`))).toEqual(new Set(['/api gateway']));
  });

  test('passwords are in no output, and files where they are needed', () => {
    for (const [name, called] of Object.entries(CALLS)) {
      const logins = called.filter(target => ['bus', 'cache', 'db'].includes(target));
      const { env, volumeMounts } = container(name);
      expect(env.filter((variable: any) => variable.name.endsWith('_PASSWORD_FILE'))).toEqual(
        logins.map(target => ({ name: `${target.toUpperCase()}_PASSWORD_FILE`, value: `/etc/logins/${target}/password` })),
      );
      expect(volumeMounts.filter(({ mountPath }: any) => mountPath.startsWith('/etc/logins'))).toEqual(
        logins.map(target => expect.objectContaining({ mountPath: `/etc/logins/${target}`, readOnly: true })),
      );
    }
    ['bus-login', 'cache-login', 'db-login'].forEach(secret => expect(find('Secret', secret).data).toBeUndefined());
  });

  test('what must not be lost lies in claims', () => {
    const claims = manifests.filter(({ kind }) => kind === 'StatefulSet').map(({ metadata, spec }) => [metadata.name, spec.volumeClaimTemplates.length]);
    expect(Object.fromEntries(claims)).toEqual({ bus: 1, cache: 1, db: 1 });
  });

  test.each(CLIENTS)('%s has a Dockerfile for its program of the one module', name => {
    const dockerfile = readFileSync(join('examples/shop/artifacts/images', name, 'Dockerfile'), 'utf8');
    expect(dockerfile).toContain('go build \\\n      -trimpath');
    expect(dockerfile).toContain(`-o /out/${name} ./cmd/${name}\n`);
    expect(dockerfile).toContain('source=go.sum,target=/src/go.sum');
  });

  describe('on a laptop', () => {
    const compose = () => parse(readFileSync('examples/shop/artifacts/compose.yaml', 'utf8'));

    test('runs the same services, and what gives volumes to those that keep data', () => {
      const namesOf = (...kinds: string[]) => manifests.filter(({ kind }) => kinds.includes(kind)).map(({ metadata }) => metadata.name);
      const owners = namesOf('StatefulSet').map(name => `${name}_volumes`);
      expect(Object.keys(compose().services).sort()).toEqual([...namesOf('Deployment', 'StatefulSet'), ...owners].sort());
    });

    test.each(CLIENTS)('%s gets the environment and the user of its pod, and waits for what it calls', name => {
      const service = compose().services[name];
      const literals = container(name).env.filter(({ value }: any) => value !== undefined);
      const env = Object.fromEntries(literals.map(({ name: key, value }: any) => [key, value]));
      expect(service.environment).toMatchObject(env);
      const { runAsUser, runAsGroup } = find('Deployment', name).spec.template.spec.securityContext;
      expect(service.user).toBe(`${runAsUser}:${runAsGroup}`);
      expect(Object.keys(service.depends_on).sort()).toEqual(CALLS[name]);
      expect(service.healthcheck.test).toEqual(['CMD', `/app/${name}`, '-healthcheck']);
    });

    test('the gateway alone has a port of the machine', () => {
      const { services } = compose();
      expect(Object.keys(services).filter(name => services[name].ports)).toEqual(['gateway']);
      expect(services.gateway.ports).toEqual([{ host_ip: '127.0.0.1', published: '8080', target: 8080, protocol: 'tcp' }]);
    });
  });
});
