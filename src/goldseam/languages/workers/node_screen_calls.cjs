/*
 * Runs in a box, in a process that probes candidates: how the tests of a program call its functions, and more calls
 * made of these. Of a method the object is kept as well, and of a function that gives functions how these are used.
 */
'use strict';

const { types } = require('node:util');
const { numbers } = require('./node_screen_clock.cjs');
const { copied, described, isPlain, varied } = require('./node_screen_inputs.cjs');

const MOST_CALLS = 12;
const MOST_TRIES = 300;
const MOST_KEPT = 24;
const MOST_INPUTS = 48;
const MOST_TEXT = 100_000;
const MOST_LOGGED = 200;
const MOST_USES = 6;

class Calls {
  /** `own` are objects of the program that no copy stands for; of `isOutermost` calls none within another is kept. */
  constructor(own, isOutermost) {
    this.isAsIs = (value) => own.has(value) || types.isPromise(value) || types.isModuleNamespaceObject(value);
    this.isOutermost = isOutermost;
    this.depth = 0;
    this.made = new Map();
    this.uses = new Map();
  }

  /** A function that does what another does, and keeps its arguments. */
  recorder(number, original) {
    let left = MOST_CALLS;
    let tries = MOST_TRIES;
    const calls = this;
    return function recorded(...given) {
      if (left > 0 && tries > 0 && (calls.depth === 0 || !calls.isOutermost)) {
        tries -= 1;
        left -= calls.keep({ number, self: this, given });
      }
      calls.depth += 1;
      try {
        return calls.followed(number, Reflect.apply(original, this, given));
      } finally {
        calls.depth -= 1;
      }
    };
  }

  /** How many calls were new: one or none. What cannot be copied is left out. */
  keep(told) {
    try {
      const call = this.copy(told);
      const text = `${call.number} ${described([call.self, call.given])}`;
      if (this.made.has(text) || text.length > MOST_TEXT) return 0;
      this.made.set(text, call);
      return 1;
    } catch {
      return 0;
    }
  }

  /** What a call gave; how the functions in it are used is kept as well. */
  followed(number, value) {
    if (typeof value !== 'function' && !isPlain(value)) return value;
    const row = [];
    for (const name of Object.keys(value)) {
      const { value: used, writable } = Object.getOwnPropertyDescriptor(value, name);
      if (typeof used === 'function' && writable) value[name] = this.following(number, row, used, name);
    }
    return typeof value === 'function' ? this.following(number, row, value, '') : value;
  }

  following(number, row, used, name) {
    return new Proxy(used, {
      apply: (target, self, given) => {
        this.use(number, row, name, given);
        return Reflect.apply(target, self, given);
      },
    });
  }

  use(number, row, name, given) {
    const rows = this.uses.get(number) || [];
    if (row.length >= MOST_USES || rows.length > MOST_CALLS) return;
    try {
      row.push({ name, given: this.copy({ self: null, given }).given });
      if (row.length === 1) this.uses.set(number, [...rows, row]);
    } catch {
      // What cannot be copied is left out.
    }
  }

  /** How a test used what a function gave, each second time with other arguments. */
  usesOf(number, round) {
    const rows = this.uses.get(number) || [];
    const source = numbers(round);
    return (rows[round % rows.length] || []).map(({ name, given }) => {
      const copy = this.copy({ self: null, given }).given;
      return { name, given: round % 2 ? varied(copy, source) : copy };
    });
  }

  /** The calls to make others of, by their texts. */
  get texts() {
    const texts = [...this.made.keys()];
    const step = Math.max(1, texts.length / MOST_KEPT);
    return Array.from({ length: Math.min(texts.length, MOST_KEPT) }, (_, at) => texts[Math.floor(at * step)]);
  }

  /** Calls with these texts, and others made of them; null in the place of those that are not here. */
  inputs(texts) {
    const known = texts.map((text) => this.made.get(text) || null);
    const seen = new Set(texts);
    const more = [];
    for (let round = 0; known.length && round < 2 * MOST_INPUTS && known.length + more.length < MOST_INPUTS; round += 1) {
      const call = known[round % known.length];
      const made = call && this.copy(call);
      if (made) varied(made.given, numbers(round));
      const text = made ? `${made.number} ${described([made.self, made.given])}` : `none ${round}`;
      if (!seen.has(text)) more.push(made);
      seen.add(text);
    }
    return [...known, ...more];
  }

  /**
   * A call's object and arguments anew, and the objects of the arguments by number. With a `log`, calls of functions
   * among the arguments are written there, and of those that the object holds in rows and maps.
   */
  copy({ number, self, given }, log = null) {
    const seen = new Map();
    const logged = new Map();
    const logging = (one) => {
      if (!logged.has(one)) logged.set(one, logger(one, log));
      return logged.get(one);
    };
    const held = (one, isData) => (log !== null && (isData || logged.has(one)) ? logging(one) : one);
    const copies = copied(given, seen, this.isAsIs, log === null ? (one) => one : logging);
    const isObject = self !== null && typeof self === 'object';
    const made = isObject ? copied(self, seen, this.isAsIs, held, false) : self;
    return { number, self: made, given: copies, known: new Map([...seen.values()].map((one, at) => [one, at])) };
  }
}

function logger(one, log) {
  return new Proxy(one, {
    apply(target, self, given) {
      if (log.length < MOST_LOGGED) log.push(described(given.slice(0, target.length || given.length)));
      return Reflect.apply(target, self, given);
    },
  });
}

module.exports = { Calls };
