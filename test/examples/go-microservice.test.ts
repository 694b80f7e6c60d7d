import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

/** What the example must say, whatever else the library puts beside it. */
describe('examples/go-microservice', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'go-microservice-'));
  let manifests: any[];

  beforeAll(() => {
    process.env.CDK8S_OUTDIR = outdir;
    jest.isolateModules(() => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      require('../../examples/go-microservice/main');
    });
    manifests = readdirSync(outdir).filter(file => file.endsWith('.yaml'))
      .flatMap(file => parseAllDocuments(readFileSync(join(outdir, file), 'utf8')).map(document => document.toJSON()));
  });

  afterAll(() => {
    delete process.env.CDK8S_OUTDIR;
    rmSync(outdir, { recursive: true });
  });

  const find = (kind: string, name: string) => manifests.find(manifest => manifest.kind === kind && manifest.metadata.name === name);
  const container = () => find('Deployment', 'go-microservice').spec.template.spec.containers[0];
  const artifact = (path: string) => readFileSync(join('examples/go-microservice/artifacts', path), 'utf8');

  test('the output folder holds manifests and nothing else that kubectl would read', () => {
    expect(readdirSync(outdir).filter(file => !file.startsWith('.'))).toEqual(['go-microservice.k8s.yaml']);
    expect(manifests.every(({ apiVersion, kind }) => apiVersion && kind)).toBe(true);
  });

  test.each(['Deployment', 'Service', 'ConfigMap', 'HorizontalPodAutoscaler'])('the %s is named go-microservice', kind => {
    expect(find(kind, 'go-microservice')).toBeDefined();
  });

  test('its namespace comes first', () => {
    expect(manifests[0]).toMatchObject({ kind: 'Namespace', metadata: { name: 'go-microservice' } });
    expect(manifests.filter(({ kind }) => kind !== 'Namespace').every(({ metadata }) => metadata.namespace === 'go-microservice')).toBe(true);
  });

  test('container port 8080 with the resources of the issue', () => {
    expect(container().ports).toEqual([{ name: 'http', containerPort: 8080 }]);
    expect(container().resources).toMatchObject({ requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '200m', memory: '256Mi' } });
  });

  test('from 2 to 10 pods at 50 % CPU, so no replicas', () => {
    expect(find('HorizontalPodAutoscaler', 'go-microservice').spec).toMatchObject({
      minReplicas: 2,
      maxReplicas: 10,
      metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } } }],
    });
    expect(find('Deployment', 'go-microservice').spec.replicas).toBeUndefined();
  });

  test('rolling update without a missing pod', () => {
    expect(find('Deployment', 'go-microservice').spec.strategy).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } });
  });

  test('the database by envFrom, its password as a file', () => {
    expect(find('ConfigMap', 'go-microservice').data).toEqual({ DATABASE_HOST: 'postgres.example.com', DATABASE_PORT: '5432' });
    expect(container().envFrom).toEqual([{ configMapRef: { name: 'go-microservice' } }]);
    expect(container().volumeMounts).toContainEqual(expect.objectContaining({ mountPath: '/etc/secrets/db', readOnly: true }));
    expect(find('Secret', 'go-microservice-database').data).toBeUndefined();
  });

  test('example.com leads /api and /web to their services', () => {
    const paths = manifests.filter(({ kind }) => kind === 'Ingress').flatMap(({ spec }) => spec.rules)
      .filter(({ host }) => host === 'example.com').flatMap(({ http }) => http.paths);
    expect(Object.fromEntries(paths.map(({ path, backend }: any) => [path, backend.service.name]))).toEqual({ '/api': 'go-microservice', '/web': 'web' });
  });

  test('a Dockerfile that cross-compiles a static binary', () => {
    const dockerfile = artifact('images/go-microservice/Dockerfile');
    expect(dockerfile).toContain('--platform linux/amd64,linux/arm64');
    expect(dockerfile).toContain('FROM --platform=$BUILDPLATFORM golang:');
    expect(dockerfile).toContain('CGO_ENABLED=0');
    expect(dockerfile).toContain('USER 65532:65532');
    expect(dockerfile).toContain('EXPOSE 8080\n');
    expect(artifact('images/web/Dockerfile')).not.toContain('source=go.sum');
  });
});
