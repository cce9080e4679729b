"use strict";
require("./test_loader.cjs");
const test = require("node:test");
const assert = require("node:assert");
const { stockAfter } = require("./stock.ts");

test("a long history", () => {
  const kinds = [["a", "in", 10], ["b", "in", 4], ["a", "out", 3], ["a", "count", 6], ["a", "out", 1], ["b", "out", 4], ["a", "in", 2]];
  const stock = stockAfter(kinds.map(([article, kind, pieces]) => ({ article, kind, pieces })));
  assert.deepStrictEqual([...stock], [["a", 7], ["b", 0]]);
});
test("nothing", () => assert.strictEqual(stockAfter([]).size, 0));
