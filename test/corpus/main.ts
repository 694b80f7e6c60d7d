import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Yaml } from 'cdk8s';
import { Corpus, type Fact, holds } from './corpus';
import { measure } from './definitions';
import { exampleSources, synthesise } from '../support/real-runs/applications';
import { type KubernetesObject, readManifests } from '../support/real-runs/manifests';
import { Suite } from '../support/real-runs/suite';

Suite.run('corpus', async suite => {
  const corpus = Corpus.find();
  if (!corpus) {
    suite.skip('real applications', 'the corpus is not beside the project (../shared/corpus), and CORPUS names no other place');
    return;
  }
  for (const [name, facts] of corpus.facts) {
    const source = exampleSources().find(file => file.endsWith(`/${name}/main.ts`));
    if (source) {
      await checkApplication(suite, corpus, { name, facts, source });
    } else {
      await suite.check(`${name} is an example`, async () => {
        throw new Error(`there is no examples/${name}/main.ts`);
      });
    }
  }
});

interface Real {
  readonly name: string;
  readonly facts: readonly Fact[];
  readonly source: string;
}

async function checkApplication(suite: Suite, corpus: Corpus, { name, facts, source }: Real): Promise<void> {
  let objects: KubernetesObject[] = [];
  await suite.check(`${name} says all that the original says`, async () => {
    const { manifests: [manifests] } = await synthesise(source, suite.folder);
    objects = readManifests(manifests);
    const { figures, faults } = await corpus.compare(name, manifests);
    if (faults.length > 0) {
      throw new Error([figures, ...faults].join('\n'));
    }
    return figures;
  });
  for (const fact of facts) {
    await suite.check(`${name} ${fact.id}: ${fact.text}`, async () => {
      if (!await holds(fact, objects)) {
        throw new Error(fact.expression);
      }
    });
  }
  await suite.check(`${name}: a lost field and a lost object are noticed, and so is a fact that is not true`, async () => {
    await checkControls(suite, corpus, name, facts, objects);
  });
  await suite.check(`${name}: a definition is shorter than what it replaces`, async () => {
    const lengths = measure(source, corpus.original(name));
    const sum = (key: 'definition' | 'yaml') => lengths.reduce((total, length) => total + length[key], 0);
    if (lengths.length === 0 || sum('definition') >= sum('yaml')) {
      throw new Error('it is not');
    }
    return [
      `${sum('definition')} lines for ${sum('yaml')} lines of YAML`,
      ...lengths.map(({ name: service, definition, yaml }) => `            ${service.padEnd(24)} ${String(definition).padStart(3)} for ${String(yaml).padStart(3)}`),
    ].join('\n');
  });
}

/** The comparison and the facts can fail. */
async function checkControls(
  suite: Suite, corpus: Corpus, name: string, facts: readonly Fact[], objects: readonly KubernetesObject[],
): Promise<void> {
  const compare = async (title: string, changed: readonly object[]) => {
    const folder = join(suite.folder, `${name}-${title}`);
    mkdirSync(folder);
    writeFileSync(join(folder, 'changed.yaml'), Yaml.stringify(...changed));
    return (await corpus.compare(name, folder)).faults;
  };
  const withoutProbe = objects.map(object => object.kind === 'Deployment' ? JSON.parse(JSON.stringify(object, (key, value) => key === 'livenessProbe' ? undefined : value)) : object);
  const withoutService = objects.filter(({ kind }) => kind !== 'Service');
  const [field, object] = [await compare('field', withoutProbe), await compare('object', withoutService)];
  if (!field.some(fault => fault.includes('livenessProbe')) || !object.some(fault => fault.includes('Service/'))) {
    throw new Error('a change was not noticed');
  }
  const truths = await Promise.all(facts.map(async fact => holds(fact, objects.filter(({ kind }) => kind === 'ConfigMap')).catch(() => false)));
  if (truths.every(truth => truth)) {
    throw new Error('every fact is true of an application that has next to nothing');
  }
}
