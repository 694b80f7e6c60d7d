import { execFileSync, spawnSync } from 'child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { delimiter, join } from 'path';
import { Chart, Testing } from 'cdk8s';
import { Artifacts, SecretType, ServiceSecret, type ManagedSecretProps } from '../../lib';

/** Records its arguments and standard input; the keys that have a value are in $FILLED. */
const KUBECTL = `#!/bin/sh
printf '%s\\n' "$*" >>"$RECORD/arguments"
case "$*" in
  *'index .data'*) printf '%s' "$CURRENT" ;;
  *'get secret'*) printf '%s' "$FILLED" ;;
  *current-context*) echo kind ;;
  *) cat >"$RECORD/input"; env >"$RECORD/environment" ;;
esac
`;

interface Run {
  readonly status: number | null;
  readonly arguments: string[];
  readonly input?: any;
  readonly stderr: string;
  /** Everything that another process could have seen. */
  readonly visible: string;
}

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'golden-path-'));
  writeFileSync(join(folder, 'kubectl'), KUBECTL);
  chmodSync(join(folder, 'kubectl'), 0o755);
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function script(props: ManagedSecretProps, namespace?: string): string {
  const chart = new Chart(Testing.app(), 'shop', namespace === undefined ? {} : { namespace });
  ServiceSecret.managed(chart, 'db-secret', props);
  return Artifacts.of(chart).list()[0].render();
}

function run(text: string, keys: string[], input: string, env: { [name: string]: string } = {}): Run {
  const file = join(folder, 'fill.sh');
  writeFileSync(file, text);
  const { status, stdout, stderr } = spawnSync('sh', [file, ...keys], {
    cwd: folder, input, encoding: 'utf8', env: { PATH: `${folder}${delimiter}${process.env.PATH}`, RECORD: folder, FILLED: '', ...env },
  });
  const read = (name: string) => existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : '';
  return {
    status,
    arguments: read('arguments').split('\n').filter(line => line !== ''),
    ...read('input') && { input: JSON.parse(read('input')) },
    stderr,
    visible: [stdout, stderr, read('arguments'), read('environment')].join('\n'),
  };
}

const decode = (base64: string) => Buffer.from(base64, 'base64').toString();
const GET = '--namespace shop get secret db-secret --ignore-not-found --output go-template=found{{range $key, $value := .data}}{{if $value}} {{$key}}{{end}}{{end}}';

test('as a whole', () => {
  expect(script({ keys: ['username'], generatedKeys: ['password'] }, 'shop')).toMatchSnapshot();
});

// What follows needs a POSIX shell.
const posix = process.platform === 'win32' ? describe.skip : describe;

