import { findProgram, lastLines, run, type RunOptions } from '../support/real-runs/processes';
import { Unavailable } from '../support/real-runs/unavailable';

/** What programs say when nothing answers where they fetch packages. */
const OUT_OF_REACH = new RegExp([
  'dial tcp', 'no such host', 'i/o timeout', 'module lookup disabled', 'Unknown host', 'Name or service not known', 'NewConnectionError',
  'Temporary failure in name resolution', 'Connection (refused|timed out)', 'Connect to .* failed', 'Cannot access .* in offline mode',
  'ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ETIMEDOUT',
].join('|'));

/** Finds a toolchain that is new enough. */
export async function demand(program: string, versionArguments: readonly string[], pattern: RegExp, least: readonly number[]): Promise<string> {
  if (!findProgram(program)) {
    throw new Unavailable(`there is no ${program}`);
  }
  const { stdout, stderr } = await run(program, versionArguments);
  const version = pattern.exec(stdout + stderr)?.[1];
  if (version === undefined) {
    throw new Unavailable(`${program} does not say its version: ${lastLines(stdout + stderr, 2)}`);
  }
  if (isOlder(version.split('.').map(Number), least)) {
    throw new Unavailable(`${program} ${version} is older than ${least.join('.')}, which the generated code needs`);
  }
  return version;
}

function isOlder(version: readonly number[], least: readonly number[]): boolean {
  const position = least.findIndex((number, index) => (version[index] ?? 0) !== number);
  return position >= 0 && (version[position] ?? 0) < least[position];
}

/** Runs a program that fetches packages and builds: out of reach is a reason to skip, everything else that goes wrong a failure. */
export async function build(program: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { status, stdout, stderr } = await run(program, args, { timeoutSeconds: 900, ...options });
  if (status !== 0) {
    const said = lastLines(`${stdout}\n${stderr}`, 25);
    if (OUT_OF_REACH.test(said)) {
      throw new Unavailable(`${program} cannot fetch packages here: ${lastLines(said, 3)}`);
    }
    throw new Error(`${program} ${args.join(' ')}: exit status ${status}\n${said}`);
  }
  return stdout;
}
