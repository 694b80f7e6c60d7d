import { DockerfileParser } from 'dockerfile-ast';
import * as fc from 'fast-check';
import { FakeService, findings, shop } from './fake-service';
import { inFolderWith, ORDERS } from './module-folder';
import { ImageBase, GoImage, type GoImageOptions, ImageTag, ModuleAccess } from '../../lib';
import { Artifacts } from '../../lib/synthesis';

inFolderWith({ ...ORDERS, 'services/orders/static/a.css': '', 'services/orders/main.go': 'package main\n' });

/** Mostly what is right, sometimes anything at all. */
const mostly = (...good: string[]): fc.Arbitrary<string> => fc.oneof({ weight: 40, arbitrary: fc.constantFrom(...good) }, { weight: 1, arbitrary: fc.string({ unit: 'binary' }) });
const list = (arbitrary: fc.Arbitrary<string>): fc.Arbitrary<string[]> => fc.array(arbitrary, { minLength: 1, maxLength: 3 });

const options: fc.Arbitrary<GoImageOptions> = fc.record({
  main: mostly('.', './cmd/server', './cmd/server/'),
  name: mostly('orders', 'shop/orders'),
  repository: mostly('ghcr.io/acme/orders', 'localhost:5000/orders'),
  tag: mostly('1.0.0').map(tag => ImageTag.of(tag)),
  goVersion: mostly('1.25.0', '1.27.1', '1.26rc1'),
  base: fc.oneof(fc.constantFrom(ImageBase.distroless(), ImageBase.scratch(), ImageBase.scratch({ tmp: true }), ImageBase.alpine()), mostly('base:1').map(each => ImageBase.custom(each))),
  binary: mostly('server', 'a.b-c_d'),
  buildTags: list(mostly('netgo', 'go1.25')),
  ldflags: list(mostly('-X main.a=b', "-X 'main.b=$x \"`'", '\\')),
  versionVariable: mostly('main.version', 'example.com/a/b.Version'),
  platforms: list(mostly('linux/amd64', 'linux/arm/v7')),
  vendored: fc.constant(false),
  privateModules: fc.record({ patterns: list(mostly('github.com/acme/*')), access: fc.constantFrom(...Object.values(ModuleAccess)) }),
  files: fc.dictionary(mostly('/app/static', '/srv/a b'), mostly('static', 'go.mod', './static/a.css')),
  metadata: fc.record({ title: fc.string({ unit: 'binary' }), source: mostly('https://example.com'), labels: fc.dictionary(mostly('com.example.a'), fc.string()) }, { requiredKeys: [] }),
  buildArgs: fc.dictionary(mostly('GOPROXY', 'A'), fc.string({ unit: 'binary' })),
  builderRepository: mostly('golang', 'registry.example.com/golang'),
  builderVariant: mostly('trixie', 'bookworm'),
  user: fc.constantFrom(65532, 10001, 20000, 30000, 0, -1, 1.5),
  debugTarget: fc.boolean(),
}, { requiredKeys: [] });

const KEYWORDS = new Set(['ARG', 'FROM', 'WORKDIR', 'ENV', 'RUN', 'COPY', 'EXPOSE', 'STOPSIGNAL', 'HEALTHCHECK', 'USER', 'ENTRYPOINT', 'LABEL']);

test('any recipe is either reported or a Dockerfile of known instructions, the same each time', () => {
  let legal = 0;
  fc.assert(fc.property(mostly('services/orders', './services/orders/'), options, (path, recipe) => {
    const app = shop();
    const service = new FakeService(app, 'orders', { image: GoImage.fromModule(path, recipe), identity: null });
    const faults = findings(app).map(({ message }) => message);
    service.resolve(({ message }) => faults.push(message));
    const artifacts = Artifacts.of(app).list();
    if (faults.length > 0) {
      return;
    }
    legal += 1;
    const dockerfile = artifacts.find(({ path: file }) => file.endsWith('/Dockerfile'))!.render();
    expect(Artifacts.of(app).list().map(artifact => artifact.render())).toEqual(artifacts.map(artifact => artifact.render()));
    const instructions = DockerfileParser.parse(dockerfile).getInstructions();
    expect(instructions.filter(instruction => !KEYWORDS.has(instruction.getKeyword())).map(String)).toEqual([]);
    expect(instructions.at(-1)!.getKeyword()).toBe('LABEL');
  }), { numRuns: 500, seed: 20261121 });
  expect(legal).toBeGreaterThan(50);
});
