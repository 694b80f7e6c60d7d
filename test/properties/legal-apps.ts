import * as fc from 'fast-check';
import * as YAML from 'yaml';
import { type AppSpec, build } from './app-spec';
import type { PlatformApp } from '../../lib';

export type Json = any;

const RUNS = Number(process.env.PROPERTY_RUNS ?? 200);
/** A failure prints its own seed; this one makes a run repeatable from outside. */
const SEED = Number(process.env.PROPERTY_SEED ?? Date.now() % 2 ** 31);

/** Properties of any legal application, said in one file of tests; several files are for several processes. */
export function describeLegalApps(tests: () => void): void {
  jest.setTimeout(600_000);
  describe('any legal application', () => {
    let silenced: jest.SpyInstance;
    beforeAll(() => {
      process.stdout.write(`properties: ${RUNS} runs each, seed ${SEED}\n`);
      silenced = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    });
    afterAll(() => silenced.mockRestore());
    tests();
  });
}

export function check(property: fc.IProperty<[AppSpec]>): void {
  fc.assert(property, { numRuns: RUNS, seed: SEED });
}

export function manifests(spec: AppSpec): Json[] {
  return manifestsOf(build(spec));
}

export function manifestsOf(app: PlatformApp): Json[] {
  return YAML.parseAllDocuments(app.synthYaml(), { version: '1.1' }).map(document => document.toJSON());
}

export function ofKind(all: readonly Json[], ...kinds: string[]): Json[] {
  return all.filter(manifest => kinds.includes(manifest.kind));
}

/** The objects that run pods. */
export function controllers(all: readonly Json[]): Json[] {
  return all.filter(manifest => templateOf(manifest) !== undefined);
}

export function templateOf({ spec }: Json): Json | undefined {
  return spec?.jobTemplate?.spec.template ?? spec?.template;
}
