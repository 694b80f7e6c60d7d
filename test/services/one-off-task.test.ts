import { App, Chart, Duration, Testing } from 'cdk8s';
import { ContainerImage } from '../../lib/definition';
import { Environment } from '../../lib/platform';
import { GoStyleMicroservice, OneOffTask } from '../../lib/services';
import { Artifacts } from '../../lib/synthesis/artifact';
import { invoices, ledger, mailer, migration } from '../support/family';
import { finding, findings, IMAGE, manifestOf, manifestsOf, orders, shop, yamlOf } from '../support/services';

const WAVE = 'cdk8s-golden-path/wave';
const ARGO_CD = 'argocd.argoproj.io/sync-wave';

test('whole manifests', () => {
  const chart = shop();
  const service = orders(chart);
  const task = migration(chart, { command: ['/app/migrate'], deadline: Duration.minutes(10), before: [service] });
  task.connectTo(ledger(chart));
  expect(findings(chart)).toEqual([]);
  expect(yamlOf(chart)).toMatchSnapshot();
});

test('everything that was made can be reached', () => {
  const chart = shop();
  const { job, networkPolicy, serviceAccount } = migration(chart, { oncePerVersion: true });
  expect([job, networkPolicy, serviceAccount!].map(({ name, apiObject }) => `${apiObject.kind} ${name}`).sort()).toEqual(Object.keys(manifestsOf(chart)).sort());
});

describe('once per version', () => {
  const nameOf = (tag: string, props: Parameters<typeof migration>[1] = {}) => {
    const chart = shop();
    migration(chart, { image: ContainerImage.reference(`ghcr.io/acme/orders:${tag}@sha256:${'0'.repeat(64)}`), oncePerVersion: true, ...props });
    expect(findings(chart)).toEqual([]);
    return manifestOf(chart, 'Job').metadata.name;
  };

  test.each([['1.4.2', 'migrate-1-4-2'], ['v2.0.0-rc.1', 'migrate-v2-0-0-rc-1'], ['Main_2026', 'migrate-main-2026'], ['a1b2c3d', 'migrate-a1b2c3d'], ['_1.', 'migrate-1']])('%s', (tag, name) => {
    expect(nameOf(tag)).toBe(name);
  });

  test('the rest keeps its name, and labels say which', () => {
    const chart = shop();
    const task = migration(chart, { oncePerVersion: true });
    expect(task.job.name).toBe('migrate-1-4-2');
    expect(task.name).toBe('migrate');
    expect(manifestOf(chart, 'Job').metadata.labels).toMatchObject({ 'app.kubernetes.io/name': 'migrate', 'app.kubernetes.io/version': '1.4.2' });
    expect(manifestOf(chart, 'NetworkPolicy').spec.podSelector.matchLabels).toEqual(task.matchLabels);
  });

  test('it stays, since what is gone would run again', () => {
    const spec = (props: Parameters<typeof migration>[1]) => {
      const chart = shop();
      migration(chart, props);
      return manifestOf(chart, 'Job').spec;
    };
    expect(spec({ oncePerVersion: true })).not.toHaveProperty('ttlSecondsAfterFinished');
    expect(spec({ oncePerVersion: true, timeToLive: Duration.days(7) }).ttlSecondsAfterFinished).toBe(604800);
    expect(spec({}).ttlSecondsAfterFinished).toBe(86400);
  });

  test('is what something that waits needs, unless the definition says otherwise', () => {
    const names = (props: Parameters<typeof migration>[1]) => {
      const chart = shop();
      migration(chart, { before: [orders(chart)], ...props });
      return manifestOf(chart, 'Job').metadata.name;
    };
    expect(names({})).toBe('migrate-1-4-2');
    expect(names({ oncePerVersion: false })).toBe('migrate');
    expect(names({ before: [] })).toBe('migrate');
  });

  test('an image without a tag has no versions', () => {
    const chart = shop();
    migration(chart, { image: ContainerImage.reference(`ghcr.io/acme/orders@sha256:${'0'.repeat(64)}`), oncePerVersion: true });
    expect(findings(chart)).toEqual([finding('error', 'conflicting-options', 'shop/migrate oncePerVersion',
      'The image has no tag, so nothing tells its versions apart.', 'Give the image a tag beside its digest, or write oncePerVersion: false.')]);
  });

  test('a name that is too long with its version', () => {
    const chart = shop();
    new OneOffTask(chart, 'migrate', { image: IMAGE, name: 'x'.repeat(60), oncePerVersion: true });
    expect(findings(chart)).toEqual([expect.stringContaining(`error invalid-name [shop/migrate name] '${'x'.repeat(60)}-1-4-2' has 66 characters`)]);
  });
});

