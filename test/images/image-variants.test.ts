import { FakeService, findings, shop, toText } from './fake-service';
import { inFolderWith } from './module-folder';
import { Artifacts } from '../../lib/synthesis';
import { IMAGE_VARIANTS } from '../support/image-variants';

inFolderWith(Object.fromEntries(Object.entries(IMAGE_VARIANTS).flatMap(([name, { files }]) =>
  Object.entries(files).map(([path, text]) => [`${name}/${path}`, text]))));

function textsOf(name: string): { readonly [path: string]: string } {
  const app = shop();
  new FakeService(app, name, { image: IMAGE_VARIANTS[name].image(name) });
  expect(findings(app).map(toText)).toEqual([]);
  const artifacts = Artifacts.of(app);
  return Object.fromEntries([
    ...artifacts.list().map(artifact => [artifact.path, artifact.render()]),
    ...artifacts._inPlace().map(({ path, text }) => [path, text]),
  ].filter(([path]) => /Dockerfile/.test(path)));
}

test.each(Object.keys(IMAGE_VARIANTS))('%s', name => {
  const texts = Object.values(textsOf(name));
  expect(texts).toHaveLength(2);
  // The head is that of every other image.
  const [dockerfile, ignoreFile] = texts.sort((a, b) => b.length - a.length);
  expect(`${dockerfile.slice(dockerfile.indexOf('#   docker buildx'))}\n${'='.repeat(20)}\n${ignoreFile.slice(ignoreFile.indexOf('\n*'))}`).toMatchSnapshot();
});

test('there are some fifty', () => {
  expect(Object.keys(IMAGE_VARIANTS).length).toBeGreaterThan(50);
});
