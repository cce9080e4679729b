"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { flat, merge } = require("./merge.js");

test("later wins", () => assert.deepStrictEqual(merge({ a: 1, b: 1 }, { a: 2 }), { a: 2, b: 1 }));
test("tables", () => assert.deepStrictEqual(merge({ a: { x: 1 } }, { a: { y: 2 } }), { a: { x: 1, y: 2 } }));
test("lists replace", () => assert.deepStrictEqual(merge({ a: [1, 2, 3] }, { a: [9] }), { a: [9] }));
test("null takes away", () => assert.deepStrictEqual(merge({ a: 1, b: 2 }, { a: null }), { b: 2 }));
test("no change", () => {
  const base = { a: { x: 1 } };
  merge(base, { a: { x: 2 } });
  assert.deepStrictEqual(base, { a: { x: 1 } });
});
test("flat", () => assert.deepStrictEqual(flat({ a: { b: 1, c: [2] }, d: "x" }), { "a.b": 1, "a.c": [2], d: "x" }));
test("flat with null", () => assert.deepStrictEqual(flat({ a: null }), { a: null }));
