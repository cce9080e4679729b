"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { flat, merge } = require("./merge.js");

for (const [layers, merged] of [
  [[{ a: { x: 1 } }, { a: [1] }], { a: [1] }],
  [[{ a: [1] }, { a: { x: 1 } }], { a: { x: 1 } }],
  [[{ a: [] }], { a: [] }],
  [[{ a: [1, { b: 2 }] }, { a: [] }], { a: [] }],
  [[{ a: { x: { y: [1, 2] } } }, { a: { x: { y: [3] } } }], { a: { x: { y: [3] } } }],
  [[{ a: "text" }, { a: { x: 1 } }, { a: { x: null, z: 0 } }], { a: { z: 0 } }],
  [[null, { a: 1 }, undefined, { a: undefined }], { a: 1 }],
  [[{ a: { x: 1 } }, { a: null }, { a: { y: 1 } }], { a: { y: 1 } }],
]) {
  test(JSON.stringify(layers), () => assert.deepStrictEqual(merge(...layers), merged));
}
test("flat", () => {
  assert.deepStrictEqual(flat({ a: { b: null, c: [] }, d: {}, e: [{ f: 1 }] }), { "a.b": null, "a.c": [], e: [{ f: 1 }] });
});
