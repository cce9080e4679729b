/*
 * Runs in a box, in a process that tries candidates: what promising ones do with inputs beyond those of the tests.
 * While the tests run on the unpatched program, the arguments of the functions that candidates change are written
 * down, for a method with its object; more are made by small seeded changes. Each candidate is called with all of
 * them, as far as possible in a program that was loaded for it alone. What a call gives, throws, does to its
 * arguments and has their functions do becomes a short mark. Candidates that behave alike have the same marks.
 */
'use strict';

const crypto = require('node:crypto');
const fs = require('node:fs');
const { types } = require('node:util');
const { Clock, inRealTime, numbers } = require('./node_screen_clock.cjs');
const { copied, described, isPlain, nameOf, varied } = require('./node_screen_inputs.cjs');
const { decoded } = require('./node_screen_source.cjs');
const { Swap } = require('./node_screen_swap.cjs');
const { settled } = require('./node_screen_tests.cjs');

const { now } = Date;
const again = setImmediate;

const MOST_CALLS = 12;
const MOST_TRIES = 300;
const MOST_INPUTS = 48;
const MOST_TEXT = 100_000;
const MOST_LATE = 3;
const MOST_LOGGED = 200;
const MOST_DRAWN = 20;
const MOST_USES = 6;
const RETRIES = 2;
const CALL = 100;
const TEST = 250;
const LOADING = 2_000;
const SEED = 1;
const BUILTINS = ['Object', 'Function', 'Array', 'String', 'Number', 'Boolean', 'Map', 'Set', 'Promise', 'Date', 'RegExp', 'Error'];

class TooLate extends Error {}

/** A program that was loaded for candidates, and the inputs that its tests gave. */
class Session {
  constructor(swap, originals) {
    Object.assign(this, { swap, originals, calls: [], uses: new Map(), inputs: [], digest: '', isUsed: false, milliseconds: 0 });
  }
}

class Probe {
  constructor(screen, job) {
    this.screen = screen;
    this.program = screen.program;
    this.job = job;
    this.clock = new Clock();
    const { candidates } = JSON.parse(fs.readFileSync(job.batch, 'utf8'));
    this.edits = new Map(job.which.map((at) => [at, screen.inText([at, candidates[at].map(decoded)])]));
  }

  /** Each step in a turn of the event loop of its own: what is queued for its end runs only then. */
  run() {
    const steps = this.all();
    return new Promise((resolve, reject) => {
      const turn = (value) => again(() => {
        try {
          const { done, value: promise } = steps.next(value);
          if (done) resolve();
          else promise.then(turn, reject);
        } catch (error) {
          reject(error);
        }
      });
      turn();
    });
  }

  * all() {
    this.clock.install(globalThis);
    if (this.program.realm !== globalThis) this.clock.install(this.program.realm);
    let session = yield* this.session();
    if (!session || !session.inputs.length) return;
    this.screen.tell({ is: 'inputs', digest: session.digest });
    if (this.job.digest && this.job.digest !== session.digest) return;
    let canRenew = true;
    for (const [number, at] of this.job.which.entries()) {
      const left = this.job.end - now();
      if (left < 0) return;
      canRenew &&= session.milliseconds * (this.job.which.length - number) < left / 2;
      if (session.isUsed && canRenew) {
        const other = yield* this.session();
        canRenew = other !== null && other.digest === session.digest;
        if (canRenew) session = other;
      }
      const before = this.surroundings();
      this.screen.tell({ is: 'behaviour', at, behaviour: yield* this.marks(at, session) });
      if (this.surroundings() !== before) return; // The others are asked in a new process.
    }
  }

  /** What a candidate could have changed for all that come after it, in short. */
  surroundings() {
    const parts = [Reflect.ownKeys(globalThis).length, process.getActiveResourcesInfo().length];
    for (const name of BUILTINS) {
      for (const held of [this.program.realm[name], this.program.realm[name].prototype]) {
        for (const key of Reflect.ownKeys(held)) {
          const { value } = Object.getOwnPropertyDescriptor(held, key);
          this.numbers ??= new Map();
          if (typeof value === 'function' && !this.numbers.has(value)) this.numbers.set(value, this.numbers.size);
          parts.push(`${String(key)} ${this.numbers.get(value)}`);
        }
      }
    }
    return parts.join();
  }

