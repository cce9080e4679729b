/*
 * Runs in a box, in the controller of a screening of a command that tells no test ids: the owner's command again for
 * each candidate, with its bytes on disk. How it ended and what it printed is told, and judged by somebody else.
 */
'use strict';

const crypto = require('node:crypto');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { spawn } = require('node:child_process');

const MOST_OUTPUT = 200_000;
const MOST_TOLD = 8_000_000;
const FIRST = 2;
const LATER = 8;
const LEAST = 500;
const MOST = 12_000;
/** Milliseconds for all candidates: the judge is little slower than this, and begins with the likeliest. */
const PARTS = path.join(os.tmpdir(), 'goldseam-screen');
const BOUNDED = 'h=$(ulimit -H -d); [ "$h" = unlimited ] || ulimit -S -d $((h / 8 * 3)); exec /bin/sh -c "$1"';

class Scripts {
  constructor(control) {
    this.control = control;
    this.plan = control.plan;
    this.known = new Map();
    this.left = MOST_TOLD;
    this.end = Date.now() + MOST;
  }

  get isOver() {
    return this.control.left < 0 || Date.now() > this.end;
  }

  async run() {
    const late = [];
    const began = Date.now();
    await this.process(Math.min(this.control.left / 4, 10 * this.plan.ran + LATER * LEAST));
    this.ran = Math.max(this.plan.ran, Date.now() - began); // The machine may be busier now.
    this.control.write({ is: 'ready' });
    for (const at of this.plan.candidates.keys()) {
      if (this.isOver) return;
      if ((await this.one(at, FIRST)) === 'timeout') late.push(at);
    }
    for (const at of late) {
      if (this.isOver) return;
      if ((await this.one(at, LATER)) !== 'timeout' || this.control.left < 0) continue;
      this.tell(at, { ended: 'timeout', exit: 0, out: Buffer.alloc(0), err: Buffer.alloc(0) });
    }
  }

  async one(at, factor) {
    const run = await this.control.laid(at, () => this.process(factor * Math.max(LEAST, this.ran)));
    if (run && run.ended !== 'timeout') this.tell(at, run);
    return run ? run.ended : '';
  }

  async process(limit) {
    const files = ['out', 'err'].map((name) => path.join(PARTS, name));
    const [out, err] = files.map((file) => fs.openSync(file, 'w+'));
    const env = { ...process.env };
    for (const name of Object.keys(env)) if (/^(?:GOLDSEAM_SCREEN|NODE_OPTIONS$)/.test(name)) delete env[name];
    const child = spawn('/bin/sh', ['-c', BOUNDED, 'sh', this.plan.command], {
      cwd: this.plan.root, env, stdio: ['ignore', out, err], detached: true,
    });
    const end = Date.now() + limit;
    const how = await this.control.ended(child, () => Date.now() > end);
    const ended = how === 'late' || how === 'over' ? 'timeout' : child.signalCode ? 'killed' : 'exited';
    const [printed, errors] = [out, err].map((file) => head(file));
    [out, err].forEach((file) => fs.closeSync(file));
    const exit = child.signalCode ? -os.constants.signals[child.signalCode] : child.exitCode ?? 0;
    return { ended, exit, out: printed, err: errors };
  }

  /** Candidates that end alike share what they printed. */
  tell(at, { ended, exit, out, err }) {
    if (out.length > MOST_OUTPUT) return;
    const record = { is: 'ran', at, ended, exit };
    const shape = JSON.stringify([ended, exit, out.length]);
    const key = crypto.createHash('sha256').update(shape).update(out).update(err).digest('hex');
    if (this.known.has(key)) {
      this.control.write({ ...record, as: this.known.get(key) });
      return;
    }
    const printed = { out: out.toString('base64'), err: err.toString('base64') };
    this.left -= printed.out.length + printed.err.length;
    if (this.left <= 0) return;
    this.known.set(key, at);
    this.control.write({ ...record, ...printed });
  }
}

/** The beginning of what was printed: one byte more than is told, so that more is noticed. */
function head(file) {
  const data = Buffer.alloc(MOST_OUTPUT + 1);
  return data.subarray(0, fs.readSync(file, data, 0, data.length, 0));
}

module.exports = { Scripts };
