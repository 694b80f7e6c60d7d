import { findProgram, lastLines, run } from './processes';
import { Unavailable } from './unavailable';

/** The Debian package of each program that is needed. */
const PACKAGES = {
  buildah: 'buildah', curl: 'curl', dockerd: 'docker.io', ip: 'iproute2', iptables: 'iptables', mmdebstrap: 'mmdebstrap', nft: 'nftables', openssl: 'openssl', runc: 'runc',
} as const;

/**
 * Finds programs, and installs those that are missing where that is possible.
 *
 * @throws Unavailable where it is not
 */
export async function provide(programs: readonly (keyof typeof PACKAGES)[], say: (text: string) => void): Promise<void> {
  const missing = programs.filter(program => !findProgram(program));
  if (missing.length === 0) {
    return;
  }
  if (process.getuid?.() !== 0 || !findProgram('apt-get')) {
    throw new Unavailable(`there is no ${missing.join(', no ')}, and nothing to install it with: that takes root and apt-get`);
  }
  const packages = missing.map(program => PACKAGES[program]);
  say(`installing ${packages.join(', ')}`);
  const apt = async (...args: string[]): Promise<string> => {
    // Something else may be installing at this moment, another run or the system itself.
    const { status, stdout, stderr } = await run('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=300', ...args], { env: { DEBIAN_FRONTEND: 'noninteractive' }, timeoutSeconds: 600 });
    return status === 0 ? '' : lastLines(stderr || stdout, 5);
  };
  await apt('update');
  const complaint = await apt('install', '-y', '--no-install-recommends', ...packages);
  if (complaint) {
    throw new Unavailable(`apt-get cannot install ${packages.join(', ')}:\n${complaint}`);
  }
}
