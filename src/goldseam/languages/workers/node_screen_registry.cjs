/*
 * Runs in a box, in a process that tries candidates: stands in for `node:test`. Tests and hooks are only written
 * down; `node_screen_tests.cjs` runs them, one at a time and again and again.
 */
'use strict';

/** A suite, or the whole file: its hooks, suites and tests in their order. */
class Block {
  constructor(name, parent, skip = false) {
    this.name = name;
    this.parent = parent;
    this.skip = skip || Boolean(parent && parent.skip);
    this.hooks = { before: [], after: [], beforeEach: [], afterEach: [] };
    this.children = [];
  }

  get path() {
    return this.parent ? [...this.parent.path, this.name] : [];
  }
}

/** One test; `takes` is the number of parameters from which on its function is given a callback. */
class Unit {
  constructor(name, block, body, takes, skip) {
    Object.assign(this, { name, block, body, takes, skip });
    this.id = ['test', ...block.path, name].join('::');
  }
}

const state = { root: null, block: null, waiting: [] };

/** Forget all tests; what is registered from now on belongs to a new file. */
function renew() {
  state.root = state.block = new Block('', null);
  state.waiting = [];
}

/** Tests in the order of the file. */
function unitsOf(block) {
  return block.children.flatMap((child) => (child instanceof Block ? unitsOf(child) : [child]));
}

function told(given) {
  const name = typeof given[0] === 'string' ? given[0] : undefined;
  const body = given.find((one) => typeof one === 'function');
  const options = given.find((one) => one !== null && typeof one === 'object') || {};
  return { name: name ?? options.name ?? (body && body.name) ?? '<anonymous>', options, body: body || (() => {}) };
}

function test(...given) {
  const { name, options, body } = told(given);
  state.block.children.push(new Unit(name, state.block, body, 2, Boolean(options.skip || options.todo || state.block.skip)));
  return Promise.resolve();
}

function describe(...given) {
  const { name, options, body } = told(given);
  const block = new Block(name, state.block, Boolean(options.skip || options.todo));
  state.block.children.push(block);
  state.block = block;
  try {
    const made = block.skip ? undefined : body.call(block, { name, signal: new AbortController().signal });
    if (made && typeof made.then === 'function') state.waiting.push(made);
  } finally {
    state.block = block.parent;
  }
  return Promise.resolve();
}

function withKinds(register) {
  const made = (option) => (...given) => {
    const { name, options, body } = told(given);
    return register(name, { ...options, [option]: true }, body);
  };
  return Object.assign(register, { skip: made('skip'), todo: made('todo'), only: made('only') });
}

function hook(kind) {
  return (body) => {
    state.block.hooks[kind].push(body);
  };
}

/** What a program gets that asks for `node:test`; `real` is the module itself. */
function substitute(real) {
  const it = withKinds((...given) => test(...given));
  const suite = withKinds((...given) => describe(...given));
  const main = withKinds((...given) => test(...given));
  const hooks = Object.fromEntries(['before', 'after', 'beforeEach', 'afterEach'].map((kind) => [kind, hook(kind)]));
  return Object.assign(main, { ...hooks, it, test: main, describe: suite, suite, mock: real.mock, run: real.run });
}

module.exports = { Block, Unit, state, renew, unitsOf, substitute };
