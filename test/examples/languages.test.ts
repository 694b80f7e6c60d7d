import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { LANGUAGES_PAGE, renderLanguages } from '../../tools/languages-doc';
import { synthesise } from '../support/real-runs/applications';

const EXAMPLES = join(__dirname, '../../examples');
let folder: string;

beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'languages-')); });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('docs/languages.md shows these programs; npx projen languages-doc writes it', () => {
  expect(readFileSync(LANGUAGES_PAGE, 'utf8')).toBe(renderLanguages());
});

test('the first program is the demo', () => {
  const text = (file: string) => readFileSync(join(EXAMPLES, file), 'utf8');
  expect(text('languages/typescript/go-microservice.ts')).toBe(text('go-microservice/main.ts'));
});

test('the second one says of the cart service what examples/online-boutique says', async () => {
  const objects = async (source: string) => {
    const { manifests } = await synthesise(join(EXAMPLES, source), join(folder, source));
    const all = parseAllDocuments(readFileSync(join(manifests[0], 'online-boutique.k8s.yaml'), 'utf8')).map(document => document.toJS());
    return new Map(all.map(object => [`${object.kind} ${object.metadata.name}`, object]));
  };
  const [one, whole] = [await objects('languages/typescript/cart-service.ts'), await objects('online-boutique/main.ts')];
  expect([...one.keys()]).toEqual(expect.arrayContaining(['Deployment cartservice', 'Service cartservice', 'Deployment redis-cart']));
  // In the whole app others call the carts, which opens its network policy to them.
  one.delete('NetworkPolicy cartservice');
  expect([...one].filter(([name, object]) => JSON.stringify(object) !== JSON.stringify(whole.get(name))).map(([name]) => name)).toEqual([]);
}, 60_000);
