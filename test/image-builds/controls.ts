import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImageBuilder } from './builder';
import { Container, makeMountPoints } from './container';
import { demandAgreement, demandContents, demandIdentity, demandProbes, demandTermination, demandUntouched } from './demands';
import { treeOf } from './files';
import { readImage, unpack } from './oci-layout';
import type { Workload } from './workload';
import { until } from '../support/real-runs/processes';
import type { Suite } from '../support/real-runs/suite';

const PROGRAM = join(__dirname, 'fixtures/misbehaving');
const DOCKERFILE = `FROM golang:1.25.0-trixie AS build
WORKDIR /app
COPY . .
RUN CGO_ENABLED=0 go build -o server .
FROM scratch
COPY --from=build /app /app
ENTRYPOINT ["/app/server"]
`;

const WORKLOAD: Workload = {
  name: 'misbehaving',
  identity: '65532:65532',
  ports: ['8080/tcp'],
  probes: [{ port: 8080, path: '/healthz' }],
  env: {},
  args: [],
  volumes: [{ path: '/tmp', readOnly: false }],
  readOnlyRoot: true,
  graceSeconds: 1,
};

/** Shows that each demand can fail, by an image that meets none. */
export async function checkControls(suite: Suite, builder: ImageBuilder): Promise<void> {
  const folder = join(suite.folder, 'misbehaving');
  const root = join(folder, 'root');
  mkdirSync(folder);
  writeFileSync(join(folder, 'Dockerfile'), DOCKERFILE);
  await suite.check('control: an image that misbehaves is built, and everything is noticed', async () => {
    await builder.build({ folder, context: PROGRAM }, join(folder, 'built'));
    const image = readImage(join(folder, 'built'));
    await unpack(image, root);
    makeMountPoints(root, WORKLOAD.volumes);
    const before = treeOf(root);
    const { config } = image;
    const container = await Container.start({ root, config, volumes: WORKLOAD.volumes, writable: true, log: join(folder, 'log') });
    await until('it answers', 10, async () => container.get(8080, '/').then(() => true, () => false));
    const checks: { readonly [name: string]: () => unknown } = {
      agreement: () => demandAgreement(image, WORKLOAD, '1.0.0'),
      contents: () => demandContents(root, config, config.Entrypoint!, false),
      identity: () => demandIdentity(container, WORKLOAD.identity),
      probes: async () => demandProbes(container, WORKLOAD),
      termination: async () => demandTermination(container, WORKLOAD.graceSeconds),
      untouched: () => demandUntouched(before, treeOf(root)),
    };
    const complaints: string[] = [];
    for (const [name, check] of Object.entries(checks)) {
      complaints.push(`${name}: ${await complaintOf(check)}`);
    }
    await container.stop();
    const expected = [/USER is undefined/, /left over from the build is \[.*"\/app\/go.mod"/, /users of the process is "0/, /is 503, not 200/, /still running 1 s/, /wrote is .*"\/app\/written"/];
    complaints.forEach((complaint, index) => {
      if (!expected[index].test(complaint)) {
        throw new Error(`expected ${expected[index]} of ${complaint}`);
      }
    });
  });
}

async function complaintOf(check: () => unknown): Promise<string> {
  try {
    await check();
    return 'nothing';
  } catch (error) {
    return (error as Error).message;
  }
}
