/*
 * Runs in a box, in a process that probes candidates: time and chance as a program sees them. Timers never wait: the
 * earliest goes off as soon as nothing else is left to do, and the clock then shows its time. So a program that
 * waits is probed as fast as any other, and does the same each time.
 */
'use strict';

const timers = require('node:timers');
const { syncBuiltinESMExports } = require('node:module');
const { promisify } = require('node:util');

const { setTimeout: later, clearTimeout: forget } = timers;

const BEGIN = 1_600_000_000_000;
const SEED = 1;
const MOST_FIRED = 500;
const MOST_LEFT = 50;
const WAITING = 300;

/** Numbers from 0 to 1 that are the same each time (mulberry32: Ettinger, 2017). */
function numbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

class TooLate extends Error {}

class Timer {
  constructor(clock, due, action, every) {
    Object.assign(this, { clock, due, action, every });
  }

  ref() {
    return this;
  }

  unref() {
    return this;
  }

  hasRef() {
    return true;
  }

  refresh() {
    return this;
  }

  [Symbol.toPrimitive]() {
    return this.clock.numberOf(this);
  }

  [Symbol.dispose]() {
    this.clock.waiting.delete(this);
  }
}

class Clock {
  /** `screen` cuts what takes too long. */
  constructor(screen) {
    this.screen = screen;
    this.reset();
  }

  /** No timers, the first moment, and the first of all chances. */
  reset() {
    this.now = BEGIN;
    this.waiting = new Set();
    this.known = new Map();
    this.random = numbers(SEED);
    this.fired = 0;
    this.thrown = [];
  }

  /** Take the place of the clock of `realm`, a global object. */
  install(realm) {
    const begin = (every) => (action, wait, ...given) => this.begin(() => action(...given), Number(wait) || 0, every);
    const clear = (timer) => void this.waiting.delete(timer instanceof Timer ? timer : this.known.get(Number(timer)));
    const soon = (action, ...given) => this.begin(() => action(...given), 0, false);
    const delayed = (wait, value) => new Promise((resolve) => { this.begin(() => resolve(value), Number(wait) || 0, false); });
    const made = {
      setTimeout: begin(false), setInterval: begin(true), setImmediate: soon,
      clearTimeout: clear, clearInterval: clear, clearImmediate: clear,
    };
    made.setTimeout[promisify.custom] = delayed;
    made.setImmediate[promisify.custom] = (value) => delayed(0, value);
    Object.assign(realm, made);
    Object.assign(timers, made);
    Object.assign(timers.promises, { setTimeout: delayed, setImmediate: made.setImmediate[promisify.custom] });
    syncBuiltinESMExports();
    realm.Math.random = () => this.random();
    realm.performance.now = () => this.now - BEGIN;
    this.setDate(realm);
  }

  setDate(realm) {
    const now = () => this.now;
    const real = realm.Date;
    realm.Date = new Proxy(real, {
      construct: (target, given, wanted) => Reflect.construct(target, given.length ? given : [now()], wanted),
      apply: (target) => new target(now()).toString(),
      get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
    });
    Object.defineProperty(real.prototype, 'constructor', { value: realm.Date });
  }

  begin(action, wait, every) {
    const timer = new Timer(this, this.now + Math.max(1, wait), action, every ? Math.max(1, wait) : 0);
    this.waiting.add(timer);
    return timer;
  }

  numberOf(timer) {
    for (const [number, one] of this.known) if (one === timer) return number;
    this.known.set(this.known.size + 1, timer);
    return this.known.size;
  }

  /** Have the earliest timer go off; whether there was one. */
  fire() {
    let first = null;
    for (const timer of this.waiting) if (first === null || timer.due < first.due) first = timer;
    if (first === null || this.fired >= MOST_FIRED) return false;
    this.fired += 1;
    this.now = Math.max(this.now, first.due);
    if (first.every) first.due = this.now + first.every;
    else this.waiting.delete(first);
    try {
      first.action();
    } catch (error) {
      this.thrown.push(error);
    }
    return true;
  }

  /** Have those go off that a call left behind, as far as it has an end. */
  rest() {
    process._tickCallback();
    for (let left = MOST_LEFT; left > 0 && this.fire(); left -= 1) process._tickCallback();
    this.waiting.clear();
  }

  /** What a promise gives without anything from outside, as a generator is sent it; null if it waits. */
  settled(promise) {
    let found = null;
    promise.then((value) => { found = ['next', value]; }, (error) => { found = ['throw', error]; });
    do process._tickCallback(); while (found === null && this.fire());
    return found;
  }

  /** Run steps to their end, each stretch within a limit; what waits for the world outside is waited for. */
  * driven(steps, limit) {
    let given = ['next', undefined];
    for (;;) {
      const step = this.stretch(steps, given, limit);
      if (step.done) return step.value;
      given = yield inRealTime(step.value, Math.max(limit, WAITING));
      if (given === null) throw new TooLate();
    }
  }

  stretch(steps, given, limit) {
    try {
      return this.screen.within(() => {
        let step = steps[given[0]](given[1]);
        while (!step.done) {
          const found = this.settled(step.value);
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

/** What a promise gives in a time of the real clock, in milliseconds; null if it is late. */
function inRealTime(promise, milliseconds) {
  return new Promise((resolve) => {
    const timer = later(resolve, milliseconds, null);
    const done = (how) => (value) => {
      forget(timer);
      resolve([how, value]);
    };
    promise.then(done('next'), done('throw'));
  });
}

module.exports = { Clock, TooLate, numbers };
