import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Diagnostics, type EnvReference, type EnvSource, ServiceConfig, type Volume } from '../../lib';
import { formatDiagnostic } from '../../lib/diagnostics/diagnostic';
import { silent } from '../../lib/diagnostics/report';

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff]);

let folder: string;
let chart: Chart;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'golden-path-'));
  writeFileSync(join(folder, 'nginx.conf'), 'server {\n  listen 8080;\n}\n');
  writeFileSync(join(folder, 'logo.png'), PNG);
  writeFileSync(join(folder, 'upstream.conf'), 'proxy_pass http://user:hunter2@db;\n');
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(() => {
  chart = new Chart(Testing.app(), 'shop', { namespace: 'shop' });
});

function findings(): string[] {
  return Diagnostics.of(chart).collect().map(formatDiagnostic);
}

/** What the use of a config reports, as a pod would have it reported. */
function findingsOf(...used: (EnvReference | EnvSource | Volume)[]): string[] {
  Diagnostics._check(chart, report => used.forEach(use => '_renderSource' in use ? use._renderSource(report) : use._render(report)));
  return findings();
}

function manifest(): any {
  return Testing.synth(chart)[0];
}

describe('the ConfigMap', () => {
  test('as a whole', () => {
    const config = new ServiceConfig(chart, 'settings', {
      data: { LOG_LEVEL: 'info', DATABASE_HOST: 'db', EMPTY: '' },
      files: { 'nginx.conf': join(folder, 'nginx.conf'), 'logo.png': join(folder, 'logo.png') },
      binaryData: { 'seed.bin': 'AAEC' },
      labels: { team: 'orders' },
      annotations: { 'example.com/owner': 'orders' },
      immutable: true,
    });
    config.addData('DATABASE_PORT', '5432');

    expect(Testing.synth(chart)).toMatchSnapshot();
    expect(findings()).toEqual([]);
  });

  test('without anything has no data', () => {
    new ServiceConfig(chart, 'settings');
    expect(manifest()).not.toHaveProperty('data');
    expect(findings()).toEqual([]);
  });

  test('is named after its id, or as the user says', () => {
    expect(new ServiceConfig(chart, 'settings').name).toBe('settings');
    expect(new ServiceConfig(chart, 'other', { name: 'app.settings' }).name).toBe('app.settings');
    expect(findings()).toEqual([]);
  });

  test('does not depend on the order of the calls', () => {
    const build = (first: string, second: string) => {
      const own = new Chart(Testing.app(), 'shop', { namespace: 'shop' });
      const config = new ServiceConfig(own, 'settings', { data: { B: '1' } });
      config.addData(first, 'x');
      config.addData(second, 'x');
      return [Testing.synth(own), config.asEnv()._digest()];
    };
    expect(build('A', 'C')).toEqual(build('C', 'A'));
  });

  test('belongs to a service where that makes it', () => {
    ServiceConfig._create(chart, 'settings', { data: { A: '1' } }, { name: 'orders', component: 'service' });
    expect(manifest().metadata.labels).toMatchObject({ 'app.kubernetes.io/instance': 'orders', 'app.kubernetes.io/component': 'service' });
  });

  test('takes files and bytes one by one', () => {
    const config = new ServiceConfig(chart, 'settings');
    config.addFile('nginx.conf', join(folder, 'nginx.conf'));
    config.addFile('logo.png', join(folder, 'logo.png'));
    config.addBinaryData('seed.bin', 'AAEC');
    expect(manifest()).toMatchObject({
      data: { 'nginx.conf': 'server {\n  listen 8080;\n}\n' },
      binaryData: { 'logo.png': PNG.toString('base64'), 'seed.bin': 'AAEC' },
    });
  });

  test('a file is read once, and not before it is needed', () => {
    const path = join(folder, 'late.conf');
    new ServiceConfig(chart, 'settings', { files: { 'late.conf': path } });
    writeFileSync(path, 'first');
    expect(manifest().data).toEqual({ 'late.conf': 'first' });
    writeFileSync(path, 'second');
    expect(manifest().data).toEqual({ 'late.conf': 'first' });
  });

  test('data is a copy', () => {
    const config = new ServiceConfig(chart, 'settings', { data: { A: '1' } });
    config.data.A = '2';
    config.addData('B', '1');
    expect(config.data).toEqual({ A: '1', B: '1' });
  });
});

