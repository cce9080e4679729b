"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { daysBetween, parseDate, show } = require("./dates.js");

for (const [text, shown] of [
  ["1.1.2024", "2024-01-01"],
  ["12/31/2024", "2024-12-31"],
  ["31.12.1999", "1999-12-31"],
  ["2024-02-29", "2024-02-29"],
  ["29.2.2100", "?"],
  ["2024-00-10", "?"],
  ["2024-10-00", "?"],
  ["0.1.2024", "?"],
  ["13/1/2024", "?"],
  ["1/13/2024", "2024-01-13"],
  ["2024-06-31", "?"],
  ["2024-07-31", "2024-07-31"],
  ["2024-7", "?"],
]) {
  test(text, () => assert.strictEqual(show(parseDate(text)), shown));
}
test("every day of a year", () => {
  const first = Date.UTC(2023, 0, 1);
  for (let day = 0; day < 365; day++) {
    const shown = new Date(first + day * 86_400_000).toISOString().slice(0, 10);
    assert.strictEqual(show(parseDate(shown)), shown);
    assert.strictEqual(daysBetween("1.1.2023", shown), day);
  }
});
