"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { plural, shorten, summary } = require("./listing.js");

test("few", () => assert.strictEqual(shorten(["a", "b"]), "a, b"));
test("many", () => assert.strictEqual(shorten([1, 2, 3, 4, 5]), "1, 2, 3, 2 more"));
test("no limit of three", () => assert.strictEqual(shorten([1, 2, 3, 4], { limit: 4 }), "1, 2, 3, 4"));
test("none shown", () => assert.strictEqual(shorten(["a", "b"], { limit: 0 }), "2 more"));
test("no separator", () => assert.strictEqual(shorten(["a", "b"], { separator: "" }), "ab"));
test("plural", () => assert.strictEqual(plural(2, "box", "boxes"), "2 boxes"));
test("summary", () => {
  assert.strictEqual(summary({ lines: [{ name: "ink", count: 2 }, { name: "pen" }] }), "3 pieces: ink, pen");
});
