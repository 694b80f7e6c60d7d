#!/usr/bin/env node
import { runCommand } from './command';
import { findLogin } from './credentials';

runCommand(process.argv.slice(2), process.cwd(), {
  fetch: async (url, options) => fetch(url, options),
  login: async host => findLogin(host),
  say: line => console.log(line),
  complain: line => console.error(line),
}).then(status => {
  process.exitCode = status;
}, (problem: Error) => {
  console.error(problem.message);
  process.exitCode = 1;
});