describe('use', () => {
  test('of one key', () => {
    const config = new ServiceConfig(chart, 'settings', { data: { LOG_LEVEL: 'info' } });
    expect(config.env('LOG_LEVEL')._render(silent)).toEqual({ valueFrom: { configMapKeyRef: { name: 'settings', key: 'LOG_LEVEL' } } });
  });

  test('of all keys', () => {
    const config = new ServiceConfig(chart, 'settings', { data: { LOG_LEVEL: 'info' } });
    expect(config.asEnv()._render(silent)).toEqual({ configMapRef: { name: 'settings' } });
    expect(config.asEnv({ prefix: 'APP_' })._render(silent)).toEqual({ configMapRef: { name: 'settings' }, prefix: 'APP_' });
    config.addData('PORT', '8080');
    expect(config.asEnv({ prefix: 'APP_' })._variables()).toEqual({ APP_LOG_LEVEL: 'info', APP_PORT: '8080' });
  });

  test('as files', () => {
    const config = new ServiceConfig(chart, 'settings', { data: { 'app.yaml': 'a: 1', 'log.yaml': 'b: 2' } });
    expect(config.asFiles()._renderSource(silent)).toEqual({ configMap: { name: 'settings', defaultMode: 0o444 } });
    expect(config.asFiles({ items: { 'conf/app.yaml': 'app.yaml' }, mode: 0o400, optional: true })._renderSource(silent)).toEqual({
      configMap: { name: 'settings', items: [{ key: 'app.yaml', path: 'conf/app.yaml' }], defaultMode: 0o400, optional: true },
    });
    expect(config.asFiles()._renderMount('settings', '/etc/app', silent)).toEqual({ name: 'settings', mountPath: '/etc/app', readOnly: true });
    expect(config.asFiles()._needsGroup).toBe(false);
    expect(config.asFiles({ mode: 0o440 })._needsGroup).toBe(true);
  });

  test('a change rolls the pods that read the value, and no others', () => {
    const config = new ServiceConfig(chart, 'settings', { data: { A: '1' } });
    const digests = () => [config.env('A'), config.asFiles({ items: { a: 'A' } }), config.asEnv(), config.asFiles()].map(use => use._digest());
    const before = digests();
    config.addData('B', '1');
    const after = digests();
    expect(after.slice(0, 2)).toEqual(before.slice(0, 2));
    expect(after[2]).not.toBe(before[2]);
    expect(after[3]).not.toBe(before[3]);
    expect(before[0]).toMatch(/^[0-9a-f]{64}$/);
  });

  test('rolls nothing where the program watches its files', () => {
    const config = new ServiceConfig(chart, 'settings', { data: { A: '1' }, rollOnChange: false });
    expect(config.asFiles()._digest()).toBeUndefined();
  });
});

