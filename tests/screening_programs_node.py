"""Small faulty programs of Node with their tests, for both judges: each uses the language in its own way."""

CLASSES = {
    "bank.js": """
class Account {
  static limit = 100;
  #log = [];

  constructor(owner, balance = 0) {
    this.owner = owner;
    this.balance = balance;
  }

  deposit(amount) {
    if (amount < 0) throw new RangeError('negative');
    this.balance += amount;
    this.#log.push(amount);
    return this.balance;
  }

  withdraw(amount) {
    if (this.balance - amount <= -Account.limit) throw new Error('limit');
    this.balance -= amount;
    return this.balance;
  }

  get turnover() {
    return this.#log.reduce((sum, one) => sum + Math.abs(one), 0);
  }
}

class Saving extends Account {
  constructor(owner, rate = 2) {
    super(owner, 10);
    this.rate = rate;
  }

  deposit(amount) {
    return super.deposit(amount * this.rate);
  }
}

module.exports = { Account, Saving };
""",
    "bank.test.js": """
const { beforeEach, describe, it } = require('node:test');
const assert = require('node:assert/strict');
const { Account, Saving } = require('./bank');

describe('account', () => {
  let account;
  beforeEach(() => { account = new Account('a', 10); });
  it('takes', () => { assert.equal(account.deposit(5), 15); });
  it('refuses', () => { assert.throws(() => account.deposit(-1), RangeError); });
  it('gives up to the limit', () => { assert.equal(account.withdraw(110), -100); });
  it('gives no more', () => { assert.throws(() => account.withdraw(111), /limit/); });
  it('counts', () => { account.deposit(1); account.deposit(2); assert.equal(account.turnover, 3); });
});
describe('saving', () => {
  it('pays', () => { assert.equal(new Saving('b').deposit(3), 16); });
});
""",
}
MODULES = {
    "package.json": '{"type": "module"}\n',
    "text/words.js": """
import { SEPARATOR } from './settings.js';

const seen = new Map();

export const words = (text, { least = 1 } = {}) => text.split(SEPARATOR).filter((one) => one.length > least);

export default function counted(text) {
  const counts = {};
  for (const word of words(text)) {
    counts[word] = (counts[word] ?? 0) + 1;
  }
  return counts;
}

export function* numbered(text) {
  let number = 1;
  for (const word of words(text)) yield `${number++} ${word}`;
}

export async function longest(text) {
  await null;
  const [first] = words(text).sort((one, other) => other.length - one.length);
  return first;
}

export function remembered(text) {
  if (!seen.has(text)) seen.set(text, words(text).length * 2 - seen.size);
  return seen.get(text);
}
""",
    "text/settings.js": "export const SEPARATOR = /\\s+/;\n",
    "test/words.test.mjs": """
import test, { after, before, describe, it } from 'node:test';
import assert from 'node:assert';
import counted, { longest, numbered, remembered, words } from '../text/words.js';

test('words', () => { assert.deepStrictEqual(words('a bb  c'), ['a', 'bb', 'c']); });
test('long words', () => { assert.deepStrictEqual(words('a bb ccc', { least: 2 }), ['bb', 'ccc']); });
test('counted', () => { assert.deepStrictEqual(counted('bb aa bb'), { bb: 2, aa: 1 }); });
test('of several kinds', async (t) => {
  await t.test('numbered', () => { assert.deepEqual([...numbered('aa bb')], ['1 aa', '2 bb']); });
  await t.test('longest', async () => { assert.equal(await longest('aa bbb cc'), 'bbb'); });
});
describe('remembered', () => {
  let text;
  before(() => { text = 'aa bb'; });
  after(() => { text = null; });
  it('is counted once', () => { assert.equal(remembered(text), 4); });
  it('and kept', () => { assert.equal(remembered(text), 4); });
});
""",
}
CLOSURES = {
    "lib/counter.js": """
'use strict';

function makeCounter(step = 1) {
  let count = 0;
  return {
    next() {
      count += step + 1;
      return count;
    },
    reset: () => {
      count = 0;
    },
  };
}

const shared = makeCounter(2);
const limits = { low: 0, high: 10 };

exports.makeCounter = makeCounter;
exports.shared = shared;
exports.clamp = (value) => Math.max(limits.low, Math.min(value, limits.high - 1));
exports.memo = (fn) => {
  const known = new Map();
  return (key) => {
    if (!known.has(key)) known.set(key, fn(key));
    return known.get(key);
  };
};
exports.square = exports.memo(function squared(n) {
  return n * n;
});
exports.later = (value, done) => {
  process.nextTick(() => done(value < 0 ? new Error('negative') : null, value + 1));
};
exports.promised = (value) => new Promise((resolve, reject) => {
  if (value < 0) reject(new Error('negative'));
  else resolve(value * 2);
});
""",
    "test/counter.test.js": """
const test = require('node:test');
const assert = require('node:assert');
const { clamp, later, makeCounter, promised, shared, square } = require('../lib/counter.js');

test('counts', () => {
  const counter = makeCounter();
  counter.next();
  assert.strictEqual(counter.next(), 2);
});
test('starts anew', () => {
  const one = makeCounter(3);
  one.next();
  one.reset();
  assert.strictEqual(one.next(), 3);
});
test('shares', () => { assert.strictEqual(shared.next(), 2); });
test('clamps', () => { assert.deepStrictEqual([-1, 5, 11].map(clamp), [0, 5, 9]); });
test('squares', () => { assert.strictEqual(square(3) + square(3), 18); });
test('calls back', (t, done) => later(1, (error, value) => { assert.strictEqual(value, 2); done(error); }));
test('promises', async () => {
  assert.strictEqual(await promised(2), 4);
  await assert.rejects(promised(-1), /negative/);
});
""",
}
LOOPS = {
    "loops.js": """
const LIMIT = 2 * 3;

function digits(n) {
  let count = 0;
  while (n > 0) {
    n = Math.floor(n / 10);
    count += 1;
  }
  return count;
}

function gcd(a, b) {
  while (b !== 1) [a, b] = [b, a % b];
  return a;
}

function find(rows, wanted) {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

module.exports = { digits, gcd, find, LIMIT };
""",
    "loops.test.js": """
const test = require('node:test');
const assert = require('node:assert');
const { digits, find, gcd, LIMIT } = require('./loops.js');

test('digits', () => { assert.equal(digits(1234), 4); });
test('none', () => { assert.equal(digits(0), 1); });
test('gcd of coprimes', () => { assert.equal(gcd(9, 4), 1); });
test('find', () => { assert.equal(find([1, 3, 5, 7], 5), 2); });
test('limit', () => { assert.equal(LIMIT, 6); });
""",
}
NODE_PROGRAMS: dict[str, tuple[str, dict[str, str]]] = {
    "classes": ("bank.js", CLASSES),
    "modules": ("text/words.js", MODULES),
    "closures": ("lib/counter.js", CLOSURES),
    "loops": ("loops.js", LOOPS),
}
"""The file under repair, and the files, by name."""