posix('the script', () => {
  test('makes a Secret that does not exist, with type and labels', () => {
    const result = run(script({ keys: ['username'], generatedKeys: ['password'] }, 'shop'), [], 'al"ice $1 \\n\n');
    expect(result.status).toBe(0);
    expect(result.arguments).toEqual([GET, 'config current-context', '--namespace shop create --filename -']);
    expect(result.input).toMatchObject({
      apiVersion: 'v1',
      kind: 'Secret',
      type: 'Opaque',
      metadata: { name: 'db-secret', namespace: 'shop', labels: { 'app.kubernetes.io/name': 'db-secret' } },
    });
    expect(decode(result.input.data.username)).toBe('al"ice $1 \\n');
    expect(decode(result.input.data.password)).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(result.stderr).toContain('Secret db-secret, namespace shop, context kind');
    for (const value of ['al"ice', result.input.data.username, decode(result.input.data.password), result.input.data.password]) {
      expect(result.visible).not.toContain(value);
    }
  });

  test('fills in what has no value yet, and keeps the rest', () => {
    const result = run(script({ keys: ['username', 'password'] }, 'shop'), [], 'hunter2\n', { FILLED: 'found other username' });
    expect(result.arguments[2]).toBe('--namespace shop patch secret db-secret --type merge --patch-file /dev/stdin');
    expect(result.input).toEqual({ data: { password: Buffer.from('hunter2').toString('base64') } });
  });

  test('rotates the keys that are named', () => {
    const result = run(script({ keys: ['username', 'password'] }, 'shop'), ['password'], 'hunter3\n', { FILLED: 'found username password' });
    expect(result.status).toBe(0);
    expect(result.input).toEqual({ data: { password: Buffer.from('hunter3').toString('base64') } });
  });

  test('makes up another value each time', () => {
    const text = script({ generatedKeys: ['password'] }, 'shop');
    const values = [1, 2].map(() => run(text, ['password'], '', { FILLED: 'found password' }).input.data.password);
    expect(values[0]).not.toBe(values[1]);
  });

  test('has nothing to do where every key has a value', () => {
    const result = run(script({ keys: ['password'] }, 'shop'), [], '', { FILLED: 'found password' });
    expect([result.status, result.input, result.stderr]).toEqual([0, undefined, 'Every key has a value. To set some anew, name them.\n']);
  });

  describe('keys that are made of others', () => {
    const URL = 'postgres://shop:{password}@db:5432/shop';
    const text = () => script({ generatedKeys: ['password'], composedKeys: { url: URL } }, 'shop');

    test('as a whole', () => {
      expect(text()).toMatchSnapshot();
    });

    test('come with them, and show nowhere', () => {
      const result = run(text(), [], '');
      const { password, url } = result.input.data;
      expect(result.status).toBe(0);
      expect(decode(url)).toBe(`postgres://shop:${decode(password)}@db:5432/shop`);
      [decode(password), password, url].forEach(value => expect(result.visible).not.toContain(value));
    });

    test('follow a rotation', () => {
      const { data } = run(text(), ['password'], '', { FILLED: 'found password url' }).input;
      expect(decode(data.url)).toBe(`postgres://shop:${decode(data.password)}@db:5432/shop`);
    });

    test('are made of the value that is there already', () => {
      const result = run(text(), [], '', { FILLED: 'found password', CURRENT: Buffer.from('hunter2').toString('base64') });
      expect(result.status).toBe(0);
      expect(result.input).toEqual({ data: { url: Buffer.from('postgres://shop:hunter2@db:5432/shop').toString('base64') } });
    });

    test('are not made of nothing', () => {
      const result = run(text(), ['url'], '', { FILLED: 'found url' });
      expect([result.status, result.input]).toEqual([1, undefined]);
      expect(result.stderr).toContain('The Secret has no value for password, of which another key is made; nothing was changed.');
    });

    test.each(['p@ss w%rd/', 'ä\'"$(x)`\\', '-n', 'a&b\\1'])('hold %s as URLs want it', value => {
      const result = run(script({ keys: ['password'], composedKeys: { url: URL } }, 'shop'), [], `${value}\n`);
      expect(decode(result.input.data.password)).toBe(value);
      const url = decode(result.input.data.url);
      expect(decodeURIComponent(url)).toBe(`postgres://shop:${value}@db:5432/shop`);
      expect(new globalThis.URL(url).host).toBe('db:5432');
    });
  });

  test('reads files byte for byte, and asks for those that are files by nature', () => {
    const bytes = Buffer.from([0, 255, 10, 13, 10]);
    const values = mkdtempSync(join(folder, 'values-'));
    writeFileSync(join(values, 'tls.crt'), bytes);
    writeFileSync(join(folder, 'key.pem'), 'PEM\n'.repeat(100));
    const result = run(script({ type: SecretType.TLS }, 'shop'), [], `${join(folder, 'key.pem')}\n`, { SECRETS_DIR: values });
    expect(result.status).toBe(0);
    expect(result.input).toMatchObject({ type: 'kubernetes.io/tls', data: { 'tls.crt': bytes.toString('base64') } });
    expect(decode(result.input.data['tls.key'])).toBe('PEM\n'.repeat(100));
    expect(readdirSync(values)).toEqual(['tls.crt']);
  });

  test('names the context and leaves the namespace to it where there is none', () => {
    const result = run(script({ keys: ['password'] }), [], 'x\n', { KUBE_CONTEXT: 'the production' });
    expect(result.arguments.map(line => line.replace(/go-template=.*/, '…'))).toEqual([
      '--context the production get secret db-secret --ignore-not-found --output …',
      '--context the production create --filename -',
    ]);
  });

  test.each([
    ['an empty value', ['password'], '\n', 'The value of password is empty; nothing was changed.'],
    ['no value', ['password'], '', 'No value was given for password; nothing was changed.'],
    ['a key that does not exist', ['pasword'], 'x\n', 'The Secret has no key pasword. Its keys: username password'],
    ['the second of two values missing', ['username', 'password'], 'x\n', 'No value was given for password; nothing was changed.'],
  ])('stops at %s', (_, keys, input, message) => {
    const result = run(script({ keys: ['username', 'password'] }, 'shop'), keys, input);
    expect(result.status).toBe(1);
    expect(result.input).toBeUndefined();
    expect(result.stderr).toContain(message);
  });

  test('stops at a file that does not exist', () => {
    const result = run(script({ type: SecretType.SSH_AUTH }, 'shop'), [], 'no-such-file\n');
    expect([result.status, result.input]).toEqual([1, undefined]);
    expect(result.stderr).toContain('There is no file no-such-file; nothing was changed.');
  });

  test('stops where kubectl does', () => {
    writeFileSync(join(folder, 'kubectl'), '#!/bin/sh\necho refused >&2\nexit 1\n');
    expect(run(script({ keys: ['password'] }, 'shop'), [], 'x\n')).toMatchObject({ status: 1, stderr: 'refused\n' });
  });

  test('no name can break out of it', () => {
    const chart = new Chart(Testing.app(), 'shop', { namespace: 'shop' });
    ServiceSecret.managed(chart, 'odd', { name: "a'b\n$(touch broken)", keys: ["k'; touch broken; '"], annotations: { note: "it's %s" } });
    const result = run(Artifacts.of(chart).list()[0].render(), [], 'x\n');
    expect(result.status).toBe(0);
    expect(result.input.metadata).toMatchObject({ name: "a'b\n$(touch broken)", annotations: { note: "it's %s" } });
    expect(readdirSync(folder)).not.toContain('broken');
  });

  test('is understood by every shell that is there', () => {
    const text = script({ keys: ['a'], generatedKeys: ['b'] }, 'shop');
    writeFileSync(join(folder, 'fill.sh'), text);
    for (const shell of ['sh', 'bash', 'dash', 'ash', 'ksh']) {
      if (spawnSync(shell, ['-c', ':']).status === 0) {
        execFileSync(shell, ['-n', join(folder, 'fill.sh')]);
      }
    }
    expect(text).toMatch(/^#!\/bin\/sh\n/);
  });
});
