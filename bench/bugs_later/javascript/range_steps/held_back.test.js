"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { Range, ticks } = require("./range.js");

function first(range, count) {
  const found = [];
  for (const number of range) {
    if (found.length === count) break;
    found.push(number);
  }
  return found;
}

for (const [given, numbers] of [
  [[3, 0, -1], [3, 2, 1]],
  [[3, 0, 1], []],
  [[-1, -4, -1], [-1, -2, -3]],
  [[10, 0, -3], [10, 7, 4, 1]],
  [[10, 1, -3], [10, 7, 4]],
  [[2, 3, 5], [2]],
  [[0, 1, 0.25], [0, 0.25, 0.5, 0.75]],
  [[-2], []],
]) {
  test(`range ${given}`, () => {
    const range = new Range(...given);
    assert.deepStrictEqual(first(range, numbers.length + 1), numbers);
    assert.strictEqual(range.length, numbers.length);
    assert.deepStrictEqual(first(range.reversed(), numbers.length + 1), [...numbers].reverse());
    assert.ok(numbers.every((number) => range.includes(number)));
    assert.strictEqual(range.at(-1), numbers.at(-1));
  });
}
test("wrong direction", () => assert.deepStrictEqual(first(new Range(0, 3, -1), 1), []));
test("ticks down", () => assert.deepStrictEqual(ticks(1, -1, 5), [1, 0.5, 0, -0.5, -1]));
