import type { PythonLanguage } from './python-language';
import { type Stage } from '../dockerfile/dockerfile';
import { type Instruction } from '../dockerfile/instructions';
import { type Mount } from '../dockerfile/mounts';
import { type Command } from '../dockerfile/shell';
import { APP } from '../recipe/final-stage';
import type { LanguageContext, LanguagePlan } from '../recipe/language';
import { rawAt } from '../recipe/raw';
import { secretMounts } from '../recipe/secrets';

const SOURCE = '/src';
const LIBRARIES = '/app/lib';
const UV_VERSION = '0.9.7';
const REQUIREMENTS = '/tmp/requirements.txt';

/** The stage that installs what a program requires, and what is taken out of it. */
export function pythonPlan(python: PythonLanguage, context: LanguageContext): LanguagePlan {
  const { options, usesUv } = python;
  const written = context.write({
    repository: options.builderRepository ?? 'python',
    tag: `-${python.builderVariant}`,
    version: { name: 'PYTHON_VERSION', default: python.version, description: 'is the Python that installs' },
  });
  const uv = usesUv ? context.write({ repository: 'ghcr.io/astral-sh/uv', tag: UV_VERSION }) : undefined;
  const names = Object.keys(options.buildArgs ?? {}).sort();
  const deps: Stage = {
    name: 'deps',
    description: 'installs what is required, again only after its lock changed; for each processor, because some of it is compiled',
    from: { image: written.image },
    instructions: [
      { instruction: 'WORKDIR', path: SOURCE },
      { instruction: 'ENV', values: { PIP_DISABLE_PIP_VERSION_CHECK: '1', PIP_ROOT_USER_ACTION: 'ignore' } },
      ...names.length > 0 ? [{ instruction: 'ARG', names } as const] : [],
      ...uv ? [{ instruction: 'COPY', from: { image: uv.image as string }, sources: ['/uv'], destination: '/usr/local/bin/uv' } as const] : [],
      ...install(python),
      ...rawAt(options, 'afterDependencies'),
      ...rawAt(options, 'beforeBuild'),
    ],
  };
  const { packages } = python;
  return {
    arguments: written.argument ? [written.argument] : [],
    stages: [deps],
    targets: [],
    program: [
      { instruction: 'COPY', from: deps, sources: [`${LIBRARIES}/`], destination: `${LIBRARIES}/` },
      ...packages.map<Instruction>(path => {
        const slash = python.isDirectory(path) ? '/' : '';
        return { instruction: 'COPY', sources: [`${path}${slash}`], destination: `${APP}/${path}${slash}` };
      }),
    ],
    env: {
      LANG: 'C.UTF-8',
      PYTHONDONTWRITEBYTECODE: '1',
      PYTHONPATH: [...packages.includes('src') ? [`${APP}/src`] : [], APP, LIBRARIES].join(':'),
      PYTHONUNBUFFERED: '1',
    },
    entrypoint: options.module === undefined ? [python.interpreter(), python.programPath()] : [python.interpreter(), '-m', options.module],
    ignore: [
      { comment: 'what is required', allow: usesUv ? ['pyproject.toml', 'uv.lock'] : ['requirements.txt'] },
      { comment: 'the program', allow: packages, folders: true },
      { comment: 'but what Python has compiled', deny: ['**/__pycache__', '**/*.pyc'], last: 'group' },
    ],
    usesSsh: false,
    secrets: options.secrets ?? [],
  };
}

function install(python: PythonLanguage): Instruction[] {
  const { usesUv, hasHashes, options } = python;
  const files = usesUv ? ['pyproject.toml', 'uv.lock'] : ['requirements.txt'];
  const file = usesUv ? REQUIREMENTS : 'requirements.txt';
  const list: Command[] = usesUv ? [{
    words: ['uv', 'export', '--frozen', '--no-dev', '--no-emit-project', '--format=requirements-txt', `--output-file=${REQUIREMENTS}`],
  }] : [];
  return [{
    instruction: 'RUN',
    mounts: [
      ...files.map<Mount>(each => ({ type: 'bind', source: each, target: `${SOURCE}/${each}` })),
      { type: 'cache', target: '/root/.cache/pip' },
      ...secretMounts(options),
    ],
    commands: [
      ...list,
      // A project that requires nothing has no such folder.
      { words: ['mkdir', '-p', LIBRARIES] },
      { words: ['pip', 'install', `--target=${LIBRARIES}`, ...hasHashes ? ['--require-hashes'] : [], `--requirement=${file}`] },
    ],
  }];
}
