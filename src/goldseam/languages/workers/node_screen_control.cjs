/*
 * Runs in a box, started by the first Node process of the owner's command: the controller of a screening. It runs
 * the command once more to learn which programs that starts, has each tried by a worker of its own
 * (`node_screen_worker.cjs`), and reports one JSON line a candidate. What cannot be tried in a worker, or not so
 * that the worker stays clean, is tried from its bytes on disk, one process a candidate.
 */
'use strict';

const born = Date.now();

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { spawn, spawnSync } = require('node:child_process');
const { placesOf } = require('./node_screen_places.cjs');
const { lay, readPlan, Tree } = require('./node_screen_plan.cjs');

const EVERY = 20;
const GRACE = 1_500;
const ALONE = 5_000;
const KILLED_AFTER = 3;
const LATER = 1_000;
const FLAGS = ['--no-warnings', '--experimental-vm-modules', '--experimental-import-meta-resolve', '--max-old-space-size=1024'];
const BOUNDED = 'h=$(ulimit -H -d); [ "$h" = unlimited ] || ulimit -S -d $((h / 8 * 3)); exec "$@"';
const PARTS = path.join(os.tmpdir(), 'goldseam-screen');
const JEST = ['--runInBand', '--coverage=false', '--silent'];
const FOLLOWED = new Set(['--import', '--loader', '--experimental-loader']);

class Control {
  constructor(plan, report) {
    this.plan = plan;
    this.report = report;
    this.count = 0;
    this.slowest = 0;
    this.tree = new Tree(plan.root);
    this.files = [...new Set(plan.candidates.flatMap((one) => one.map(([file]) => file)))];
    this.places = Object.fromEntries(this.files.map((file) => [file, placesOf(textOf(path.join(plan.root, file)))]));
  }

  write(...records) {
    fs.appendFileSync(this.report, records.map((record) => JSON.stringify(record) + '\n').join(''));
  }

  get left() {
    return this.plan.end - Date.now();
  }

  /** The programs that the owner's command runs, as each process of them was started. */
  async collect() {
    const collected = path.join(PARTS, 'programs');
    fs.writeFileSync(collected, '');
    const env = {
      ...process.env, NODE_OPTIONS: `--require ${path.join(__dirname, 'node_screen.cjs')}`,
      GOLDSEAM_SCREEN_COLLECTED: collected, GOLDSEAM_SCREEN_ROOT: this.plan.root,
    };
    const options = { cwd: this.plan.root, env, stdio: 'ignore', detached: true };
    await this.ended(spawn('/bin/sh', ['-c', this.plan.command], options));
    this.tree.restore();
    const programs = fs.readFileSync(collected, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
    const seen = new Set();
    const found = programs.filter(({ main, argv }) => {
      const key = JSON.stringify([main, argv]);
      return !seen.has(key) && seen.add(key);
    });
    return found.flatMap((program) => (program.kind === 'jest' ? this.filesOf(program) : [program]));
  }

  /** A program for each file of tests that jest finds. */
  filesOf(program) {
    const { cwd, env, execPath, execArgv, argv } = program;
    const words = [...execArgv, ...argv, '--listTests', '--json'];
    const told = spawnSync(execPath, words, { cwd, env, timeout: Math.max(1, this.left) });
    try {
      return JSON.parse(told.stdout).map((main) => ({ ...program, main, more: [...JEST, '--runTestsByPath', main] }));
    } catch {
      return [];
    }
  }

  /** Wait for a process; how it ended: by itself, or killed since `isLate()` or since the time is over. */
  ended(child, isLate = () => false) {
    return new Promise((resolve) => {
      let how = '';
      const kill = () => {
        try {
          process.kill(-child.pid, 'SIGKILL');
        } catch {
          // It has ended.
        }
      };
      const timer = setInterval(() => {
        how = how || (this.left < 0 ? 'over' : isLate() ? 'late' : '');
        if (how) kill();
      }, EVERY);
      const done = (code) => {
        clearInterval(timer);
        kill();
        resolve(how || (code === 0 ? 'ended' : 'died'));
      };
      child.on('exit', done);
      child.on('error', done);
    });
  }

  /** Have a worker do a job; what it told, how it ended, and which candidate it was at. */
  async work(program, given) {
    this.count += 1;
    const [file, messages, beat] = ['job', 'messages', 'beat'].map((name) => path.join(PARTS, `${name}-${this.count}`));
    const job = {
      batch: this.plan.batch, kind: program.kind, main: program.main, root: this.plan.root, end: this.plan.end - GRACE / 3, messages, beat,
      files: this.files, places: this.places, share: LATER, ...given,
    };
    fs.writeFileSync(file, JSON.stringify(job));
    fs.writeFileSync(messages, '');
    fs.writeFileSync(beat, Buffer.alloc(24));
    const worker = path.join(__dirname, 'node_screen_worker.cjs');
    const words = [program.execPath, ...program.execArgv, ...FLAGS, '--require', worker, ...program.argv, ...program.more || []];
    const child = spawn('/bin/sh', ['-c', BOUNDED, 'sh', ...words], {
      cwd: program.cwd, env: { ...program.env, GOLDSEAM_SCREEN_JOB: file }, stdio: 'ignore', detached: true,
    });
    const begun = Date.now();
    const how = await this.ended(child, () => {
      if (given.isAlone && Date.now() - begun > ALONE + 5 * this.slowest) return true;
      if (given.isProbe && Date.now() > given.end + GRACE) return true;
      const [began, limit] = beatOf(beat);
      return began > 0 && Date.now() - began > KILLED_AFTER * limit + GRACE;
    });
    const records = fs.readFileSync(messages, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
    const [, , at] = beatOf(beat);
    if (how === 'ended') this.slowest = Math.max(this.slowest, Math.min(ALONE, Date.now() - begun));
    for (const one of [file, messages, beat]) fs.rmSync(one, { force: true });
    return { how, at, records };
  }

  /** Run something with a candidate's bytes on disk; null if they cannot be written. */
  async laid(at, action) {
    const undo = lay(this.plan.root, this.plan.candidates[at]);
    if (undo === null) return null;
    try {
      return await action();
    } finally {
      undo();
      this.tree.restore();
    }
  }
}

function textOf(place) {
  try {
    return fs.readFileSync(place, 'utf8');
  } catch {
    return '';
  }
}

function beatOf(file) {
  const data = fs.readFileSync(file);
  return data.length < 24 ? [0, 0, -1] : [data.readDoubleLE(0), data.readDoubleLE(8), data.readInt32LE(16)];
}

async function main() {
  const report = process.env.GOLDSEAM_SCREEN_REPORT;
  const plan = readPlan(born);
  if (!plan.root) return;
  const control = new Control(plan, report);
  if (plan.mode === 'run') return void await new (require('./node_screen_scripts.cjs').Scripts)(control).run();
  const programs = await control.collect();
  const isFollowed = (word) => FOLLOWED.has(word.split('=')[0]);
  const strange = programs.find(({ kind, execArgv }) => kind === 'other' || execArgv.some(isFollowed));
  if (strange || !programs.length) {
    control.write({ is: 'unable', why: strange ? 'its test runner is not known' : 'no program was found' });
    return;
  }
  await new (require('./node_screen_rounds.cjs').Rounds)(control, programs).run();
}

main().finally(() => process.exit(0));
