import type { RustLanguage } from './rust-language';
import { type Stage } from '../dockerfile/dockerfile';
import { type Mount } from '../dockerfile/mounts';
import { renderWords } from '../dockerfile/shell';
import { text, variable } from '../dockerfile/text';
import { installCross, nameTarget } from '../recipe/cross';
import type { LanguageContext, LanguagePlan } from '../recipe/language';
import { rawAt } from '../recipe/raw';
import { secretMounts } from '../recipe/secrets';

const SOURCE = '/src';
const TARGET = '/target';
const CARGO: readonly Mount[] = [
  { type: 'cache', target: '/usr/local/cargo/registry' },
  { type: 'cache', target: '/usr/local/cargo/git/db' },
];

/** The stages in which Cargo builds, and what is taken out of them. */
export function rustPlan(rust: RustLanguage, binary: string, context: LanguageContext): LanguagePlan {
  const { options, platforms } = rust;
  const written = context.write({
    repository: options.builderRepository ?? 'rust',
    tag: `-${options.builderVariant ?? 'trixie'}`,
    version: { name: 'RUST_VERSION', default: rust.version, description: 'is the Rust that compiles' },
  });
  const names = Object.keys(options.buildArgs ?? {}).sort();
  const deps: Stage = {
    name: 'deps',
    description: 'downloads the crates, again only after Cargo.toml or Cargo.lock changed',
    from: { image: written.image },
    platform: text`${variable('BUILDPLATFORM')}`,
    instructions: [
      { instruction: 'WORKDIR', path: SOURCE },
      { instruction: 'ENV', values: { CARGO_PROFILE_RELEASE_STRIP: 'symbols' } },
      ...names.length > 0 ? [{ instruction: 'ARG', names } as const] : [],
      {
        instruction: 'RUN',
        mounts: [
          ...['Cargo.toml', 'Cargo.lock'].map<Mount>(file => ({ type: 'bind', source: file, target: `${SOURCE}/${file}` })),
          ...CARGO,
          ...secretMounts(options),
        ],
        // Cargo believes in no package without a program.
        commands: [
          { words: ['mkdir', '-p', 'src'] },
          { words: ['touch', 'src/main.rs', 'src/lib.rs'] },
          { words: ['cargo', 'fetch', '--locked'] },
        ],
      },
      ...rawAt(options, 'afterDependencies'),
    ],
  };
  const features = options.features ?? [];
  const cargo = renderWords({
    words: [
      'cargo', 'build', '--locked', '--release', '--bin', binary, '--target', text`${variable('rust')}`, '--target-dir', TARGET,
      ...features.length > 0 ? ['--features', features.join(',')] : [],
    ],
  }).join(' ');
  const build: Stage = {
    name: 'build',
    description: 'compiles, on the machine that builds for the one that runs',
    from: { stage: deps },
    instructions: [
      { instruction: 'ARG', names: ['TARGETARCH', 'TARGETVARIANT'] },
      installCross(platforms),
      ...rawAt(options, 'beforeBuild'),
      {
        instruction: 'RUN <<',
        // One folder for each processor, and one build in it at a time; the program is copied out of it.
        mounts: [{ type: 'bind', target: SOURCE }, ...CARGO, { type: 'cache', target: TARGET, locked: true, id: text`target-${context.imageName.replace(/[^\w-]/g, '-')}-${variable('TARGETARCH')}` }, ...secretMounts(options)],
        lines: [
          ...nameTarget(platforms, ['cc', 'arch', 'rust', 'linker']),
          'if [ "${arch}" != "$(dpkg --print-architecture)" ]; then',
          '  rustup target add "${rust}"',
          '  export "${linker}=${cc}" TARGET_CC="${cc}"',
          'fi',
          cargo,
          `install -D "${TARGET}/\${rust}/release/${binary}" /out/${binary}`,
        ],
      },
    ],
  };
  return {
    arguments: written.argument ? [written.argument] : [],
    stages: [deps, build],
    targets: [],
    program: [{ instruction: 'COPY', from: build, sources: [`/out/${binary}`], destination: rust.programPath() }],
    env: {},
    entrypoint: [rust.programPath()],
    ignore: [
      { comment: 'the crate', allow: ['Cargo.toml', 'Cargo.lock', 'rust-toolchain.toml', '.cargo/config.toml', '**/Cargo.toml', '**/*.rs'] },
      { comment: 'but neither its tests nor what was built', deny: ['tests', 'benches', 'examples', 'target'] },
    ],
    usesSsh: false,
    secrets: options.secrets ?? [],
  };
}
