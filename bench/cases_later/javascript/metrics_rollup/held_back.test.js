"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { samples } = require("./collect.js");
const { Rollup } = require("./rollup.js");

function of(text, length) {
  const rollup = new Rollup(length);
  samples(text).forEach((sample) => rollup.add(sample));
  return rollup;
}

test("windows", () => {
  const rollup = of("9999 a 1ms\n0 a 3ms\n10000 a 5.5ms\n35000 a 2ms", 10);
  assert.deepStrictEqual(rollup.windows("a"), [
    { start: 0, count: 2, sum: 4, worst: 3 },
    { start: 10, count: 1, sum: 5.5, worst: 5.5 },
    { start: 30, count: 1, sum: 2, worst: 2 },
  ]);
});
test("total", () => {
  const rollup = of("0 a 1ms\n1 a 1ms\n2 a 1ms\n60000 a 9ms");
  assert.deepStrictEqual(rollup.total("a"), { count: 4, mean: 3, worst: 9 });
  assert.strictEqual(rollup.total("b"), null);
  assert.deepStrictEqual(rollup.windows("b"), []);
});
test("bad lines", () => {
  assert.deepStrictEqual(samples("x\n1 a 5\n-1 a 5ms\n 2 b 7ms "), samples("2 b 7ms"));
  assert.strictEqual(samples("500 b 7ms").length, 1);
});
