"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { median, withoutOutliers } = require("./stats.js");

test("odd", () => assert.strictEqual(median([3, 1, 2]), 2));
test("even", () => assert.strictEqual(median([4, 1, 3, 2]), 2.5));
test("two digits", () => assert.strictEqual(median([9, 10, 100]), 10));
test("none", () => assert.ok(Number.isNaN(median([]))));
test("outliers", () => assert.deepStrictEqual(withoutOutliers([5, 6, 90, 7], 10), [5, 6, 7]));
