import { Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import {
  Artifacts, ContainerImage, Diagnostics, Environment, type EnvReference, type EnvSource, KubernetesVersion, Microservice, PlatformApp, SealingScope,
  SecretType, ServiceSecret, type Volume,
} from '../../lib';
import { formatDiagnostic } from '../../lib/diagnostics/diagnostic';
import { silent } from '../../lib/diagnostics/report';

let chart: Chart;

beforeEach(() => {
  chart = new Chart(Testing.app(), 'shop', { namespace: 'shop' });
});

/** What kubeseal makes of a value with the smallest key, but for the encryption. */
function ciphertext(seed: number): string {
  return Buffer.concat([Buffer.from([1, 0]), Buffer.alloc(256, seed), Buffer.alloc(20, seed)]).toString('base64');
}

function findings(scope = chart): string[] {
  return Diagnostics.of(scope).collect().map(formatDiagnostic);
}

/** What the use of a secret reports, as a pod would have it reported. */
function findingsOf(...used: (EnvReference | EnvSource | Volume)[]): string[] {
  Diagnostics._check(chart, report => used.forEach(use => '_renderSource' in use ? use._renderSource(report) : use._render(report)));
  return findings();
}

function paths(): string[] {
  return Artifacts.of(chart).list().map(artifact => artifact.path);
}

test('the database secret of the tutorial: one key as a variable and as a file', () => {
  const secret = ServiceSecret.existing(chart, 'db-secret', { keys: ['password'] });
  new Microservice(chart, 'go-microservice', {
    image: ContainerImage.reference('ghcr.io/acme/go-microservice:1.0.0'),
    ports: [{ name: 'http', number: 8080 }],
    envValueFrom: { DB_PASSWORD: secret.env('password') },
    volumes: { '/etc/secrets': secret.asFiles() },
  });
  const { spec } = Testing.synth(chart).find(({ kind }) => kind === 'Deployment').spec.template;

  expect(spec.containers[0].env).toEqual([{ name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 'db-secret', key: 'password' } } }]);
  expect(spec.containers[0].volumeMounts).toContainEqual({ name: 'db-secret', mountPath: '/etc/secrets', readOnly: true });
  expect(spec.volumes).toContainEqual({
    name: 'db-secret',
    secret: { secretName: 'db-secret', items: [{ key: 'password', path: 'password' }], defaultMode: 0o440 },
  });
  // The kubelet gives the files to root; only through the group can the program read them.
  expect(spec.securityContext.fsGroup).toBe(spec.securityContext.runAsUser);
  expect(Testing.synth(chart).filter(({ kind }) => kind === 'Secret')).toEqual([]);
});

describe('existing', () => {
  test('emits nothing', () => {
    const secret = ServiceSecret.existing(chart, 'tls', { name: 'shop-tls', type: SecretType.TLS, keys: ['ca.crt'] });
    expect(secret.name).toBe('shop-tls');
    expect(secret.keys).toEqual(['tls.crt', 'tls.key', 'ca.crt']);
    expect(secret.apiObject).toBeUndefined();
    expect(Testing.synth(chart)).toEqual([]);
    expect(paths()).toEqual([]);
    expect(secret.asFiles()._digest()).toBeUndefined();
  });

  test('a Secret of cdk8s-plus', () => {
    const made = new kplus.Secret(chart, 'made', { metadata: { name: 'made' } });
    const imported = kplus.Secret.fromSecretName(chart, 'imported', 'elsewhere');
    expect(ServiceSecret.fromSecret(made, ['a']).env('a')._render(silent)).toEqual({ valueFrom: { secretKeyRef: { name: 'made', key: 'a' } } });
    expect(ServiceSecret.fromSecret(made, ['b']).name).toBe('made');
    expect(ServiceSecret.fromSecret(imported, ['a']).name).toBe('elsewhere');
    expect(findings()).toEqual([]);
  });

  test('faults', () => {
    ServiceSecret.existing(chart, 'Db', {});
    const secret = ServiceSecret.existing(chart, 'db', { keys: ['password', 'a/b'] });
    expect(findingsOf(secret.env('pasword'), secret.asEnv(), secret.asFiles({ items: { x: 'y' } }))).toEqual([
      "error unknown-key [shop] The Secret 'db' has no key 'pasword'; it has 'a/b', 'password'.\n"
      + "    Write one of its keys; where it has more, add them to 'keys' of ServiceSecret.existing().",
      "error invalid-env-name [shop] The key 'a/b' of the Secret 'db' gives 'a/b', which is not a name for an environment variable.\n"
      + "    Take the others one by one with env('…'), and mount 'a/b' by asFiles().",
      "error unknown-key [shop items['x']] The Secret 'db' has no key 'y'; it has 'a/b', 'password'.\n"
      + "    Write one of its keys; where it has more, add them to 'keys' of ServiceSecret.existing().",
      "error invalid-name [shop/Db name] 'Db' cannot be the name of a Secret.\n"
      + '    Write it as the Secret has it in its metadata.name: lower-case letters, digits, dashes and dots.',
      'error invalid-value [shop/Db keys] The secret has no keys, so no pod can read anything from it.\n'
      + "    Name them, for example keys: ['password'].",
      "error invalid-name [shop/db keys[1]] 'a/b' is not a key that Kubernetes accepts.\n"
      + '    Use at most 253 letters, digits, dashes, underscores and dots.',
    ]);
  });
});

