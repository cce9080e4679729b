"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { daysBetween, parseDate, show } = require("./dates.js");

test("forms", () => {
  for (const text of ["2024-03-31", "31.3.2024", "3/31/2024", " 2024-3-31 "]) {
    assert.strictEqual(show(parseDate(text)), "2024-03-31");
  }
});
test("other forms", () => assert.strictEqual(parseDate("March 31"), null));
test("no such day", () => {
  assert.strictEqual(show(parseDate("31.4.2024")), "?");
  assert.strictEqual(show(parseDate("2023-02-29")), "?");
});
test("no such month", () => assert.strictEqual(parseDate("2024-13-01"), null));
test("between", () => {
  assert.strictEqual(daysBetween("2024-02-28", "2024-03-01"), 2);
  assert.strictEqual(daysBetween("2024-02-28", "soon"), null);
});
