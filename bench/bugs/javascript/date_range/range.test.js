"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { daysBetween, workdays } = require("./range.js");

test("over the end of a month", () => {
  assert.deepStrictEqual(daysBetween("2024-02-28", "2024-03-01"), ["2024-02-28", "2024-02-29", "2024-03-01"]);
});
test("none", () => assert.deepStrictEqual(daysBetween("2024-02-02", "2024-02-01"), []));
test("workdays", () => {
  assert.deepStrictEqual(workdays("2024-05-03", "2024-05-07", ["2024-05-06"]), ["2024-05-03", "2024-05-07"]);
});