describe('managed', () => {
  test('as a whole: no data, so that applying never overwrites a value', () => {
    const secret = ServiceSecret.managed(chart, 'db-secret', {
      keys: ['username'], generatedKeys: ['password'], labels: { team: 'orders' }, annotations: { 'example.com/owner': 'orders' },
    });
    expect(Testing.synth(chart)).toMatchSnapshot();
    expect(secret.apiObject?.kind).toBe('Secret');
    expect(secret.keys).toEqual(['username', 'password']);
    expect(findings()).toEqual([]);
  });

  test('use', () => {
    const secret = ServiceSecret.managed(chart, 'db-secret', { keys: ['username', 'password'] });
    expect(secret.asEnv({ prefix: 'DB_' })._render(silent)).toEqual({ secretRef: { name: 'db-secret' }, prefix: 'DB_' });
    expect(secret.asEnv()._variables()).toEqual({});
    expect(secret.asFiles()._renderSource(silent)).toEqual({
      secret: {
        secretName: 'db-secret', items: [{ key: 'password', path: 'password' }, { key: 'username', path: 'username' }], defaultMode: 0o440,
      },
    });
    expect(secret.asFiles({ items: { pw: 'password' }, mode: 0o444, optional: true })._renderSource(silent)).toEqual({
      secret: { secretName: 'db-secret', items: [{ key: 'password', path: 'pw' }], defaultMode: 0o444, optional: true },
    });
    expect(secret.asFiles({ mode: 0o444 })._needsGroup).toBe(false);
  });

  test.each([SecretType.TLS, SecretType.DOCKER_CONFIG, SecretType.BASIC_AUTH, SecretType.SSH_AUTH])('the API server refuses $type without keys, so the script makes it', type => {
    const secret = ServiceSecret.managed(chart, 'typed', { type });
    expect(Testing.synth(chart)).toEqual([]);
    expect(secret.apiObject).toBeUndefined();
    expect(secret.keys).toEqual(type.keys);
    expect(Artifacts.of(chart).render('secrets/shop-typed.sh')).toContain('"type":"%s"');
    expect(findings()).toEqual([]);
  });

  test('a type of others has a manifest', () => {
    const secret = ServiceSecret.managed(chart, 'binding', { type: SecretType.of('servicebinding.io/postgresql'), keys: ['host'] });
    expect(secret.apiObject!.toJson()).toMatchObject({ type: 'servicebinding.io/postgresql' });
    expect(SecretType.of('kubernetes.io/tls')).toBe(SecretType.TLS);
    expect(SecretType.of('kubernetes.io/dockercfg').keys).toEqual(['.dockercfg']);
  });

  test('belongs to a service where that makes it', () => {
    ServiceSecret._managed(chart, 'db-secret', { keys: ['a'] }, { name: 'orders', component: 'database' });
    expect(Testing.synth(chart)[0].metadata.labels).toMatchObject({ 'app.kubernetes.io/instance': 'orders', 'app.kubernetes.io/component': 'database' });
    expect(Artifacts.of(chart).render('secrets/shop-db-secret.sh')).toContain('"app.kubernetes.io/instance":"orders"');
  });

  test('the script lies in the folder of the environment', () => {
    const app = new PlatformApp();
    const production = new Chart(new Environment(app, 'prod', { kubernetesVersion: KubernetesVersion.of('1.33') }), 'shop', { namespace: 'shop' });
    ServiceSecret.managed(production, 'db-secret', { keys: ['password'] });
    ServiceSecret.managed(new Chart(app, 'loose'), 'db-secret', { keys: ['password'] });
    expect(Artifacts.of(app).list().map(({ path }) => path)).toEqual(['prod/secrets/shop-db-secret.sh', 'secrets/db-secret.sh']);
  });

  test('faults', () => {
    ServiceSecret.managed(chart, 'empty', {});
    ServiceSecret.managed(chart, 'twice', { keys: ['a'] });
    ServiceSecret.managed(chart, 'again', { name: 'twice', keys: ['a'], generatedKeys: ['ä'] });
    ServiceSecret.managed(chart, 'tls', { type: SecretType.TLS, name: '-', labels: { a: 'ä' }, annotations: { ä: '' } });
    expect(paths()).toEqual(['secrets/shop--.sh', 'secrets/shop-twice.sh']);
    expect(findings()).toEqual([
      'error invalid-value [shop/empty keys] The secret has no keys, so no pod can read anything from it.\n'
      + "    Name them, for example keys: ['password'].",
      expect.stringContaining('error duplicate-name [shop/again name]'),
      "error invalid-name [shop/again generatedKeys[0]] 'ä' is not a key that Kubernetes accepts.\n"
      + '    Use at most 253 letters, digits, dashes, underscores and dots.',
      "error invalid-name [shop/tls name] '-' is not a name that Kubernetes accepts.\n"
      + "    Use lower-case letters, digits, dashes and dots, with a letter or digit at both ends; give a 'name' where the id of the construct is different.",
      "error invalid-label [shop/tls labels['a']] 'ä' is not a label value.\n"
      + '    Use at most 63 letters, digits, dashes, dots and underscores, with a letter or digit at both ends; anything longer belongs into an annotation.',
      "error invalid-label [shop/tls annotations['ä']] 'ä' is not a key for a label or annotation.\n"
      + "    Write 'name' or 'example.com/name', with at most 63 letters, digits, dashes, dots and underscores after the slash.",
    ]);
  });
});

