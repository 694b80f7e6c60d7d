import type { NodeLanguage } from './node-language';
import { type Stage } from '../dockerfile/dockerfile';
import { type Instruction } from '../dockerfile/instructions';
import { type Mount } from '../dockerfile/mounts';
import { text, variable } from '../dockerfile/text';
import { APP } from '../recipe/final-stage';
import type { LanguageContext, LanguagePlan } from '../recipe/language';
import { rawAt } from '../recipe/raw';
import { secretMounts } from '../recipe/secrets';

const SOURCE = '/src';

/** The stages that install and build a package, and what is taken out of them. */
export function nodePlan(node: NodeLanguage, context: LanguageContext): LanguagePlan {
  const { options, buildScript } = node;
  const written = context.write({
    repository: options.builderRepository ?? 'node',
    tag: `-${node.builderVariant}`,
    version: { name: 'NODE_VERSION', default: node.version, description: 'is the Node that installs and builds' },
  });
  const from = { image: written.image };
  const here = { platform: text`${variable('BUILDPLATFORM')}` };
  const modules: Stage = {
    name: 'modules',
    description: `installs what runs, again only after package-lock.json changed${node.native ? '; for each processor, because some of it is compiled' : ''}`,
    from,
    ...!node.native && here,
    instructions: [...workdir(node), ...install(node, '--omit=dev'), ...buildScript === undefined ? rawAt(options, 'afterDependencies') : [], ...buildScript === undefined ? rawAt(options, 'beforeBuild') : []],
  };
  const deps: Stage = {
    name: 'deps',
    description: 'installs what builds, again only after package-lock.json changed',
    from,
    ...here,
    instructions: [...workdir(node), ...install(node), ...rawAt(options, 'afterDependencies')],
  };
  const build: Stage = {
    name: 'build',
    description: 'builds, on the machine that builds',
    from: { stage: deps },
    instructions: [
      ...rawAt(options, 'beforeBuild'),
      { instruction: 'COPY', sources: ['.'], destination: `${SOURCE}/` },
      { instruction: 'RUN', ...mounts(secretMounts(options)), commands: [{ words: ['npm', 'run', buildScript!] }] },
    ],
  };
  const builds = buildScript !== undefined;
  return {
    arguments: written.argument ? [written.argument] : [],
    stages: builds ? [modules, deps, build] : [modules],
    targets: [],
    program: [
      { instruction: 'COPY', from: modules, sources: [`${SOURCE}/node_modules/`], destination: `${APP}/node_modules/` },
      { instruction: 'COPY', sources: ['package.json'], destination: `${APP}/package.json` },
      ...node.output.map<Instruction>(path => {
        const slash = (builds ? !/\.[cm]?js$/.test(path) : node.isDirectory(path)) ? '/' : '';
        return { instruction: 'COPY', ...builds && { from: build }, sources: [`${builds ? `${SOURCE}/` : ''}${path}${slash}`], destination: `${APP}/${path}${slash}` };
      }),
    ],
    env: { NODE_ENV: 'production' },
    entrypoint: [node.interpreter(), node.programPath()],
    ignore: [
      { comment: 'the package', allow: ['package.json', 'package-lock.json'] },
      ...builds ? [
        { comment: 'what its build reads', allow: ['src', 'tsconfig*.json', '*.config.js', '*.config.mjs', '*.config.cjs', '*.config.ts'], folders: true },
      ] : [{ comment: 'what runs', allow: node.output, folders: true }],
    ],
    usesSsh: false,
    secrets: options.secrets ?? [],
  };
}

function workdir({ options }: NodeLanguage): Instruction[] {
  const names = Object.keys(options.buildArgs ?? {}).sort();
  return [{ instruction: 'WORKDIR', path: SOURCE }, ...names.length > 0 ? [{ instruction: 'ARG', names } as const] : []];
}

function install({ options }: NodeLanguage, ...flags: readonly string[]): Instruction[] {
  return [{
    instruction: 'RUN',
    mounts: [
      ...['package.json', 'package-lock.json'].map<Mount>(file => ({ type: 'bind', source: file, target: `${SOURCE}/${file}` })),
      { type: 'cache', target: '/root/.npm' },
      ...secretMounts(options),
    ],
    // A package that depends on nothing has no such folder.
    commands: [{ words: ['npm', 'ci', ...flags, '--no-audit', '--no-fund'] }, { words: ['mkdir', '-p', 'node_modules'] }],
  }];
}

function mounts(all: readonly Mount[]): { readonly mounts?: readonly Mount[] } {
  return all.length > 0 ? { mounts: all } : {};
}
