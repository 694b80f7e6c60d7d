#!/usr/bin/env node
import { MISUSED } from './command';
import { runCommand } from './commands';
import { findLogin } from './credentials';

/** What nobody foresaw is a fault of this program, and its stack says nothing to who called it. */
function crash(problem: unknown): void {
  const { code, message } = (problem ?? {}) as NodeJS.ErrnoException;
  // Whoever read along has read enough, as `head` does.
  if (code !== 'EPIPE') {
    const [line] = String(message ?? problem).split('\n');
    console.error(`cdk8s-golden-path has failed: ${line}`);
  }
  process.exit(MISUSED);
}

process.on('uncaughtException', crash);
runCommand(process.argv.slice(2), process.cwd(), {
  fetch: async (url, options) => fetch(url, options),
  login: async host => findLogin(host),
  say: line => console.log(line),
  complain: line => console.error(line),
}).then(status => {
  process.exitCode = status;
}, crash);
