import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from './checker';
import { MANIFESTS, Output, writeOutput } from './output';
import { KubernetesVersion } from '../../lib';
import { Corpus } from '../corpus/corpus';

/**
 * The originals of the examples that express real applications. What a checker finds in an original is a choice of that application, which
 * the example repeats; everything else has to be mended.
 */
export class Originals {
  /** @returns nothing where the corpus is not there, so that nobody can tell their choices from our faults */
  public static find(below: string): Originals | undefined {
    const corpus = Corpus.find();
    return corpus && new Originals(new Map([...corpus.facts.keys()].map(name => [
      `examples/${name}`,
      writeOutput(`originals/${name}`, join(below, name), KubernetesVersion.DEFAULT.version, { [`${MANIFESTS}/original.yaml`]: readFileSync(corpus.original(name), 'utf8') }),
    ])));
  }

  private constructor(private readonly byExample: ReadonlyMap<string, Output>) {}

  /** The originals of some outputs. */
  public of(outputs: readonly Output[]): Output[] {
    return outputs.flatMap(({ name }) => this.byExample.get(name) ?? []);
  }

  /** What is found in examples and not in their originals. */
  public withoutRepeated(findings: readonly Finding[]): Finding[] {
    const ofOriginals = new Set([...this.byExample.values()].map(({ name }) => name));
    const known = new Set(findings.filter(({ output }) => ofOriginals.has(output)).map(keyOf));
    return findings.filter(finding => {
      const original = this.byExample.get(finding.output);
      return !ofOriginals.has(finding.output) && !(original && known.has(keyOf({ ...finding, output: original.name })));
    });
  }
}

/** Applications that examples express, whether the corpus is there or not. */
const EXPRESSED = ['online-boutique', 'podinfo'];

/** Whether an example expresses a real application. */
export function isOfCorpus(source: string): boolean {
  return EXPRESSED.some(name => source.endsWith(`/${name}/main.ts`));
}

function keyOf({ output, rule, object }: Finding): string {
  return [output, rule, object].join('\n');
}
