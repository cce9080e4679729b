"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { Range, ticks } = require("./range.js");

test("up", () => assert.deepStrictEqual([...new Range(4)], [0, 1, 2, 3]));
test("by two", () => assert.deepStrictEqual([...new Range(1, 6, 2)], [1, 3, 5]));
test("down", () => assert.deepStrictEqual([...new Range(5, 1, -2)], [5, 3]));
test("none", () => assert.deepStrictEqual([...new Range(3, 3)], []));
test("reversed", () => assert.deepStrictEqual([...new Range(1, 6, 2).reversed()], [5, 3, 1]));
test("length", () => assert.strictEqual(new Range(5, 1, -2).length, 2));
test("ticks", () => assert.deepStrictEqual(ticks(0, 10, 3), [0, 5, 10]));
test("zero", () => assert.throws(() => new Range(0, 1, 0), RangeError));