  /** Load the program and have its tests give inputs; null if that cannot be. */
  * session() {
    const began = now();
    this.screen.beat(-1, LOADING);
    this.screen.world.restore();
    this.clock.reset();
    const swap = new Swap(this.screen.sources);
    let session;
    try {
      const units = yield* this.driven(this.screen.trial.loaded(swap.texts), LOADING);
      if (!this.program.canExchange) return null;
      swap.settle();
      session = this.recording(swap);
      yield* this.tested([...units.values()]);
    } catch {
      return null;
    } finally {
      swap.rest();
    }
    this.more(session);
    session.digest = short(session.inputs.map(({ text }) => text).join('\n'));
    session.milliseconds = now() - began;
    return session;
  }

  /** Have the functions that candidates change write down how they are called. */
  recording(swap) {
    const groups = new Map();
    for (const edits of this.edits.values()) {
      for (const [number, { source, place }] of swap.groups(edits) || []) groups.set(number, { source, place, edits: [] });
    }
    swap.begin(groups);
    const session = new Session(swap, new Map([...groups.keys()].map((number) => [number, swap.board.d[number]])));
    const held = new Set(this.program.exported());
    const isOwn = (value) => held.has(value) || value === this.program.realm || value === globalThis || value === process;
    session.isKept = (value) => isOwn(value) || types.isPromise(value) || types.isModuleNamespaceObject(value);
    for (const [number, original] of session.originals) swap.board.d[number] = recorder(session, number, original);
    return session;
  }

  * tested(units) {
    const wanted = units.filter((unit) => this.program.idsOf(unit, this.screen.trial.wanted).length);
    const isRed = (unit) => this.program.idsOf(unit, this.screen.trial.wanted).some((id) => this.screen.trial.wanted.get(id));
    const end = now() + (this.job.end - now()) / 3;
    const tests = this.program.session();
    for (const unit of [...wanted.filter(isRed), ...wanted.filter((one) => !isRed(one))]) {
      if (now() > end) return;
      try {
        yield* this.driven(tests.run(unit), TEST);
      } catch (error) {
        if (!(error instanceof TooLate)) throw error;
      }
      this.clock.rest();
    }
  }

  /** Inputs: those of the tests, and others made of them. */
  more(session) {
    const source = numbers(SEED);
    const seen = new Set(session.calls.map(({ text }) => text));
    session.inputs = [...session.calls];
    for (let left = 2 * MOST_INPUTS; session.calls.length && left > 0 && session.inputs.length < MOST_INPUTS; left -= 1) {
      const call = session.calls[Math.floor(source() * session.calls.length)];
      const { self, given } = copyOf(call, session);
      const made = { ...call, self, given: varied(given, source) };
      made.text = textOf(made);
      if (!seen.has(made.text)) session.inputs.push(made);
      seen.add(made.text);
    }
    session.inputs.splice(MOST_INPUTS);
  }

  /** What a candidate does with each input, shortened; nothing if it cannot be tried so. */
  * marks(at, session) {
    const groups = session.swap.groups(this.edits.get(at));
    if (!groups) return [];
    session.isUsed = true;
    session.swap.begin(groups);
    const found = [];
    let late = 0;
    for (const [number, input] of session.inputs.entries()) {
      this.screen.beat(at, CALL);
      const answer = late < MOST_LATE ? yield* this.answer(session, input, number) : 'late';
      late += answer === 'late' ? 1 : 0;
      found.push(short(answer));
    }
    session.swap.rest();
    return found;
  }

  /** What a call did, as a text; one that the machine was too busy for is made again. */
  * answer(session, input, number) {
    for (let left = RETRIES; ; left -= 1) {
      this.screen.world.restore();
      this.clock.reset();
      const cpu = process.cpuUsage();
      const log = [];
      const { self, given, known } = copyOf(input, session, log);
      const target = session.swap.board.d[input.number] || session.originals.get(input.number);
      const uses = usesOf(session, input.number, number);
      try {
        const told = yield* this.driven(this.called(() => Reflect.apply(target, self, given), known, uses), CALL);
        return this.screen.within(() => [told, described([self, given]), ...log].join('\n'), CALL);
      } catch (error) {
        const { user, system } = process.cpuUsage(cpu);
        if (left > 0 && error instanceof TooLate && error.isCut && (user + system) / 1000 < CALL / 2) continue;
        return 'late';
      }
    }
  }

  /** What a call gives: a value, the parts that an iterator draws, or what the functions in it do. */
  * called(call, known, uses) {
    let told;
    try {
      const value = yield* settled(call());
      told = described(value, known);
      if (value !== null && typeof value === 'object' && typeof value.next === 'function') told += yield* drawn(value, known);
      for (const { name, given } of uses) told += yield* this.used(value, name, given);
    } catch (error) {
      told = `throws ${error !== null && typeof error === 'object' ? nameOf(error) : typeof error}`;
    }
    this.clock.rest();
    return told;
  }

