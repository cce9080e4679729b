"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { memoize } = require("./memoize.js");

test("called once", () => {
  let calls = 0;
  const double = memoize((n) => {
    calls += 1;
    return 2 * n;
  });
  assert.deepStrictEqual([double(2), double(2), double(3), calls], [4, 4, 6, 2]);
});
test("until it is old", () => {
  let time = 0;
  let calls = 0;
  const get = memoize(() => ++calls, { ttl: 10, now: () => time });
  get();
  time = 9;
  assert.strictEqual(get(), 1);
  time = 10;
  assert.strictEqual(get(), 2);
});
test("text and number differ", () => {
  const kind = memoize((value) => typeof value);
  assert.deepStrictEqual([kind(1), kind("1")], ["number", "string"]);
});
test("objects differ", () => {
  const name = memoize((user) => user.name);
  assert.deepStrictEqual([name({ name: "a" }), name({ name: "b" })], ["a", "b"]);
});
