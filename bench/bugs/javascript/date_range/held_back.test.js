"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { daysBetween, workdays } = require("./range.js");

test("a year", () => {
  const days = daysBetween("2023-01-01", "2023-12-31");
  assert.strictEqual(days.length, 365);
  assert.strictEqual(new Set(days).size, 365);
  assert.strictEqual(days[31], "2023-02-01");
});
test("one day", () => assert.deepStrictEqual(daysBetween("2024-12-31", "2024-12-31"), ["2024-12-31"]));
test("a weekend", () => assert.deepStrictEqual(workdays("2024-06-01", "2024-06-02"), []));
