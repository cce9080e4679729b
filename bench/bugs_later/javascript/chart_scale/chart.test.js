"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { bars, scale, sparkline } = require("./chart.js");

test("rising", () => assert.strictEqual(sparkline([0, 1, 2, 3, 4, 5, 6, 7]), "▁▂▃▄▅▆▇█"));
test("gaps", () => assert.strictEqual(sparkline([0, null, 7]), "▁ █"));
test("equal values", () => assert.strictEqual(sparkline([5, 5]), "▁▁"));
test("bars", () => assert.deepStrictEqual(bars({ ann: 5, jo: 10 }, 4), ["ann |## 5", "jo  |#### 10"]));
test("bars of nothing", () => assert.deepStrictEqual(bars({ a: 0 }), ["a | 0"]));
test("scale of nothing", () => assert.strictEqual(scale([], 8)(3), 0));
