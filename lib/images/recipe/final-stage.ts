import type { LanguagePlan, Runtime } from './language';
import { rawAt } from './raw';
import type { SourceRecipe } from './source-recipe';
import { sortedEntries } from '../../definition/json';
import type { WrittenImage } from '../base-image';
import { type Stage } from '../dockerfile/dockerfile';
import { type CopyInstruction, type Instruction } from '../dockerfile/instructions';
import { partsOf, type Text, text, variable } from '../dockerfile/text';
import { type RecipeContext } from '../image-recipe';
import { below, insideOf } from '../source-folder';

/** Where a program lies in its image. */
export const APP = '/app';
/** Where the files lie that an image from nothing takes over. */
export const ROOT = '/rootfs';
const OFFICIAL = 'docker.io/library/';

/** What the stages that run are made of. */
interface Parts {
  readonly runtime: Runtime;
  readonly base: WrittenImage | undefined;
  readonly debug: WrittenImage | undefined;
  readonly plan: LanguagePlan;
  readonly context: RecipeContext;
}

/** The stage that runs, and before it the same with a shell, and under a debugger. */
export function finalStages(recipe: SourceRecipe, parts: Parts): Stage[] {
  return [...debuggerStages(recipe, parts), ...shellStage(recipe, parts), finalStage(recipe, parts)];
}

function finalStage(recipe: SourceRecipe, parts: Parts): Stage {
  const { runtime, base } = parts;
  return {
    name: 'final',
    description: 'is what runs',
    from: base === undefined ? 'scratch' : { image: base.image },
    shell: runtime.hasShell,
    instructions: [
      ...systemFiles(parts),
      ...program(recipe, parts),
      // Last, because every build changes them.
      { instruction: 'ARG', names: ['CREATED', 'REVISION', 'VERSION', ...base?.argument ? [base.argument.name] : []].sort() },
      { instruction: 'LABEL', labels: labels(recipe, parts) },
    ],
  };
}

function shellStage(recipe: SourceRecipe, parts: Parts): Stage[] {
  return parts.debug === undefined ? [] : [{
    name: 'debug',
    description: 'is final with a shell, for looking around: --target debug',
    from: { image: parts.debug.image },
    // Its shell is none where Docker looks for one.
    shell: false,
    instructions: program(recipe, parts),
  }];
}

function debuggerStages(recipe: SourceRecipe, parts: Parts): Stage[] {
  const { plan, debug, base, context } = parts;
  if (!plan.debugger) {
    return [];
  }
  const { name, description, stage, port, program: copies, entrypoint } = plan.debugger;
  const image = debug ?? base;
  return [stage, {
    name,
    description,
    from: image === undefined ? 'scratch' : { image: image.image },
    shell: false,
    instructions: program(recipe, {
      ...parts,
      plan: { ...plan, program: copies, entrypoint },
      context: { ...context, ports: [...context.ports.filter(({ number }) => number !== port), { number: port, protocol: 'tcp' }] },
    }),
  }];
}

/** What a static program expects of its system; copied from Debian, because running a package manager for another processor needs emulation. */
function systemFiles({ runtime, plan }: Parts): Instruction[] {
  const build = plan.stages.at(-1)!;
  const copy = (path: string): CopyInstruction => ({ instruction: 'COPY', from: build, sources: [path], destination: path });
  return !runtime.copiesSystem ? [] : [
    copy('/etc/ssl/certs/ca-certificates.crt'),
    copy('/usr/share/zoneinfo/'),
    ...runtime.image === undefined ? [{ instruction: 'COPY', from: build, sources: [`${ROOT}/`], destination: '/' } as const] : [],
  ];
}

/** The program and how it is run: the same in every target. */
function program(recipe: SourceRecipe, { plan, context: { ports, identity } }: Parts): Instruction[] {
  const { options: { files, stopSignal = 'SIGTERM' } } = recipe;
  return [
    { instruction: 'WORKDIR', path: APP },
    ...Object.keys(plan.env).length > 0 ? [{ instruction: 'ENV', values: plan.env } as const] : [],
    ...sortedEntries(files).map(([path, source]) => copyFile(recipe, path, source)),
    ...plan.program,
    ...rawAt(recipe.options, 'finalStage'),
    ...ports.length > 0 ? [{ instruction: 'EXPOSE', ports } as const] : [],
    { instruction: 'STOPSIGNAL', signal: stopSignal },
    // Kubernetes asks its own probes.
    { instruction: 'HEALTHCHECK NONE' },
    { instruction: 'USER', ...identity },
    { instruction: 'ENTRYPOINT', command: plan.entrypoint },
  ];
}

function copyFile({ language }: SourceRecipe, path: string, source: string): Instruction {
  const inside = insideOf(source) ?? '.';
  const slash = language.isDirectory(inside) ? '/' : '';
  return { instruction: 'COPY', sources: [`${below(language.inside, inside)}${slash}`], destination: `${path.replace(/\/+$/, '')}${slash}` };
}

function labels(recipe: SourceRecipe, { base, context: { imageName } }: Parts): { [name: string]: Text } {
  const { title = imageName, description, source, licenses, vendor, labels: others } = recipe.options.metadata ?? {};
  const values = {
    title,
    description,
    source,
    licenses,
    vendor,
    'version': text`${variable('VERSION')}`,
    'revision': text`${variable('REVISION')}`,
    'created': text`${variable('CREATED')}`,
    'base.name': base && fullName(base),
    'base.digest': base?.digest,
  };
  return {
    ...Object.fromEntries(Object.entries(values).flatMap(([key, value]) => value === undefined ? [] : [[`org.opencontainers.image.${key}`, value]])),
    ...others,
  };
}

/** The name with its registry and without its digest, as the annotation wants it. */
function fullName({ image, reference, argument }: WrittenImage): Text {
  const [first] = reference.split('/');
  const registry = reference.includes('/') && /[.:]|^localhost$/.test(first) ? '' : reference.includes('/') ? 'docker.io/' : OFFICIAL;
  return [registry, ...argument === undefined ? [reference] : partsOf(image)].filter(part => part !== '');
}
