"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { memoize } = require("./memoize.js");

test("how arguments are split matters", () => {
  const count = memoize((...given) => given.length);
  assert.deepStrictEqual([count("a,b"), count("a", "b"), count(["a", "b"]), count()], [1, 2, 1, 0]);
});
test("equal objects are one", () => {
  let calls = 0;
  const get = memoize((options) => {
    calls += 1;
    return options.x;
  });
  assert.deepStrictEqual([get({ x: 1 }), get({ x: 1 }), calls], [1, 1, 1]);
});
