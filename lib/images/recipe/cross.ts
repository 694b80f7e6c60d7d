import { type ScriptInstruction } from '../dockerfile/instructions';
import { type Mount } from '../dockerfile/mounts';

/** How others call a processor: its C compiler, Debian's package of that, Debian itself, Rust, and what tells Cargo of its linker. */
interface Processor {
  readonly cc: string;
  readonly gcc: string;
  readonly arch: string;
  readonly rust: string;
  readonly linker: string;
}

function processor(triplet: string, arch: string, rust: string): Processor {
  return {
    cc: `${triplet}-gcc`,
    gcc: `gcc-${triplet.replace(/_/g, '-')}`,
    arch,
    rust,
    linker: `CARGO_TARGET_${rust.toUpperCase().replace(/-/g, '_')}_LINKER`,
  };
}

const PROCESSORS: { readonly [key: string]: Processor } = {
  amd64: processor('x86_64-linux-gnu', 'amd64', 'x86_64-unknown-linux-gnu'),
  arm64: processor('aarch64-linux-gnu', 'arm64', 'aarch64-unknown-linux-gnu'),
  armv7: processor('arm-linux-gnueabihf', 'armhf', 'armv7-unknown-linux-gnueabihf'),
  ppc64le: processor('powerpc64le-linux-gnu', 'ppc64el', 'powerpc64le-unknown-linux-gnu'),
  s390x: processor('s390x-linux-gnu', 's390x', 's390x-unknown-linux-gnu'),
  riscv64: processor('riscv64-linux-gnu', 'riscv64', 'riscv64gc-unknown-linux-gnu'),
};

/** Debian's packages, which builds on one machine share one after the other. */
export const APT_CACHES: readonly Mount[] = [
  { type: 'cache', target: '/var/cache/apt', locked: true },
  { type: 'cache', target: '/var/lib/apt', locked: true },
];

/** Whether C can be compiled for a platform. */
export function canCross(platform: string): boolean {
  return keyOf(platform) in PROCESSORS;
}

/** The shell that sets variables to names of the processor that is built for. */
export function nameTarget(platforms: readonly string[], names: readonly (keyof Processor)[]): string[] {
  const keys = [...new Set(platforms.map(keyOf))].filter(key => key in PROCESSORS).sort();
  return [
    'case "${TARGETARCH}${TARGETVARIANT:-}" in',
    ...keys.map(key =>
      `  ${key}${key === 'arm64' || key === 'amd64' ? '*' : ''}) ${names.map(name => `${name}=${PROCESSORS[key][name]}`).join(' ')} ;;`),
    '  *) echo "no compiler for ${TARGETARCH}${TARGETVARIANT:-}" >&2; exit 1 ;;',
    'esac',
  ];
}

/** Installs the C compiler for another processor, where it is another one. */
export function installCross(platforms: readonly string[]): ScriptInstruction {
  return {
    instruction: 'RUN <<',
    comment: 'The C compiler of the processor that is built for; its own is there already.',
    mounts: APT_CACHES,
    lines: [
      '. /etc/os-release',
      ...nameTarget(platforms, ['gcc', 'arch']),
      'if [ "${arch}" != "$(dpkg --print-architecture)" ]; then',
      '  rm -f /etc/apt/apt.conf.d/docker-clean',
      '  apt-get update',
      '  apt-get install -y --no-install-recommends "${gcc}/${VERSION_CODENAME}" "libc6-dev-${arch}-cross/${VERSION_CODENAME}"',
      'fi',
    ],
  };
}

function keyOf(platform: string): string {
  const [, arch = '', variant = ''] = platform.split('/');
  return arch === 'arm' ? `arm${variant}` : arch;
}
