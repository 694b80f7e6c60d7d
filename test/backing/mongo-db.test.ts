import { makerOf, testWholeManifests } from './backing-kind';
import { MongoDb, type MongoDbProps, BackingCredentials } from '../../lib/backing';
import { Resources } from '../../lib/definition';
import { finding, findings } from '../support/services';

const made = makerOf(MongoDb, 'catalog-db', '8.0.13');

testWholeManifests(made);

test('the cache gets its share of the memory, and no less than the server takes', () => {
  const cache = (memory: string) => made({ resources: Resources.of({ memory }) }).container().args[2];
  expect([cache('4Gi'), cache('256Mi')]).toEqual(['1.60', '0.25']);
  expect(made({ resources: Resources.none() }).container().args).toEqual(['--bind_ip_all']);
});

test('clients log in where the user is', () => {
  expect(made({ database: 'catalog' }).service.secret!._composed).toEqual({ url: 'mongodb://app:{password}@catalog-db:27017/catalog?authSource=admin' });
});

test.each<[Partial<MongoDbProps>, string]>([
  [{ version: 'latest' }, finding('error', 'invalid-version', 'shop/catalog-db version', "'latest' is no version of MongoDB.", "Write for example '8.0.13'.")],
  [{ database: 'a.b' }, finding('error', 'invalid-name', 'shop/catalog-db database', "'a.b' is not a name that MongoDB takes as it stands.",
    'Use at most 63 lower-case letters, digits and underscores, not beginning with a digit.')],
  [{ credentials: BackingCredentials.generated({ userName: 'a b' }) }, finding('error', 'invalid-name', 'shop/catalog-db credentials.userName', "'a b' is not a name that MongoDB takes as it stands.",
    'Use at most 63 lower-case letters, digits and underscores, not beginning with a digit.')],
])('faults of %p', (props, expected) => {
  expect(findings(made(props).chart)).toEqual([expected]);
});