describe('what waits for it', () => {
  test('is marked, for Argo CD and for the script, and nothing else is', () => {
    const chart = shop();
    const [service, worker, task, store] = [orders(chart), mailer(chart), invoices(chart), ledger(chart)];
    migration(chart, { before: [service, worker, task] });
    expect(findings(chart)).toEqual([]);
    const marked = Testing.synth(chart).filter(({ metadata }) => metadata.labels[WAVE] !== undefined || metadata.annotations?.[ARGO_CD] !== undefined);
    expect(marked.map(({ kind, metadata }) => [kind, metadata.labels[WAVE], metadata.annotations[ARGO_CD]])).toEqual([
      ['Deployment', '1', '1'], ['Deployment', '1', '1'], ['CronJob', '1', '1'],
    ]);
    // Pods do not change when the order does.
    expect(JSON.stringify(marked.map(({ spec }) => spec))).not.toContain(WAVE);
    expect(store.name).toBe('ledger');
  });

  test('waits for the last of several, however the calls are ordered', () => {
    const chart = shop();
    const service = orders(chart);
    const second = new OneOffTask(chart, 'second', { image: IMAGE, before: [service] });
    new OneOffTask(chart, 'other', { image: IMAGE, before: [service] });
    new OneOffTask(chart, 'first', { image: IMAGE, before: [second] });
    const wave = (kind: string, name: string) => manifestOf(chart, kind, name).metadata.labels[WAVE];
    expect([wave('Job', 'first-1-4-2'), wave('Job', 'second-1-4-2'), wave('Job', 'other-1-4-2'), wave('Deployment', 'orders')]).toEqual([undefined, '1', undefined, '2']);
    expect(manifestOf(chart, 'Job', 'second-1-4-2').metadata.annotations[ARGO_CD]).toBe('1');
  });

  test('nothing waits, nothing is written', () => {
    const chart = shop();
    migration(chart);
    expect(Artifacts.of(chart).list()).toEqual([]);
    expect(JSON.stringify(Testing.synth(chart))).not.toContain('wave');
  });

  test('cannot be in another environment, which is applied by itself', () => {
    const app = new App();
    const chartIn = (name: string) => new Chart(new Environment(app, name), 'shop', { namespace: 'shop' });
    const prod = new GoStyleMicroservice(chartIn('prod'), 'orders', { image: IMAGE });
    new OneOffTask(chartIn('dev'), 'migrate', { image: IMAGE, before: [prod] });
    expect(findings(app)).toEqual([finding('error', 'conflicting-options', 'dev/shop/migrate before[0]',
      "The task stands in the environment 'dev', and 'prod/shop/orders' in the environment 'prod'; each is applied by itself.",
      'Make the task in the environment of what waits for it.')]);
  });
});

describe('a circle', () => {
  const circle = (count: number) => {
    const chart = shop();
    const tasks = Array.from({ length: count }, (_, index) => new OneOffTask(chart, `t${index}`, { image: IMAGE }));
    tasks.forEach((task, index) => task.addBefore(tasks[(index + 1) % count]));
    return findings(chart);
  };
  const fault = (path: string, message: string) => finding('error', 'dependency-cycle', `${path} before`, `Each of these waits for the next: ${message}.`, "Drop one of them from 'before'.");

  test('of one', () => {
    expect(circle(1)).toEqual([fault('shop/t0', 'shop/t0 → shop/t0')]);
  });

  test('of several', () => {
    expect(circle(3)).toEqual([
      fault('shop/t0', 'shop/t0 → shop/t2 → shop/t1 → shop/t0'),
      fault('shop/t1', 'shop/t1 → shop/t0 → shop/t2 → shop/t1'),
      fault('shop/t2', 'shop/t2 → shop/t1 → shop/t0 → shop/t2'),
    ]);
  });
});

test('what is made later can wait as well', () => {
  const chart = shop();
  const task = migration(chart);
  task.addBefore(orders(chart));
  expect(findings(chart)).toEqual([]);
  expect(task.job.name).toBe('migrate-1-4-2');
  expect(manifestOf(chart, 'Deployment').metadata.labels[WAVE]).toBe('1');
  expect(Artifacts.of(chart).list().map(({ path }) => path)).toEqual(['rollout.sh']);
});
