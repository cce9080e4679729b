"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { median } = require("./stats.js");

test("negative and broken numbers", () => {
  assert.strictEqual(median([-10, -9, -1]), -9);
  assert.strictEqual(median([0.5, 20, 3, 100]), 11.5);
});
test("the values stay as they were", () => {
  const values = [30, 4, 200];
  assert.strictEqual(median(values), 30);
  assert.deepStrictEqual(values, [30, 4, 200]);
});
