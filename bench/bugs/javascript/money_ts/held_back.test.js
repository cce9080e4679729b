"use strict";
require("./test_loader.cjs");
const test = require("node:test");
const assert = require("node:assert");
const { format, parseMoney } = require("./money.ts");

test("there and back", () => {
  for (const cents of [0, 1, 10, 99, 100, 12345, -1, -99, -100, -12345]) {
    assert.strictEqual(parseMoney(format({ cents, currency: "EUR" })).cents, cents);
  }
});
test("one digit", () => {
  assert.strictEqual(parseMoney("-3.5 EUR").cents, -350);
  assert.strictEqual(parseMoney("0.9 EUR").cents, 90);
});
