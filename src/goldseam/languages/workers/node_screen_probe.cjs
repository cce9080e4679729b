/*
 * Runs in a box, in a process that tries candidates: what promising ones do with inputs beyond those of the tests.
 * While the tests run, the arguments of the functions that candidates change are written down, for a method with its
 * object; more are made by small seeded changes. Each candidate is called with all of them, as far as time allows in
 * a program that was loaded for it alone. What a call gives, throws, does to its arguments and has their functions
 * do becomes a short mark. Candidates that behave alike have the same marks.
 *
 * Where all change functions that can be exchanged, the tests call the unpatched program. Else each candidate's own
 * text is loaded, and all functions of the changed files are called as the tests call them from outside.
 */
'use strict';

const crypto = require('node:crypto');
const fs = require('node:fs');
const { Calls } = require('./node_screen_calls.cjs');
const { Clock, TooLate } = require('./node_screen_clock.cjs');
const { described, nameOf } = require('./node_screen_inputs.cjs');
const { decoded } = require('./node_screen_source.cjs');
const { Swap } = require('./node_screen_swap.cjs');
const { settled } = require('./node_screen_tests.cjs');

const { now } = Date;
const soon = setImmediate;

const LATE = 'late';
const MOST_LATE = 3;
const MOST_DRAWN = 20;
const RETRIES = 2;
const CALL = 100;
const SLICE = 50;
const TEST = 250;
const RECORDING = 1_000;
const HANGING = 500;
const LOADING = 2_000;

/** A loaded program, how its tests call it, its `targets` by number, and what it `cost` in milliseconds. */
class Session {
  constructor(swap, calls, targets) {
    Object.assign(this, { swap, calls, targets, isUsed: false, cost: 0 });
  }
}

/** Milliseconds that this process has had of a processor. */
function spent() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

class Probe {
  constructor(screen, job) {
    this.screen = screen;
    this.program = screen.program;
    this.job = job;
    this.clock = new Clock(screen);
    const { candidates } = JSON.parse(fs.readFileSync(job.batch, 'utf8'));
    this.edits = new Map(job.which.map((at) => [at, screen.inText([at, candidates[at].map(decoded)])]));
    const plain = new Swap(screen.sources);
    this.others = new Map([...this.edits].map(([at, edits]) => [at, plain.others(edits)]));
    this.isByText = [...this.others.values()].some((edits) => edits.size);
  }

