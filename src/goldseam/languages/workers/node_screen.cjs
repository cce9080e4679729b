/*
 * Runs in a box, required by every Node process of the owner's command: the first one becomes the start of a
 * screening, whose controller (`node_screen_control.cjs`) runs the command once more to collect its programs. A
 * process of that second run that is a program writes down how it was started, and ends. Those in between,
 * `node --test` or npm, go on as they are.
 */
'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { spawnSync } = require('node:child_process');
const { isMainThread } = require('node:worker_threads');

const RUNNERS = [
  ['jest', /[\\/]jest(?:-cli)?[\\/]bin[\\/]jest(?:\.js)?$/],
  ['other', /[\\/]node_modules[\\/](?:vitest|mocha|ava|tap|jasmine)[\\/]/],
];

function takeOver() {
  try {
    fs.mkdirSync(path.join(os.tmpdir(), 'goldseam-screen'));
  } catch {
    process.exit(1); // Behind the first process of the command nothing is run for its own sake.
  }
  const env = { ...process.env, NODE_OPTIONS: '' };
  const words = ['--no-warnings', '--expose-internals', path.join(__dirname, 'node_screen_control.cjs')];
  spawnSync(process.execPath, words, { env, stdio: 'ignore' });
  process.exit(0);
}

function collect() {
  const main = process.argv[1];
  if (!main || process.execArgv.includes('--test') || process.execArgv.includes('--eval')) return;
  let place = main;
  try {
    place = fs.realpathSync(require.resolve(path.resolve(main)));
  } catch {
    // It does not exist: the program says so itself.
  }
  const root = process.env.GOLDSEAM_SCREEN_ROOT;
  const known = RUNNERS.find(([, pattern]) => pattern.test(place));
  if (!known && (!place.startsWith(root + path.sep) || place.includes('/node_modules/'))) return;
  const env = { ...process.env };
  for (const name of Object.keys(env)) if (/^(?:GOLDSEAM_SCREEN|NODE_OPTIONS$|NODE_TEST_CONTEXT$)/.test(name)) delete env[name];
  const program = {
    kind: known ? known[0] : 'node', main: place, execPath: process.execPath, execArgv: process.execArgv,
    argv: process.argv.slice(1), cwd: process.cwd(), env,
  };
  fs.appendFileSync(process.env.GOLDSEAM_SCREEN_COLLECTED, JSON.stringify(program) + '\n');
  process.exit(0);
}

if (isMainThread && process.env.GOLDSEAM_SCREEN) {
  if (process.env.GOLDSEAM_SCREEN_COLLECTED) collect();
  else takeOver();
}
