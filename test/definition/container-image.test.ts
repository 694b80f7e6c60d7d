import { faultless, faultsOf } from './faults';
import { ContainerImage, ImageTag } from '../../lib';
import { isReference, isRepository } from '../../lib/definition/container-image';

const DIGEST = `sha256:${'ab'.repeat(32)}`;
const context = { serviceName: 'orders', tag: ImageTag.of('1') };
const faults = (reference: string) => faultsOf(report => ContainerImage.reference(reference)._resolve(context, report));
const INVALID = "Write 'registry/repository:tag' in lower case, with '@sha256:…' behind it to pin it.";

test.each([
  [`ghcr.io/acme/orders:1.4.2@${DIGEST}`, '1.4.2'],
  [`ghcr.io/acme/orders@${DIGEST}`, undefined],
  [`localhost:5000/a/b_c/d__e/f--g:v1@${DIGEST}`, 'v1'],
  [`Registry.Example.com/orders:1@${DIGEST}`, '1'],
])('%s is pinned', (reference, tag) => {
  expect(faultless(report => ContainerImage.reference(reference)._resolve(context, report))).toEqual({ reference, tag, digest: DIGEST });
});

test.each(['redis:7.2', 'ghcr.io/acme/orders:1.4.2', 'localhost:5000/orders:1'])('%s is not pinned, which is worth knowing', reference => {
  expect(faults(reference)).toEqual([
    `digest-missing [] '${reference}' is not pinned: whoever can push to its registry can change what runs. Write '${reference}@sha256:…' with the digest that the registry returned.`,
  ]);
});

test.each(['redis', 'localhost:5000/redis', 'ghcr.io/acme/orders'])('%s has no tag', reference => {
  expect(faults(reference)[0]).toBe(`tag-missing [] '${reference}' has no tag, which means 'latest'. Write '${reference}:<version>'.`);
});

test('latest is no version', () => {
  expect(faults('redis:latest')[0]).toBe("tag-missing [] The tag 'latest' names another image tomorrow. Write the version that was built.");
  expect(faults(`redis:latest@${DIGEST}`)).toHaveLength(1);
});

test.each(['', ' ', 'Redis:7', 'redis:', 'redis: 7', 'https://ghcr.io/a:1', 'a//b:1', '/a:1', 'a/:1', 'a..b:1', 'a@', '@sha256:x', 'a:1:2', 'a b:1'])("'%s' is none", reference => {
  expect(faults(reference)[0]).toMatch(/^invalid-image /);
});

test('what is wrong with it', () => {
  expect(faults('Redis:7')).toEqual([`invalid-image [] 'Redis:7' is not an image reference. ${INVALID}`]);
  expect(faults('redis:7@sha256:abc')).toEqual(["invalid-image [] 'sha256:abc' is not a digest. Write 'sha256:' and 64 hexadecimal digits, as the registry returned it."]);
});

test('one that is built elsewhere has no recipe', () => {
  expect(ContainerImage.reference('redis:7')._goVersion()).toBeUndefined();
});

test('repositories and references', () => {
  expect(['orders', 'ghcr.io/acme/orders', 'localhost:5000/orders'].filter(text => !isRepository(text))).toEqual([]);
  expect(['', 'orders:1', `orders@${DIGEST}`, 'Orders', 'https://a/b', 'a/'].filter(isRepository)).toEqual([]);
  expect(['docker/dockerfile:1', 'a', `a:1@${DIGEST}`].filter(text => !isReference(text))).toEqual([]);
  expect(['', 'a b', 'a:'].filter(isReference)).toEqual([]);
});