describe('sealed', () => {
  test('as a whole', () => {
    ServiceSecret.sealed(chart, 'db-secret', {
      encryptedData: { password: ciphertext(1) }, labels: { team: 'orders' }, annotations: { 'example.com/owner': 'orders' },
    });
    const manifest = Testing.synth(chart);
    expect(manifest[0].spec.encryptedData.password).toBe(ciphertext(1));
    manifest[0].spec.encryptedData.password = '(ciphertext)';
    expect(manifest).toMatchSnapshot();
    expect(findings()).toEqual([]);
    expect(paths()).toEqual([]);
  });

  test.each([SealingScope.NAMESPACE_WIDE, SealingScope.CLUSTER_WIDE])('the scope %s shows in both annotations', sealingScope => {
    ServiceSecret.sealed(chart, 'db-secret', { encryptedData: { password: ciphertext(1) }, sealingScope });
    const annotations = { [`sealedsecrets.bitnami.com/${sealingScope}`]: 'true' };
    expect(Testing.synth(chart)[0]).toMatchObject({ metadata: { annotations }, spec: { template: { metadata: { annotations }, type: 'Opaque' } } });
  });

  test('a change of a ciphertext rolls the pods that read it', () => {
    const seal = (id: string, seed: number) => ServiceSecret.sealed(chart, id, { name: 'db', encryptedData: { a: ciphertext(1), b: ciphertext(seed) } });
    const [before, after] = [seal('before', 1), seal('after', 2)];
    expect(after.env('a')._digest()).toBe(before.env('a')._digest());
    expect(after.env('b')._digest()).not.toBe(before.env('b')._digest());
    expect(after.asFiles()._digest()).not.toBe(before.asFiles()._digest());
    expect(after.asFiles({ items: { x: 'a' } })._digest()).toBe(before.asFiles({ items: { x: 'a' } })._digest());
  });

  test('a ciphertext is not the value of a variable', () => {
    expect(ServiceSecret.sealed(chart, 'db', { encryptedData: { PASSWORD: ciphertext(1) } }).asEnv()._variables()).toEqual({});
  });

  test('what is no ciphertext is refused, and never repeated', () => {
    ServiceSecret.sealed(chart, 'db', { encryptedData: { password: 'hunter2', token: Buffer.from('hunter2'.repeat(60)).toString('base64') } });
    ServiceSecret.sealed(chart, 'tls', { name: 'shop-tls', sealingScope: SealingScope.NAMESPACE_WIDE, type: SecretType.TLS, encryptedData: { 'tls.crt': ciphertext(1) } });
    ServiceSecret.sealed(chart, 'auth', { type: SecretType.BASIC_AUTH, encryptedData: { password: ciphertext(1) } });
    ServiceSecret.sealed(chart, 'empty', { encryptedData: {} });
    ServiceSecret.sealed(chart, 'odd', { encryptedData: { 'a b': ciphertext(1) } });
    const found = findings();
    expect(found).toEqual([
      "error secret-literal [shop/db encryptedData['password']] The value of 'password' is not a ciphertext of kubeseal, so it may be the secret itself.\n"
      + "    Write what 'kubeseal --raw --scope strict --namespace shop --name db --from-file=/dev/stdin' prints for the value on its standard input.",
      "error secret-literal [shop/db encryptedData['token']] The value of 'token' is not a ciphertext of kubeseal, so it may be the secret itself.\n"
      + "    Write what 'kubeseal --raw --scope strict --namespace shop --name db --from-file=/dev/stdin' prints for the value on its standard input.",
      "error invalid-value [shop/tls encryptedData] A Secret of the type kubernetes.io/tls has a key 'tls.key', and there is no ciphertext of it.\n"
      + '    Seal a value for it, or leave the type out.',
      'error invalid-value [shop/empty encryptedData] The secret has no keys, so no pod can read anything from it.\n'
      + '    Seal a value and write it under its key.',
      "error invalid-name [shop/odd encryptedData['a b']] 'a b' is not a key that Kubernetes accepts.\n"
      + '    Use at most 253 letters, digits, dashes, underscores and dots.',
    ]);
    expect(found.join()).not.toContain('hunter2');
  });
});

