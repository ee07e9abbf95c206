#!/usr/bin/env node
// Runs the program of this system, which npm installs beside this package.
'use strict';
const { spawnSync } = require('node:child_process');

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
const done = spawnSync(program, process.argv.slice(2), { stdio: 'inherit' });
if (done.error) {
  console.error(`error: cannot run ${program}: ${done.error.message}`);
  process.exit(2);
}
if (done.signal) process.kill(process.pid, done.signal);
process.exit(done.status ?? 2);