  /** Each step in a turn of the event loop of its own: what is queued for its end runs only then. */
  run() {
    const steps = this.all();
    return new Promise((resolve, reject) => {
      const turn = (value) => soon(() => {
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
    for (const realm of new Set([globalThis, this.program.realm])) this.clock.install(realm);
    const [first] = this.job.which;
    let session = yield* this.session(first);
    const texts = this.job.texts || (session ? session.calls.texts : []);
    if (!texts.length) return;
    this.screen.tell({ is: 'inputs', texts, spent: spent() });
    for (const [number, at] of this.job.which.entries()) {
      const left = this.job.most - spent();
      if (left < 0 || now() > this.job.end) return;
      const isQuick = session && session.cost * (this.job.which.length - number) < left / 2;
      if (at !== first && (this.isByText || (session.isUsed && isQuick))) {
        const other = yield* this.session(at);
        if (this.isByText || other) session = other;
      }
      const before = this.screen.world.shared(this.program.realm);
      const behaviour = session ? yield* this.marks(at, session, texts) : [];
      this.screen.tell({ is: 'behaviour', at, behaviour, spent: spent() });
      if (this.screen.world.shared(this.program.realm) !== before) return; // The others are asked in a new process.
    }
  }

  /** Load the program, or that of a candidate, and have its tests call it; null if that cannot be. */
  * session(at) {
    const before = spent();
    this.screen.beat(-1, LOADING);
    this.screen.world.restore();
    this.clock.reset();
    const swap = new Swap(this.screen.sources, this.isByText ? this.others.get(at) : new Map());
    try {
      const units = yield* this.clock.driven(this.screen.trial.loaded(swap.texts), LOADING);
      if (!this.program.canExchange) return null;
      swap.settle();
      const session = this.recording(swap, at);
      yield* this.tested([...units.values()]);
      session.cost = spent() - before;
      return session;
    } catch {
      return null;
    } finally {
      swap.rest();
    }
  }

  /** Have functions write down how they are called: all of the changed files, or those that candidates change. */
  recording(swap, at) {
    const groups = this.isByText ? swap.all(this.edits.get(at)) : new Map();
    for (const edits of this.isByText ? [] : this.edits.values()) {
      for (const [number, { source, place }] of swap.groups(edits) || []) groups.set(number, { source, place, edits: [] });
    }
    swap.begin(groups);
    const targets = new Map([...groups.keys()].map((number) => [number, swap.board.d[number]]));
    const own = new Set([...this.program.exported(), this.program.realm, globalThis, process]);
    const calls = new Calls(own, this.isByText);
    for (const [number, target] of targets) swap.board.d[number] = calls.recorder(number, target);
    return new Session(swap, calls, targets);
  }

  * tested(units) {
    const { wanted } = this.screen.trial;
    const reds = new Map(units.map((unit) => [unit, this.program.idsOf(unit, wanted).map((id) => wanted.get(id))]));
    const which = units.filter((unit) => reds.get(unit).length);
    const end = spent() + RECORDING;
    const tests = this.program.session();
    for (const unit of which.sort((one, other) => reds.get(other).includes(true) - reds.get(one).includes(true))) {
      if (spent() > end || now() > this.job.end) return;
      try {
        yield* this.clock.driven(tests.run(unit), TEST);
      } catch (error) {
        if (!(error instanceof TooLate)) throw error;
      }
      this.clock.rest();
    }
  }

  /** What a candidate does with each input, shortened; nothing if it cannot be tried so. */
  * marks(at, session, texts) {
    const groups = this.isByText ? new Map() : session.swap.groups(this.edits.get(at));
    if (!groups) return [];
    session.isUsed = true;
    session.swap.begin(groups);
    const inputs = session.calls.inputs(texts);
    const found = [];
    let late = 0;
    while (found.length < inputs.length && late < MOST_LATE) {
      this.screen.beat(at, HANGING);
      try {
        yield* this.clock.driven(this.several(at, session, inputs, found), SLICE + CALL);
      } catch (error) {
        if (!(error instanceof TooLate)) throw error;
        const answer = error.isCut ? yield* this.alone(session, inputs[found.length], found.length) : LATE;
        late += answer === LATE ? 1 : 0;
        found.push(short(answer));
      }
    }
    session.swap.rest();
    return [...found, ...inputs.slice(found.length).map(() => short(LATE))];
  }

  /** Answers to the next inputs, for a while. */
  * several(at, session, inputs, found) {
    const end = now() + SLICE;
    while (found.length < inputs.length && now() < end) {
      const input = inputs[found.length];
      found.push(short(input === null ? `none ${at}` : yield* this.answer(session, input, found.length)));
    }
  }

  /** The answer to an input that took too long among others; where the machine was too busy it is asked again. */
  * alone(session, input, number) {
    for (let left = RETRIES; left >= 0; left -= 1) {
      const before = spent();
      try {
        return yield* this.clock.driven(this.answer(session, input, number), CALL);
      } catch (error) {
        if (!(error instanceof TooLate && error.isCut) || spent() - before > CALL / 2) break;
      }
    }
    return LATE;
  }

  /** What a call did, as a text. */
  * answer({ swap, calls, targets }, input, number) {
    this.screen.world.restore();
    this.clock.reset();
    const log = [];
    const { self, given, known } = calls.copy(input, log);
    const target = swap.board.d[input.number] || targets.get(input.number);
    const told = yield* this.called(() => Reflect.apply(target, self, given), known, calls.usesOf(input.number, number));
    return [told, described([self, given]), ...log].join('\n');
  }

  /** What a call gives: a value, the parts that an iterator draws, or what the functions in it do. */
  * called(call, known, uses) {
    let told;
    try {
      const value = yield* settled(call());
      told = described(value, known);
      if (value !== null && typeof value === 'object' && typeof value.next === 'function') told += yield* drawn(value, known);
      for (const { name, given } of uses) told += ` ${yield* used(value, name, given)}`;
    } catch (error) {
      told = thrown(error);
    }
    this.clock.rest();
    return [told, ...this.clock.thrown.map(thrown)].join(' ');
  }
}

function* drawn(iterator, known) {
  let told = '';
  for (let left = MOST_DRAWN; left > 0; left -= 1) {
    const { done, value } = yield* settled(iterator.next());
    told += ` ${done ? 'end ' : ''}${described(value, known)}`;
    if (done) break;
  }
  return told;
}

function* used(value, name, given) {
  try {
    return described(yield* settled(name === '' ? value(...given) : value[name](...given)));
  } catch (error) {
    return thrown(error);
  }
}

function short(text) {
  return crypto.createHash('sha256').update(text).digest('hex').slice(0, 8);
}

function thrown(error) {
  return `throws ${error !== null && typeof error === 'object' ? nameOf(error) : typeof error}`;
}

module.exports = { Probe };
