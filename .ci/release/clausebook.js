#!/usr/bin/env node
// Runs the program of this system, which npm installs beside this package.
'use strict';
const { spawn } = require('node:child_process');

const name = `clausebook-${process.platform}-${process.arch}`;
const exe = process.platform === 'win32' ? 'clausebook.exe' : 'clausebook';
let program;
try {
  program = require.resolve(`${name}/${exe}`);
} catch {
  console.error(`error: npm has not installed ${name}, or there is no clausebook for this system`);
  console.error('help: install without --omit=optional, or take another form of the release');
  process.exit(2);
}
const running = spawn(program, process.argv.slice(2), { stdio: 'inherit' });
// Whoever ends this process means the program.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => running.kill(signal));
running.on('error', (error) => {
  console.error(`error: cannot run ${program}: ${error.message}`);
  process.exit(2);
});
running.on('exit', (status, signal) => {
  if (!signal) process.exit(status ?? 2);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
});
