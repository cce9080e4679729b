"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { bars, scale, sparkline } = require("./chart.js");

for (const [values, line] of [
  [[], ""],
  [[3], "▁"],
  [[NaN, undefined], "  "],
  [[0, 0, 0], "▁▁▁"],
  [[-2, null, -2], "▁ ▁"],
  [[0, 0.5], "▁█"],
  [[-7, 0], "▁█"],
]) {
  test(`line of ${values}`, () => assert.strictEqual(sparkline(values), line));
}
test("scale", () => {
  const height = scale([10, 20], 11);
  assert.deepStrictEqual([10, 15, 20].map(height), [0, 5, 10]);
  assert.strictEqual(scale([4, 4, 4], 8)(4), 0);
  assert.strictEqual(scale([], 8)(0), 0);
});
test("bars", () => {
  assert.deepStrictEqual(bars({}), []);
  assert.deepStrictEqual(bars({ a: 0, bb: 0 }, 3), ["a  | 0", "bb | 0"]);
});
