import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hear } from './hear';
import { type Behaviour, RegistryServer, sha256 } from './registry-server';
import { findLogin } from '../../lib/cli/credentials';
import { locate } from '../../lib/cli/reference';

const MANIFEST = '{"schemaVersion":2,"manifests":[]}';
const OTHER = '{"schemaVersion":2,"manifests":[],"annotations":{}}';

let folder: string;
let registry: RegistryServer | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'images-lock-'));
});

afterEach(async () => {
  rmSync(folder, { recursive: true });
  await registry?.stop();
  registry = undefined;
});

const start = async (manifests: { readonly [image: string]: string }, behaviour: Behaviour = {}): Promise<string> => {
  registry = await RegistryServer.start(manifests, behaviour);
  return registry.host;
};

const run = async (...args: string[]) => hear(args, folder, {
  fetch: async (url, options) => fetch(url, options),
  login: async host => findLogin(host, { DOCKER_CONFIG: docker(), PATH: `${folder}:${process.env.PATH}` }),
});

const docker = (): string => join(folder, '.docker');
/** Leaves what `docker login` leaves. */
function loggedIn(config: object | string): void {
  mkdirSync(docker());
  writeFileSync(join(docker(), 'config.json'), typeof config === 'string' ? config : JSON.stringify(config));
}
const lockFile = (): string => join(folder, 'images.lock.json');
const locked = (): unknown => JSON.parse(readFileSync(lockFile(), 'utf8'));
function use(...images: string[]): void {
  mkdirSync(join(folder, 'artifacts'), { recursive: true });
  writeFileSync(join(folder, 'artifacts/base-images.json'), JSON.stringify({ images }));
}

