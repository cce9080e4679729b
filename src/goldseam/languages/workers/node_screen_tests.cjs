/*
 * Runs in a box, in a process that tries candidates: runs one test of a program with its hooks. What may wait is
 * written as a generator that yields promises, and driven in one of two ways: *at once*, by running what is queued
 * until the promise is settled, or by waiting as usual.
 */
'use strict';

class Pending extends Error {}
class Exited extends Error {}

/** Run a generator to its end without the event loop; raises `Pending` if it waits for more. */
function atOnce(steps) {
  let step = steps.next();
  while (!step.done) {
    let settled = false;
    let failed = false;
    let value;
    step.value.then(
      (given) => { settled = true; value = given; },
      (error) => { settled = failed = true; value = error; },
    );
    process._tickCallback();
    if (!settled) throw new Pending('it waits for something');
    step = failed ? steps.throw(value) : steps.next(value);
  }
  return step.value;
}

/** Run a generator to its end as usual. */
async function inTime(steps) {
  let step = steps.next();
  while (!step.done) {
    let value;
    try {
      value = await step.value;
    } catch (error) {
      step = steps.throw(error);
      continue;
    }
    step = steps.next(value);
  }
  return step.value;
}

function* settled(value) {
  return value && typeof value.then === 'function' ? yield value : value;
}

/** Call a test or a hook; one that takes `takes` parameters is given a callback as the last of them. */
function* called(body, given, takes, self) {
  if (takes > 0 && body.length === takes) {
    return yield new Promise((resolve, reject) => {
      const done = (error) => (error ? reject(error) : resolve());
      Reflect.apply(body, self, [...(takes > 1 ? given : []), done]);
    });
  }
  return yield* settled(Reflect.apply(body, self, given));
}

/** What `node:test` gives to a test. */
class Context {
  constructor(name, real) {
    this.name = name;
    this.fullName = name;
    this.real = real;
    this.isSkipped = false;
    this.inner = null;
    this.hooks = null;
    this.tracker = null;
    this.failed = null;
  }

  before(body) {
    this.hookUp('before', body);
  }

  after(body) {
    this.hookUp('after', body);
  }

  beforeEach(body) {
    this.hookUp('beforeEach', body);
  }

  afterEach(body) {
    this.hookUp('afterEach', body);
  }

  hookUp(kind, body) {
    this.hooks ??= { before: [], after: [], beforeEach: [], afterEach: [] };
    this.hooks[kind].push(body);
  }

  get signal() {
    return (this.controller ??= new AbortController()).signal;
  }

  get mock() {
    return (this.tracker ??= new this.real.mock.constructor());
  }

  get assert() {
    return require('node:assert');
  }

  diagnostic() {}

  plan() {}

  runOnly() {}

  skip() {
    this.isSkipped = true;
  }

  todo() {
    this.isSkipped = true;
  }

  test(...given) {
    const body = given.find((one) => typeof one === 'function') || (() => {});
    const options = given.find((one) => one !== null && typeof one === 'object') || {};
    const running = options.skip || options.todo ? Promise.resolve() : inTime(this.subtest(String(given[0]), body));
    running.catch((error) => { this.failed ??= { error }; });
    (this.inner ??= []).push(running.catch(() => {}));
    return running.then(() => {}, () => {});
  }

  * subtest(name, body) {
    const hooks = this.hooks || { before: [], beforeEach: [], afterEach: [] };
    for (const hook of hooks.before.splice(0)) yield* called(hook, [this], 2);
    for (const hook of hooks.beforeEach) yield* called(hook, [this], 2);
    const context = new Context(name, this.real);
    yield* context.whole(body, 2);
    for (const hook of hooks.afterEach) yield* called(hook, [this], 2);
  }

  /** A test's own body, its subtests and the hooks that it set itself. */
  * whole(body, takes) {
    try {
      yield* called(body, [this], takes);
      for (let at = 0; this.inner && at < this.inner.length; at += 1) yield this.inner[at];
    } finally {
      if (this.hooks) for (const hook of this.hooks.after) yield* called(hook, [this], 2);
      if (this.tracker) this.tracker.reset();
    }
    if (this.failed) throw this.failed.error;
  }
}

const PASSED = [true, '', ''];

/** Tests of one load of a program; suites stay set up for the tests that follow. */
class Session {
  constructor(style) {
    this.style = style;
    this.open = [];
    this.stray = null;
  }

  /** The outcome of a test: whether it passed, the kind of its error, and its text. */
  * run(unit) {
    unit.around ??= blocksAround(unit.block);
    this.stray = null;
    let failure = null;
    let context = null;
    try {
      yield* this.enter(unit.around);
      context = this.style.context(unit);
      for (const block of unit.around) for (const hook of block.hooks.beforeEach) yield* this.style.hook(hook, context);
      const value = this.style.body(unit, context);
      if (value) yield* value;
    } catch (error) {
      failure = { error };
    }
    if (context !== null) {
      for (let at = unit.around.length - 1; at >= 0; at -= 1) {
        for (const hook of unit.around[at].hooks.afterEach) {
          try {
            yield* this.style.hook(hook, context);
          } catch (error) {
            failure ??= { error };
          }
        }
      }
    }
    process._tickCallback();
    failure ??= this.stray;
    if (failure) return [false, ...described(failure.error)];
    return context.isSkipped ? [false, 'skipped', 'skipped'] : PASSED;
  }

  * enter(around) {
    while (this.open.length && !around.includes(this.open[this.open.length - 1])) yield* this.leave();
    for (const block of around) {
      if (this.open.includes(block)) continue;
      this.open.push(block);
      for (const hook of block.hooks.before) yield* this.style.hook(hook, block);
    }
  }

  * leave() {
    const block = this.open.pop();
    for (const hook of block.hooks.after) yield* this.style.hook(hook, block);
  }

  /** Tear down what was left standing. */
  * close() {
    while (this.open.length) {
      try {
        yield* this.leave();
      } catch {
        // An error of a last hook fails no test of its own; the judge hears of it.
      }
    }
  }
}

/** A block and those around it, the outermost first. */
function blocksAround(block) {
  const around = [];
  for (let one = block; one; one = one.parent) around.unshift(one);
  return around;
}

function described(error) {
  try {
    if (error === null || typeof error !== 'object') return ['Uncaught', String(error)];
    return [String(error.name || 'Error'), String(error.message).slice(0, 400)];
  } catch {
    return ['Error', ''];
  }
}

/** How `node:test` calls tests and hooks. */
function nodeStyle(real) {
  return {
    context: (unit) => new Context(unit.name, real),
    hook: (body, context) => called(body, [context], 2),
    body: (unit, context) => context.whole(unit.body, 2),
  };
}

module.exports = { Pending, Exited, Session, atOnce, inTime, called, settled, described, nodeStyle };