describe('keys that are made of others', () => {
  const finding = (code: string, where: string, message: string, remedy: string) => `error ${code} [shop/db ${where}] ${message}\n    ${remedy}`;
  const faults = (composedKeys: { [key: string]: string }, generatedKeys = ['password']) => {
    ServiceSecret.managed(chart, 'db', { generatedKeys, composedKeys });
    return findings();
  };

  test('are keys like others for who reads them', () => {
    const secret = ServiceSecret.managed(chart, 'db', { generatedKeys: ['password'], composedKeys: { url: 'postgres://shop:{password}@db/shop' } });
    expect(secret.keys).toEqual(['password', 'url']);
    expect(findingsOf(secret.env('url'), secret.asFiles())).toEqual([]);
  });

  test.each<[{ [key: string]: string }, string]>([
    [{ url: 'postgres://db/shop' }, finding('invalid-value', "composedKeys['url']", 'The template reads no other key, so the value would be the same for everybody who reads the manifest.',
      "Put a key in braces, for example 'postgres://shop:{password}@db:5432/shop'.")],
    [{ url: 'postgres://shop:{pasword}@db/shop' }, finding('unknown-key', "composedKeys['url']", "There is no key 'pasword' with a value of its own.", "Write one of 'password'.")],
    [{ url: 'postgres://shop:swordfish@db/{password}' }, finding('secret-literal', "composedKeys['url']", 'The template holds a password.', "Put a key in its place, for example '{password}'.")],
    [{ password: '{password}' }, finding('duplicate-key', "composedKeys['password']", "The key 'password' has a value of its own already.", 'Name it once.')],
    [{ 'the url': '{password}' }, finding('invalid-name', "composedKeys['the url']", "'the url' is not a key that Kubernetes accepts.", 'Use at most 253 letters, digits, dashes, underscores and dots.')],
  ])('faults of %p', (composedKeys, expected) => {
    expect(faults(composedKeys)).toEqual([expected]);
  });

  test('cannot be made of each other', () => {
    expect(faults({ a: '{b}', b: '{a}' }, [])).toEqual(['a', 'b'].map((name, index) => finding('unknown-key', `composedKeys['${name}']`,
      `There is no key '${['b', 'a'][index]}' with a value of its own.`, "Add it to 'generatedKeys'.")));
  });
});