describe('a config that exists already', () => {
  test('emits nothing and waits for its keys', () => {
    const config = ServiceConfig.existing(chart, 'settings', { keys: ['PORT', 'LOG_LEVEL'] });
    expect(Testing.synth(chart)).toEqual([]);
    expect(config.name).toBe('settings');
    expect(config.env('PORT')._render(silent)).toEqual({ valueFrom: { configMapKeyRef: { name: 'settings', key: 'PORT' } } });
    expect(config.asFiles()._renderSource(silent)).toEqual({
      configMap: { name: 'settings', items: [{ key: 'LOG_LEVEL', path: 'LOG_LEVEL' }, { key: 'PORT', path: 'PORT' }], defaultMode: 0o444 },
    });
    expect(config.asEnv()._digest()).toBeUndefined();
    expect(findings()).toEqual([]);
  });

  test('unknown keys and bad names are reported', () => {
    const config = ServiceConfig.existing(chart, 'settings', { name: 'Settings', keys: ['PORT', 'a b'] });
    expect(findingsOf(config.env('PROT'))).toEqual([
      "error unknown-key [shop] The ConfigMap 'Settings' has no key 'PROT'; it has 'PORT', 'a b'.\n"
      + "    Write one of its keys; where it has more, add them to 'keys' of ServiceConfig.existing().",
      "error invalid-name [shop/settings name] 'Settings' cannot be the name of a ConfigMap.\n"
      + '    Write it as the ConfigMap has it in its metadata.name: lower-case letters, digits, dashes and dots.',
      "error invalid-name [shop/settings keys[1]] 'a b' is not a key that Kubernetes accepts.\n"
      + '    Use at most 253 letters, digits, dashes, underscores and dots.',
    ]);
  });

  test('a ConfigMap of cdk8s-plus brings its keys and values', () => {
    const configMap = new kplus.ConfigMap(chart, 'map', { metadata: { name: 'map' }, data: { A: '1' } });
    const config = ServiceConfig.fromConfigMap(configMap);
    const before = config.asEnv()._digest();
    configMap.addData('B', '2');
    configMap.addBinaryData('C', 'AAEC');
    expect(config.asEnv()._variables()).toEqual({ A: '1', B: '2' });
    expect(config.asEnv()._digest()).not.toBe(before);
    expect(config.asFiles()._renderSource(silent)).toEqual({ configMap: { name: 'map', defaultMode: 0o444 } });
    expect(ServiceConfig.fromConfigMap(configMap).name).toBe('map');
    expect(findingsOf(config.env('B'), config.env('C'), config.env('D'))).toEqual([
      "error invalid-value [shop] The key 'C' of the ConfigMap 'map' holds bytes, which the kubelet does not offer as an environment variable.\n"
      + '    Mount it by asFiles().',
      "error unknown-key [shop] The ConfigMap 'map' has no key 'D'; it has 'A', 'B', 'C'.\n"
      + '    Write one that it has, or add the key to the ConfigMap.',
    ]);
  });

  test('an imported ConfigMap of cdk8s-plus has the keys that the user names', () => {
    const imported = kplus.ConfigMap.fromConfigMapName(chart, 'imported', 'settings');
    expect(findingsOf(ServiceConfig.fromConfigMap(imported).env('ANY'), ServiceConfig.fromConfigMap(imported, ['A']).env('B'))).toEqual([
      "error unknown-key [shop] The ConfigMap 'settings' has no key 'B'; it has 'A'.\n    Write one that it has, or add the key to the ConfigMap.",
    ]);
  });
});