describe('images lock', () => {
  test('writes the digests of what the app uses, and of what is named', async () => {
    const host = await start({ 'base/static:nonroot': MANIFEST, 'golang:1.25.0-trixie': OTHER });
    use(`${host}/base/static:nonroot`);
    const { status, said } = await run('images', 'lock', `${host}/golang:1.25.0-trixie`);
    expect(status).toBe(0);
    expect(said).toEqual([`${host}/base/static:nonroot: ${sha256(MANIFEST)}`, `${host}/golang:1.25.0-trixie: ${sha256(OTHER)}`]);
    expect(locked()).toEqual({
      version: 1,
      images: { [`${host}/base/static:nonroot`]: { digest: sha256(MANIFEST) }, [`${host}/golang:1.25.0-trixie`]: { digest: sha256(OTHER) } },
    });
  });

  test('takes the token that everybody gets', async () => {
    const host = await start({ 'base/static:nonroot': MANIFEST }, { tokens: true });
    expect((await run('images', 'lock', `${host}/base/static:nonroot`)).status).toBe(0);
    expect(registry!.requests).toEqual([
      'GET /v2/base/static/manifests/nonroot',
      'GET /token?service=test&scope=repository%3Abase%2Fstatic%3Apull',
      'GET /v2/base/static/manifests/nonroot',
    ]);
  });

  test('without a list and without names it asks again for what is locked', async () => {
    const host = await start({ 'a:1': OTHER });
    writeFileSync(lockFile(), JSON.stringify({ version: 1, images: { [`${host}/a:1`]: { digest: sha256(MANIFEST) } } }));
    expect((await run('images', 'lock')).said).toEqual([`${host}/a:1: ${sha256(OTHER)}, was ${sha256(MANIFEST)}`]);
    expect(locked()).toMatchObject({ images: { [`${host}/a:1`]: { digest: sha256(OTHER) } } });
  });

  test('what no registry returns is not written, and keeps what it has', async () => {
    const host = await start({ 'a:1': MANIFEST });
    const kept = { [`${host}/gone:1`]: { digest: sha256('once') } };
    writeFileSync(lockFile(), JSON.stringify({ version: 1, images: kept }));
    const { status, complained } = await run('images', 'lock', `${host}/a:1`, `${host}/gone:1`, `${host}/never:1`);
    expect(status).toBe(1);
    expect(complained).toEqual([
      `${host}/gone:1: there is no such image at http://${host}; the entry stays as it was`,
      `${host}/never:1: there is no such image at http://${host}`,
    ]);
    expect(locked()).toEqual({ version: 1, images: { [`${host}/a:1`]: { digest: sha256(MANIFEST) }, ...kept } });
  });

  test.each<[string, string, Behaviour, RegExp]>([
    ['says one digest and sends another', MANIFEST, { lies: sha256('x') }, /says that it sends sha256:\w+, but sends sha256:/],
    ['sends a page', '<html>', {}, /sends something that is no manifest/],
    ['sends nothing', '', {}, /sends 0 bytes/],
  ])('a registry that %s is not believed', async (_, manifest, behaviour, complaint) => {
    const host = await start({ 'a:1': manifest }, behaviour);
    const { status, complained } = await run('images', 'lock', `${host}/a:1`);
    expect(status).toBe(1);
    expect(complained).toEqual([expect.stringMatching(complaint)]);
    expect(locked()).toEqual({ version: 1, images: {} });
  });

  test('a registry that does not answer', async () => {
    const host = await start({});
    await registry!.stop();
    expect((await run('images', 'lock', `${host}/a:1`)).complained).toEqual([`${host}/a:1: http://${host} does not answer: ECONNREFUSED`]);
    registry = undefined;
  });

  test('a reference without a tag', async () => {
    expect((await run('images', 'lock', 'golang')).complained).toEqual(['golang: this is no reference with a tag']);
  });

  test('--check compares and writes nothing', async () => {
    const host = await start({ 'a:1': MANIFEST });
    expect(await run('images', 'lock', '--check', `${host}/a:1`)).toMatchObject({ status: 1 });
    expect(existsSync(lockFile())).toBe(false);
    await run('images', 'lock', `${host}/a:1`);
    expect(await run('images', 'lock', '--check', `${host}/a:1`)).toMatchObject({ status: 0, said: [`${host}/a:1: unchanged`] });
  });

  test('--prune takes out what the app does not use', async () => {
    const host = await start({ 'a:1': MANIFEST });
    use(`${host}/a:1`);
    writeFileSync(lockFile(), JSON.stringify({ version: 1, images: { 'old:1': { digest: sha256('old') } } }));
    expect((await run('images', 'lock', '--prune')).said).toEqual(['old:1: not used any more, taken out', `${host}/a:1: ${sha256(MANIFEST)}`]);
    expect(Object.keys((locked() as { images: object }).images)).toEqual([`${host}/a:1`]);
  });

  test('files elsewhere', async () => {
    const host = await start({ 'a:1': MANIFEST });
    mkdirSync(join(folder, 'build'));
    writeFileSync(join(folder, 'build/base-images.json'), JSON.stringify({ images: [`${host}/a:1`] }));
    expect((await run('images', 'lock', '--artifacts', 'build/', '--file', 'other.lock.json')).status).toBe(0);
    expect(existsSync(join(folder, 'other.lock.json'))).toBe(true);
  });

  test('a lock file that is none is left alone', async () => {
    writeFileSync(lockFile(), '{}');
    expect(await run('images', 'lock', 'a:1')).toMatchObject({ status: 1, complained: ['images.lock.json cannot be used: it is no lock file of version 1'] });
    expect(readFileSync(lockFile(), 'utf8')).toBe('{}');
  });

  test('nothing to lock', async () => {
    expect(await run('images', 'lock')).toMatchObject({
      status: 1, complained: ['There is no image to lock: synthesise the app first, which writes artifacts/base-images.json, or name one.'],
    });
  });
});