  * used(value, name, given) {
    const used = name === '' ? value : value[name];
    if (typeof used !== 'function') return ' none';
    try {
      return ` ${described(yield* settled(Reflect.apply(used, value, given)))}`;
    } catch (error) {
      return ` throws ${error !== null && typeof error === 'object' ? nameOf(error) : typeof error}`;
    }
  }

  /** Run steps to their end, each stretch within a limit; what waits for the world outside is waited for. */
  * driven(steps, limit) {
    let given = ['next', undefined];
    for (;;) {
      const step = this.stretch(steps, given, limit);
      if (step.done) return step.value;
      given = yield inRealTime(step.value, limit);
      if (given === null) throw new TooLate();
    }
  }

  stretch(steps, given, limit) {
    try {
      return this.screen.within(() => {
        let step = steps[given[0]](given[1]);
        while (!step.done) {
          const found = this.clock.settled(step.value);
          if (found === null) return step;
          step = steps[found[0]](found[1]);
        }
        return step;
      }, limit);
    } catch (error) {
      throw this.screen.isLate(error) ? Object.assign(new TooLate(), { isCut: true }) : error;
    }
  }
}

function* drawn(iterator, known) {
  let told = '';
  for (let left = MOST_DRAWN; left > 0; left -= 1) {
    const { done, value } = yield* settled(iterator.next());
    told += ` ${done ? 'end' : ''}${described(value, known)}`;
    if (done) break;
  }
  return told;
}

/** A function that does what another does, and keeps its arguments. */
function recorder(session, number, original) {
  let left = MOST_CALLS;
  let tries = MOST_TRIES;
  const seen = new Set();
  const keep = (self, given) => {
    if (left <= 0 || (tries -= 1) < 0) return;
    try {
      const call = copyOf({ number, self, given }, session);
      call.text = textOf(call);
      if (seen.has(call.text) || call.text.length > MOST_TEXT) return;
      seen.add(call.text);
      session.calls.push(call);
      left -= 1;
    } catch {
      // What cannot be copied is left out.
    }
  };
  return function recorded(...given) {
    keep(this, given);
    return followed(session, number, Reflect.apply(original, this, given));
  };
}

/** What a call gave; how the functions in it are used is kept as well. */
function followed(session, number, value) {
  if (typeof value !== 'function' && !isPlain(value)) return value;
  const rows = session.uses.get(number) || [];
  const row = [];
  const follow = (used, name) => new Proxy(used, {
    apply(target, self, given) {
      try {
        if (row.length < MOST_USES) row.push({ name, given: copyOf({ self: null, given }, session).given });
        if (row.length === 1 && rows.length < MOST_CALLS) session.uses.set(number, rows.includes(row) ? rows : [...rows, row]);
      } catch {
        // What cannot be copied is left out.
      }
      return Reflect.apply(target, self, given);
    },
  });
  for (const name of Object.keys(value)) {
    const { value: used, writable } = Object.getOwnPropertyDescriptor(value, name);
    if (typeof used === 'function' && writable) value[name] = follow(used, name);
  }
  return typeof value === 'function' ? follow(value, '') : value;
}

/** How a test used what a function gave, each second time with other arguments. */
function usesOf(session, number, round) {
  const rows = session.uses.get(number) || [];
  const source = numbers(round);
  return (rows[round % rows.length] || []).map(({ name, given }) => {
    const copy = copyOf({ self: null, given }, session).given;
    return { name, given: round % 2 ? varied(copy, source) : copy };
  });
}

/** A call's object and arguments anew; with a `log`, calls of functions among the arguments are written there. */
function copyOf({ number, self, given }, session, log = null) {
  const seen = new Map();
  const logged = new Map();
  const logging = (one) => {
    if (!logged.has(one)) logged.set(one, logger(one, log));
    return logged.get(one);
  };
  const functionOf = (one, isData) => (log !== null && (isData || logged.has(one)) ? logging(one) : one);
  const copies = copied(given, seen, session.isKept, (one) => (log === null ? one : logging(one)));
  const isObject = self !== null && typeof self === 'object';
  const made = isObject ? copied(self, seen, session.isKept, functionOf, false) : self;
  return { number, self: made, given: copies, known: new Map([...seen.values()].map((one, at) => [one, at])) };
}

function logger(one, log) {
  return new Proxy(one, {
    apply(target, self, given) {
      if (log.length < MOST_LOGGED) log.push(described(given.slice(0, target.length || given.length)));
      return Reflect.apply(target, self, given);
    },
  });
}

function textOf({ number, self, given }) {
  return `${number} ${described([self, given])}`;
}

function short(text) {
  return crypto.createHash('sha256').update(text).digest('hex').slice(0, 8);
}

module.exports = { Probe };