describe('faults', () => {
  test('of keys and values', () => {
    const config = new ServiceConfig(chart, 'settings', {
      data: { 'a b': '1', 'PORT': 8080 as unknown as string, 'UNSET': undefined as unknown as string },
      binaryData: { 'seed.bin': '*' },
    });
    config.addData('PORT', '80');
    config.addBinaryData('PORT', 'AAEC');
    expect(findings()).toEqual([
      "error invalid-value [shop/settings data['PORT']] The value is of type number; a ConfigMap holds texts.\n    Write it as a text, for example '8080'.",
      "error invalid-value [shop/settings data['UNSET']] The value is of type undefined; a ConfigMap holds texts.\n    Leave the key out, or write ''.",
      "error invalid-name [shop/settings data['a b']] 'a b' is not a key that Kubernetes accepts.\n"
      + '    Use at most 253 letters, digits, dashes, underscores and dots.',
      "error invalid-value [shop/settings binaryData['seed.bin']] The value is not base64.\n    Encode the bytes, or name their file in 'files'.",
      "error duplicate-key [shop/settings data['PORT']] The config has a key 'PORT' already.\n    Give each value a key of its own.",
      "error duplicate-key [shop/settings binaryData['PORT']] The config has a key 'PORT' already, in 'data'.\n    Give each value a key of its own.",
    ]);
  });

  test('secrets among the values', () => {
    new ServiceConfig(chart, 'settings', {
      data: { DB_PASSWORD: 'hunter2', DATABASE_URL: 'postgres://orders:hunter2@db/orders', PASSWORD_FILE: '/etc/secrets/password', REQUIRE_TOKEN: 'true' },
      files: { 'upstream.conf': join(folder, 'upstream.conf') },
    });
    const remedy = "Keep it in a ServiceSecret: mount it by 'volumes' (secret.asFiles()), or refer to its key by 'envValueFrom'.";
    expect(findings()).toEqual([
      `error secret-literal [shop/settings data['DATABASE_URL']] The value of 'DATABASE_URL' would stand in the manifest for everybody who can read it.\n    ${remedy}`,
      `error secret-literal [shop/settings data['DB_PASSWORD']] The value of 'DB_PASSWORD' would stand in the manifest for everybody who can read it.\n    ${remedy}`,
      `error secret-literal [shop/settings files['upstream.conf']] The value of 'upstream.conf' would stand in the manifest for everybody who can read it.\n    ${remedy}`,
    ]);
    expect(findings().join()).not.toContain('hunter2');
  });

  test('files that cannot be read', () => {
    new ServiceConfig(chart, 'settings', { files: { a: 'no/such/file', b: folder } });
    expect(findings()).toEqual([
      "error unreadable-file [shop/settings files['a']] The file 'no/such/file' cannot be read: there is none.\n"
      + '    Write its path relative to the directory where the app runs.',
      `error unreadable-file [shop/settings files['b']] The file '${folder}' cannot be read: it is a directory.\n`
      + '    Write its path relative to the directory where the app runs.',
    ]);
  });

  test('size', () => {
    new ServiceConfig(chart, 'large', { data: { text: 'ä'.repeat(150_000) } });
    new ServiceConfig(chart, 'larger', { data: { text: 'ä'.repeat(2 ** 19) }, binaryData: { one: 'AA==' } });
    new ServiceConfig(chart, 'largest-that-fits', { data: { text: 'a'.repeat(2 ** 18 - 2 ** 12) } });
    expect(findings()).toEqual([
      "warning server-side-apply [shop/large] The values have 300000 bytes; 'kubectl apply' without --server-side would fail, because it copies the object into an annotation of at most 256 KiB.\n"
      + "    Split it, or apply with 'kubectl apply --server-side' and acknowledge 'server-side-apply'.",
      'error invalid-value [shop/larger] The values have 1048577 bytes; a ConfigMap holds at most 1048576 (1 MiB).\n'
      + '    Split it, or put large files into the image or a volume.',
    ]);
  });

  test('of its use are reported where it is used', () => {
    const config = new ServiceConfig(chart, 'settings', { data: { 'PORT': '80', 'app.yaml': 'a: 1' }, binaryData: { SEED: 'AAEC' } });
    expect(findingsOf(
      config.env('PROT'),
      config.asEnv(),
      config.asEnv({ prefix: '1_' }),
      config.asFiles({ items: { '../a': 'PROT' }, mode: 999 }),
      config.asFiles({ mode: 440 }),
    )).toEqual([
      "error unknown-key [shop] The ConfigMap 'settings' has no key 'PROT'; it has 'PORT', 'SEED', 'app.yaml'.\n"
      + '    Write one that it has, or add the key: addData(key, value).',
      "error invalid-value [shop] The key 'SEED' of the ConfigMap 'settings' holds bytes, which the kubelet does not offer as an environment variable.\n"
      + '    Mount it by asFiles().',
      "error invalid-env-name [shop] The key 'app.yaml' of the ConfigMap 'settings' gives 'app.yaml', which is not a name for an environment variable.\n"
      + "    Take the others one by one with env('…'), and mount 'app.yaml' by asFiles().",
      "error invalid-env-name [shop] The key 'PORT' of the ConfigMap 'settings' gives '1_PORT', which is not a name for an environment variable.\n"
      + "    Take the others one by one with env('…'), or write another prefix, and mount 'PORT' by asFiles().",
      "error invalid-env-name [shop] The key 'SEED' of the ConfigMap 'settings' gives '1_SEED', which is not a name for an environment variable.\n"
      + "    Take the others one by one with env('…'), or write another prefix, and mount 'SEED' by asFiles().",
      "error invalid-env-name [shop] The key 'app.yaml' of the ConfigMap 'settings' gives '1_app.yaml', which is not a name for an environment variable.\n"
      + "    Take the others one by one with env('…'), or write another prefix, and mount 'app.yaml' by asFiles().",
      "error unknown-key [shop items['../a']] The ConfigMap 'settings' has no key 'PROT'; it has 'PORT', 'SEED', 'app.yaml'.\n"
      + '    Write one that it has, or add the key: addData(key, value).',
      "error invalid-mount [shop items['../a']] '../a' is not a path below the directory of the volume.\n"
      + "    Write it relative, without '..', for example 'tls/ca.crt'.",
      'error invalid-value [shop mode] 999 is not a set of permission bits.\n'
      + '    Write them in octal from 0o000 to 0o777, for example 0o440.',
      'error invalid-value [shop mode] 440 is 0o670 in octal, which is hardly meant.\n    Write 0o440.',
    ]);
  });

  test('a stock app stops at them', () => {
    const app = new App({ outdir: folder });
    new ServiceConfig(new Chart(app, 'shop', { namespace: 'shop' }), 'settings', { data: { TOKEN: 'abc' } });
    expect(() => app.synth()).toThrow('secret-literal');
  });
});
