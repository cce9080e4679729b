/*
 * Runs in a box, required before a program of the owner's command: loads the program again and again, each time
 * with the text of another candidate, and writes down what its tests say. Endless loops are cut by a limit that many
 * candidates share; what this process cannot cut is ended from outside, by `node_screen_control.cjs`, which finds
 * the culprit in the *beat*. Behind each group of candidates the unpatched program must do what it did before, or
 * nothing of the group is told.
 */
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const vm = require('node:vm');
const { Source, decoded } = require('./node_screen_source.cjs');
const { NAME, Swap } = require('./node_screen_swap.cjs');
const { Pending, atOnce, inTime } = require('./node_screen_tests.cjs');
const { Trial, LATE } = require('./node_screen_trial.cjs');
const { World } = require('./node_screen_world.cjs');

const job = JSON.parse(fs.readFileSync(process.env.GOLDSEAM_SCREEN_JOB, 'utf8'));
delete process.env.GOLDSEAM_SCREEN_JOB;

const TOGETHER = 200;
const SLICE = 50;
const LEAST = 50;
const PATIENT = 250;
const LATER = 1_000;
const RETRIES = 3;
const MOST_LEAKS = 3;
const CHECKING = -1;
const CALL = '__goldseamCall';
const bounded = new vm.Script(`${CALL}()`);
const { now } = Date; // A probe has the program see another clock.

class Late extends Error {}

class Screen {
  constructor(program) {
    this.program = program;
    this.world = new World(new Set(job.files.map((file) => path.basename(file))));
    program.world = this.world;
    this.sources = new Map(job.files.map((file) => [file, new Source(path.join(job.root, file), job.places[file])]));
    this.trial = new Trial(program, new Map(job.wanted), () => this.world.tidy());
    this.beats = fs.openSync(job.beat, 'w');
    this.beatData = Buffer.alloc(24);
    this.isWaiting = false;
  }

  tell(record) {
    fs.appendFileSync(job.messages, JSON.stringify(record) + '\n');
  }

  beat(at, limit) {
    this.beatData.writeDoubleLE(now(), 0);
    this.beatData.writeDoubleLE(limit, 8);
    this.beatData.writeInt32LE(at, 16);
    fs.writeSync(this.beats, this.beatData, 0, 24, 0);
  }

  async run() {
    for (const name of [CALL, NAME]) Object.defineProperty(globalThis, name, { writable: true, enumerable: false });
    globalThis[CALL] = () => this.work();
    this.world.begin();
    for (const event of ['uncaughtException', 'unhandledRejection']) {
      process.on(event, (error) => this.program.stray({ error }));
    }
    try {
      await this.screen();
    } catch (error) {
      this.tell({ is: 'broken', why: String(error && error.stack) });
      this.world.end(1);
    }
    this.world.end(0);
  }

  async screen() {
    this.beat(CHECKING, (job.end - Date.now()) / 2);
    if (job.isAlone) return this.alone();
    if (job.isProbe) return new (require('./node_screen_probe.cjs').Probe)(this, job).run();
    this.isWaiting = false;
    await inTime(this.program.load(new Map())).catch(() => {}); // What is not the project's is loaded for good now.
    this.world.restore();
    let why = await this.inOneGo(this.trial.learn((steps, hangs) => this.doing(steps, hangs))).catch((error) => error);
    if (why instanceof Pending) {
      this.isWaiting = true;
      why = await inTime(this.trial.learn((steps) => steps)).catch((error) => error);
    }
    const reds = this.trial.subjects.flatMap((one) => one.reds);
    const isFit = !why && !this.program.isForeign && !this.world.hasLooked;
    this.tell({
      is: 'reference', why: why ? String(why.message || why) : '', isFit, reds, passing: this.trial.subjects.length - reds.length,
      isBroken: this.trial.isBroken, milliseconds: this.trial.time,
    });
    if (!isFit || (!reds.length && !this.trial.isBroken && !job.isForAll)) return;
    this.limit = this.findLimit();
    const { candidates } = JSON.parse(fs.readFileSync(job.batch, 'utf8'));
    const steps = this.all(job.which.map((at) => [at, candidates[at].map(decoded)]));
    await (this.isWaiting ? inTime(steps) : this.inOneGo(steps));
  }

  /** Run all steps in one turn of the event loop, so that no timer of a candidate ever fires. */
  inOneGo(steps) {
    return new Promise((resolve, reject) => {
      setImmediate(() => {
        try {
          resolve(atOnce(steps));
        } catch (error) {
          reject(error);
        }
      });
    });
  }

  /** Steps that may hang, within a limit; null if they did. */
  * doing(steps, hangs = false) {
    if (this.isWaiting) return yield* steps;
    try {
      return this.within(() => atOnce(steps), hangs ? Math.max(LATER, 10 * this.trial.time) : (job.end - Date.now()) / 2);
    } catch (error) {
      if (error instanceof Late && hangs) return null;
      throw error;
    }
  }

  within(work, milliseconds) {
    this.work = work;
    try {
      return bounded.runInThisContext({ timeout: Math.max(1, Math.ceil(milliseconds)) });
    } catch (error) {
      throw error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT' ? new Late() : error;
    }
  }

  isLate(error) {
    return error instanceof Late;
  }

  findLimit() {
    const known = this.trial.time;
    if (!job.isPatient) return Math.max(LEAST, Math.min(5 * known, LATER + 1.5 * known));
    return Math.max(PATIENT, 3 * known, Math.min(Math.max(LATER, 10 * known), job.share));
  }

