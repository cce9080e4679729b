"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { clone, withChange } = require("./clone.js");

test("leaves", () => {
  for (const value of [null, undefined, 0, "", false, "text", []]) assert.deepStrictEqual(clone(value), value);
  assert.deepStrictEqual(clone([null, [null]]), [null, [null]]);
});
test("new branches", () => {
  assert.deepStrictEqual(withChange({ a: null }, "b.c", 1), { a: null, b: { c: 1 } });
});
