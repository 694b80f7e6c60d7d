import { type ScriptInstruction } from '../dockerfile/instructions';
import { type Mount } from '../dockerfile/mounts';

/** How Debian, and Rust, call the processors that images are built for. */
const TRIPLETS: { readonly [platform: string]: { readonly debian: string; readonly arch: string; readonly rust: string } } = {
  amd64: { debian: 'x86_64-linux-gnu', arch: 'amd64', rust: 'x86_64-unknown-linux-gnu' },
  arm64: { debian: 'aarch64-linux-gnu', arch: 'arm64', rust: 'aarch64-unknown-linux-gnu' },
  armv7: { debian: 'arm-linux-gnueabihf', arch: 'armhf', rust: 'armv7-unknown-linux-gnueabihf' },
  ppc64le: { debian: 'powerpc64le-linux-gnu', arch: 'ppc64el', rust: 'powerpc64le-unknown-linux-gnu' },
  s390x: { debian: 's390x-linux-gnu', arch: 's390x', rust: 's390x-unknown-linux-gnu' },
  riscv64: { debian: 'riscv64-linux-gnu', arch: 'riscv64', rust: 'riscv64gc-unknown-linux-gnu' },
};

/** Debian's packages, which builds on one machine share one after the other. */
export const APT_CACHES: readonly Mount[] = [
  { type: 'cache', target: '/var/cache/apt', locked: true },
  { type: 'cache', target: '/var/lib/apt', locked: true },
];

/** Whether C can be compiled for a platform. */
export function canCross(platform: string): boolean {
  return keyOf(platform) in TRIPLETS;
}

/** The shell that sets variables to the names of the processor that is built for: of its compiler, of its packages, of its Rust. */
export function nameTarget(platforms: readonly string[], names: readonly ('debian' | 'arch' | 'rust')[]): string[] {
  const keys = [...new Set(platforms.map(keyOf))].filter(key => key in TRIPLETS).sort();
  return [
    'case "${TARGETARCH}${TARGETVARIANT:-}" in',
    ...keys.map(key =>
      `  ${key}${key === 'arm64' || key === 'amd64' ? '*' : ''}) ${names.map(name => `${name}=${TRIPLETS[key][name]}`).join(' ')} ;;`),
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
      ...nameTarget(platforms, ['debian', 'arch']),
      'if [ "${arch}" != "$(dpkg --print-architecture)" ]; then',
      '  rm -f /etc/apt/apt.conf.d/docker-clean',
      '  apt-get update',
      '  apt-get install -y --no-install-recommends "gcc-$(echo "${debian}" | tr _ -)" "libc6-dev-${arch}-cross"',
      'fi',
    ],
  };
}

function keyOf(platform: string): string {
  const [, arch = '', variant = ''] = platform.split('/');
  return arch === 'arm' ? `arm${variant}` : arch;
}