  /** First those that can be tried while the program stays loaded, then the others, each with a program of its own. */
  * all(candidates) {
    yield* this.exchange();
    const left = [];
    const fit = [];
    for (const one of candidates) {
      const groups = this.swap ? this.swap.groups(this.inText(one)) : null;
      (groups ? fit : left).push(groups ? [...one, groups] : one);
    }
    left.push(...(yield* this.lane(fit)));
    this.swap = null;
    if (!(yield* this.lane(left)).length) this.tell({ is: 'done' });
  }

  inText([, edits]) {
    return edits.map(([file, some]) => [file, some.map((edit) => this.sources.get(file).inText(edit))]);
  }

  /** Load the program so that functions can be exchanged; not if its tests end otherwise then. */
  * exchange() {
    this.swap = this.units = null;
    if (this.isWaiting || this.trial.isBroken || !this.program.canExchange) return;
    const swap = new Swap(this.sources);
    try {
      swap.watch();
      this.units = yield* this.doing(this.trial.loaded(swap.texts));
      swap.settle();
      const held = swap.held(this.program.exported());
      for (let times = 0; times < 2; times += 1) if (!(yield* this.doing(this.trial.isUnchanged(this.units)))) return;
      if (swap.held(this.program.exported()) !== held || !this.world.tidy()) return;
      this.swap = swap;
      this.held = held;
    } catch {
      swap.rest();
    }
  }

  /** Try candidates by groups; returns those to try in another way. */
  * lane(left) {
    const again = [];
    let leaks = 0;
    while (left.length && Date.now() < job.end) {
      const group = left.splice(0, job.isCareful || job.isPatient ? 1 : TOGETHER);
      const whole = [...group];
      const told = this.isWaiting ? yield* this.waited(group) : this.grouped(group);
      this.beat(CHECKING, LATER + 20 * this.trial.time);
      const isClean = yield* this.isClean();
      if (isClean || (job.isCareful && !this.swap)) this.tell({ is: 'results', results: told });
      if (isClean) {
        left.unshift(...group);
      } else if (this.swap) {
        again.push(...whole);
        leaks += 1;
        if (leaks < MOST_LEAKS) yield* this.exchange();
        if (leaks >= MOST_LEAKS || !this.swap) return [...again, ...left];
      } else {
        this.tell({ is: 'leak' });
        return whole;
      }
    }
    return again;
  }

  * isClean() {
    try {
      const isTidy = this.world.tidy() || !this.swap;
      const isSame = yield* this.doing(this.trial.isUnchanged(this.swap ? this.units : null));
      return isSame && isTidy && (!this.swap || this.swap.held(this.program.exported()) === this.held);
    } catch {
      return false;
    }
  }

  /** Try candidates at once; those behind one that was late stay in the group. */
  grouped(group) {
    const told = [];
    let retries = 0;
    while (group.length) {
      const cpu = process.cpuUsage();
      this.beat(group[0][0], SLICE + this.limit);
      try {
        this.within(() => {
          const until = performance.now() + SLICE;
          do {
            told.push(atOnce(this.one(group[0])));
            group.shift();
          } while (group.length && performance.now() < until);
        }, SLICE + this.limit);
      } catch (error) {
        if (this.swap) this.swap.rest();
        if (!(error instanceof Late || error instanceof Pending)) throw error;
        const { user, system } = process.cpuUsage(cpu);
        if (error instanceof Late && (user + system) / 1000 < this.limit / 2 && (retries += 1) < RETRIES) continue;
        const [at] = group.shift();
        told.push([at, error instanceof Late ? LATE : 'alone', this.trial.green, 0, '']);
        this.world.restore();
        return told;
      }
    }
    return told;
  }

  * waited(group) {
    const told = [];
    while (group.length) {
      const [candidate] = group;
      const timers = process.getActiveResourcesInfo().length;
      told.push(yield* this.one(candidate));
      group.shift();
      if (process.getActiveResourcesInfo().length > timers) break;
    }
    return told;
  }

  /** Try one candidate; what it did. */
  * one([at, edits, groups]) {
    if (job.isCareful || this.isWaiting) this.beat(at, this.limit);
    this.world.restore();
    this.world.hasLooked = false;
    const texts = new Map();
    if (this.swap) {
      try {
        this.swap.begin(groups);
      } catch (error) {
        this.swap.rest();
        return [at, '', 0, 0, String(error).slice(0, 300)];
      }
    } else {
      for (const [file, some] of edits) texts.set(this.sources.get(file).place, this.sources.get(file).edited(some));
    }
    const { green, broken, evidence, mended } = yield* this.trial.judge(texts, this.swap && this.units);
    if (this.swap) this.swap.rest();
    return this.world.hasLooked ? [at, 'alone', 0, 0, ''] : [at, '', green, broken, evidence, mended];
  }

  /** Judge the files as they lie there: each wanted test, in the order of the file. */
  async alone() {
    const lost = new Promise((resolve, reject) => process.on('beforeExit', () => reject(new Pending('nothing goes on'))));
    const tests = {};
    let why = '';
    try {
      await Promise.race([lost, this.eachTest(tests)]);
    } catch (error) {
      why = String(error && error.message ? error.message : error).slice(0, 300);
    }
    this.tell({ is: 'alone', tests, why });
  }

  async eachTest(tests) {
    this.world.isWatched = false;
    const units = await inTime(this.trial.loaded(new Map()));
    const session = this.program.session();
    for (const unit of units.values()) {
      const [passed, kind, text] = await inTime(session.run(unit));
      for (const id of this.program.idsOf(unit, this.trial.wanted)) {
        if (!tests[id] || tests[id][0]) tests[id] = [passed, `${kind}: ${text}`];
      }
    }
    await inTime(session.close());
  }
}

module.exports = { Screen, job };
require(job.kind === 'jest' ? './node_screen_jest.cjs' : './node_screen_program.cjs').begin(Screen, job);
