"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { size, threads } = require("./comments.js");

test("wide and deep", () => {
  const comments = Array.from({ length: 40 }, (_, n) => ({ id: n + 1, parent: Math.floor((n + 1) / 3) || null }));
  assert.strictEqual(size(threads(comments)), 40);
});
test("one", () => assert.strictEqual(size(threads([{ id: 7 }])), 1));
