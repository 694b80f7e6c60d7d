import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { faultless, faultsOf } from './faults';
import { ImageTag } from '../../lib';

const REPOSITORY = 'ghcr.io/acme/orders';
const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const VARIABLE = 'GOLDEN_PATH_TEST_TAG';
const TAG_RULE = 'Use at most 128 letters, digits, underscores, dots and dashes, beginning with a letter, digit or underscore.';

const resolved = (tag: ImageTag, repository = REPOSITORY) => faultless(report => tag._resolve(repository, report));
const faults = (tag: ImageTag, repository = REPOSITORY) => faultsOf(report => tag._resolve(repository, report));

describe('a tag', () => {
  test.each(['1.4.2', 'v1', '_a', 'A'.repeat(128), 'main-3f2a9c1'])('%s', tag => {
    expect(resolved(ImageTag.of(tag))).toEqual({ tag });
  });

  test.each(['', '.1', '-1', '1 2', '1:2', '1/2', 'é', 'A'.repeat(129)])("'%s' is none", tag => {
    expect(faults(ImageTag.of(tag))).toEqual([`invalid-image [] '${tag}' is not a tag. ${TAG_RULE}`]);
  });

  test('that moves is refused', () => {
    expect(faults(ImageTag.of('latest'))).toEqual(["tag-missing [] The tag 'latest' names another image tomorrow. Write the version that was built."]);
  });
});

describe('an environment variable', () => {
  afterEach(() => {
    delete process.env[VARIABLE];
  });

  test.each([
    ['1.4.2', { tag: '1.4.2' }],
    [DIGEST, { digest: DIGEST }],
    [`1.4.2@${DIGEST}`, { tag: '1.4.2', digest: DIGEST }],
  ])('with %s', (value, expected) => {
    process.env[VARIABLE] = value;
    expect(resolved(ImageTag.fromEnv(VARIABLE))).toEqual(expected);
    expect(resolved(ImageTag.fromEnv(VARIABLE, { otherwise: 'dev' }))).toEqual(expected);
  });

  test('is read when the app renders', () => {
    const tag = ImageTag.fromEnv(VARIABLE);
    process.env[VARIABLE] = '2';
    expect(resolved(tag)).toEqual({ tag: '2' });
  });

  test('may have a substitute', () => {
    expect(resolved(ImageTag.fromEnv(VARIABLE, { otherwise: '0.1.0' }))).toEqual({ tag: '0.1.0' });
    process.env[VARIABLE] = '';
    expect(resolved(ImageTag.fromEnv(VARIABLE, { otherwise: '0.1.0' }))).toEqual({ tag: '0.1.0' });
  });

  test('that is not set is an error, and nothing is invented', () => {
    expect(faults(ImageTag.fromEnv(VARIABLE))).toEqual([
      `build-input-missing [] The environment variable ${VARIABLE} is not set, so the tag of the image is unknown. Synthesise with it, for example ${VARIABLE}=1.4.2 npx cdk8s synth, or name another source by 'tag' (ImageTag.of, ImageTag.fromBakeMetadata).`,
    ]);
    expect(ImageTag.fromEnv(VARIABLE)._resolve(REPOSITORY, () => undefined)).toEqual({});
  });

  test.each([
    ['latest', "tag-missing [] The tag 'latest' names another image tomorrow. Write the version that was built."],
    ['a b', `invalid-image [] 'a b' is not a tag. ${TAG_RULE}`],
    ['sha256:abc', "invalid-image [] 'sha256:abc' is not a digest. Write 'sha256:' and 64 hexadecimal digits, as the registry returned it."],
    ['1@sha512:abc', "invalid-image [] 'sha512:abc' is not a digest. Write 'sha256:' and 64 hexadecimal digits, as the registry returned it."],
    [`1@${DIGEST.toUpperCase()}`, `invalid-image [] '${DIGEST.toUpperCase()}' is not a digest. Write 'sha256:' and 64 hexadecimal digits, as the registry returned it.`],
  ])('with %s', (value, expected) => {
    process.env[VARIABLE] = value;
    expect(faults(ImageTag.fromEnv(VARIABLE))).toEqual([expected]);
  });
});

describe('the metadata of a build', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'golden-path-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** As docker buildx bake --metadata-file writes it, shortened. */
  function metadata(content: unknown): { tag: ImageTag; file: string } {
    const file = join(folder, 'build.json');
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    return { tag: ImageTag.fromBakeMetadata(file), file };
  }

  const target = (names: string, digest?: unknown) => ({ 'buildx.build.ref': 'default/default0/x', 'image.name': names, ...digest !== undefined && { 'containerimage.digest': digest } });

  test('gives tag and digest of the image that it pushed', () => {
    const { tag } = metadata({ 'orders': target(`${REPOSITORY}:1.4.2`, DIGEST), 'buildx.build.warnings': [{ vertex: 'x' }] });
    expect(resolved(tag)).toEqual({ tag: '1.4.2', digest: DIGEST });
  });

  test('finds it among the names of several targets', () => {
    const { tag } = metadata({ web: target('ghcr.io/acme/web:1', DIGEST), orders: target(`docker.io/x/orders:9, ${REPOSITORY}:latest,${REPOSITORY}:1.4.2,${REPOSITORY}:1`, DIGEST) });
    expect(resolved(tag)).toEqual({ tag: '1.4.2', digest: DIGEST });
  });

  test('knows a port of the registry from a tag', () => {
    const { tag } = metadata({ orders: target('localhost:5000/orders:3', DIGEST) });
    expect(resolved(tag, 'localhost:5000/orders')).toEqual({ tag: '3', digest: DIGEST });
    expect(faults(tag, 'localhost')).toHaveLength(1);
  });

  test('a build without push has no digest, and none is invented', () => {
    expect(resolved(metadata({ orders: target(`${REPOSITORY}:1.4.2`) }).tag)).toEqual({ tag: '1.4.2' });
  });

  test('that moves its only tag', () => {
    expect(faults(metadata({ orders: target(`${REPOSITORY}:latest`, DIGEST) }).tag)).toEqual(["tag-missing [] The tag 'latest' names another image tomorrow. Write the version that was built."]);
  });

  test('with a digest that is none', () => {
    expect(faults(metadata({ orders: target(`${REPOSITORY}:1`, 'sha256:abc') }).tag)).toHaveLength(1);
    expect(resolved(metadata({ orders: target(`${REPOSITORY}:1`, 7) }).tag)).toEqual({ tag: '1' });
  });

  test('that does not name the image', () => {
    const { tag, file } = metadata({ web: target('ghcr.io/acme/web:1', DIGEST), odd: null, text: 'a' });
    expect(faults(tag)).toEqual([`build-input-missing [] The build metadata '${file}' names no image '${REPOSITORY}'. Build first: docker buildx bake --push --metadata-file ${file}`]);
  });

  test.each(['', '{', '[]', 'null', '5', '"text"'])('that is %j is an error, not an exception', content => {
    expect(faults(metadata(content).tag)).toEqual([expect.stringMatching(/^build-input-missing \[\] The build metadata '.*' (cannot be read: .*|names no image 'ghcr.io\/acme\/orders')\. Build first/)]);
  });

  test('that does not exist', () => {
    const file = join(folder, 'nowhere.json');
    expect(faults(ImageTag.fromBakeMetadata(file))).toEqual([expect.stringMatching(/^build-input-missing \[\] The build metadata '.*nowhere\.json' cannot be read: ENOENT.*Build first: docker buildx bake --push --metadata-file .*nowhere\.json$/)]);
  });
});