describe('a registry that asks who asks', () => {
  const basic = `Basic ${Buffer.from('ada:s:3cret').toString('base64')}`;
  const auth = { auth: Buffer.from('ada:s:3cret').toString('base64') };
  const helper = (script: string): void => {
    writeFileSync(join(folder, 'docker-credential-test'), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, 'docker-credential-test'), 0o755);
  };

  test.each<[string, (host: string) => object, Behaviour]>([
    ['by a password', host => ({ auths: { [host]: auth } }), { authorization: basic }],
    ['whose server stands with scheme and path', host => ({ auths: { [`https://${host}/v2/`]: auth } }), { authorization: basic }],
    ['by name and password apart', host => ({ auths: { [host]: { username: 'ada', password: 's:3cret' } } }), { authorization: basic }],
    ['before it gives a token', host => ({ auths: { [host]: auth } }), { tokens: true, authorization: basic }],
    ['by a token of another place', host => ({ auths: { [host]: { identitytoken: 'refresh-me' } } }), { tokens: true, identityToken: 'refresh-me' }],
  ])('is told %s', async (_, config, behaviour) => {
    const host = await start({ 'acme/base:1': MANIFEST }, behaviour);
    loggedIn(config(host));
    expect(await run('images', 'lock', `${host}/acme/base:1`)).toMatchObject({ status: 0, complained: [] });
  });

  test.each(['credHelpers', 'credsStore'])('is told what the program of %s says', async kind => {
    const host = await start({ 'acme/base:1': MANIFEST }, { authorization: basic });
    loggedIn(kind === 'credsStore' ? { credsStore: 'test' } : { credHelpers: { [host]: 'test' } });
    helper(`read server; [ "$1 $server" = "get ${host}" ] && echo '{"ServerURL":"x","Username":"ada","Secret":"s:3cret"}'`);
    expect(await run('images', 'lock', `${host}/acme/base:1`)).toMatchObject({ status: 0, complained: [] });
  });

  test('a program that gives a token, and one that has nothing', async () => {
    helper('echo \'{"Username":"<token>","Secret":"refresh-me"}\'');
    const host = await start({ 'acme/base:1': MANIFEST }, { tokens: true, identityToken: 'refresh-me' });
    loggedIn({ credsStore: 'test', auths: { [host]: {} } });
    expect(await run('images', 'lock', `${host}/acme/base:1`)).toMatchObject({ status: 0, complained: [] });
    helper('echo "credentials not found in native keychain"; exit 1');
    expect(await run('images', 'lock', `${host}/acme/base:1`)).toMatchObject({
      status: 1, complained: [`${host}/acme/base:1: http://${host} gives no token to somebody without a name (401); the entry stays as it was`],
    });
  });

  test.each<[string, object | string, string]>([
    ['nobody logged in', {}, 'http://HOST asks for a login: docker login HOST'],
    ['another login', { auths: { HOST: { auth: Buffer.from('eve:x').toString('base64') } } }, 'http://HOST does not show the image to who asks (401): docker login HOST'],
    ['a login that is none', { auths: { HOST: { auth: 'AAAA' } } }, "the login for HOST in FILE is no 'user:password' in base64: docker login HOST"],
    ['a file that is none', '{', 'the logins in FILE cannot be read: '],
    ['a file without an object', '[]', 'the logins in FILE cannot be read: it holds no object'],
    ['a program that is not there', { credsStore: 'nowhere' }, 'the credentials store cannot be asked: there is no docker-credential-nowhere'],
    ['a program that fails', { credsStore: 'test' }, 'docker-credential-test fails: the keychain is locked'],
  ])('%s', async (_, config, complaint) => {
    const host = await start({ 'acme/base:1': MANIFEST }, { authorization: basic });
    helper('echo "the keychain is locked"; exit 1');
    const inPlace = (text: string): string => text.replaceAll('HOST', host).replaceAll('FILE', join(docker(), 'config.json'));
    loggedIn(inPlace(typeof config === 'string' ? config : JSON.stringify(config)));
    const { status, complained } = await run('images', 'lock', `${host}/acme/base:1`);
    expect(status).toBe(1);
    expect(complained).toEqual([expect.stringContaining(inPlace(complaint))]);
  });

  test('a program that answers with nonsense', async () => {
    const host = await start({}, { authorization: basic });
    loggedIn({ credHelpers: { [host]: 'test' } });
    helper('echo "{}"');
    expect((await run('images', 'lock', `${host}/a:1`)).complained).toEqual([`${host}/a:1: docker-credential-test answers with something that is no login`]);
  });
});

test.each([
  ['golang:1.25.0-trixie', 'https://registry-1.docker.io', 'library/golang', '1.25.0-trixie'],
  ['docker/dockerfile:1', 'https://registry-1.docker.io', 'docker/dockerfile', '1'],
  ['docker.io/library/alpine:3.24.2', 'https://registry-1.docker.io', 'library/alpine', '3.24.2'],
  ['gcr.io/distroless/static-debian13:nonroot', 'https://gcr.io', 'distroless/static-debian13', 'nonroot'],
  ['localhost:5000/a:1', 'http://localhost:5000', 'a', '1'],
  ['registry.example.com:5000/a/b:1', 'https://registry.example.com:5000', 'a/b', '1'],
])('%s lies at %s', (reference, url, repository, version) => {
  expect(locate(reference)).toEqual({ url, repository, version });
});

test.each(['golang', 'gcr.io/Upper:1', 'a b:1', ''])("'%s' lies nowhere", reference => {
  expect(locate(reference)).toBeUndefined();
});
