"use strict";
require("./test_loader.cjs");
const test = require("node:test");
const assert = require("node:assert");
const { stockAfter, toOrder } = require("./stock.ts");

const move = (article, kind, pieces) => ({ article, kind, pieces });

test("in", () => assert.strictEqual(stockAfter([move("a", "in", 3), move("a", "in", 2)]).get("a"), 5));
test("out", () => assert.strictEqual(stockAfter([move("a", "in", 9), move("a", "out", 2)]).get("a"), 7));
test("count", () => assert.strictEqual(stockAfter([move("a", "in", 9), move("a", "count", 4)]).get("a"), 4));
test("to order", () => assert.deepStrictEqual(toOrder(new Map([["b", 1], ["a", 0], ["c", 5]]), 2), ["a", "b"]));
