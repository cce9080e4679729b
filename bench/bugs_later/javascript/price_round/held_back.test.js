"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { Price, bill, roundCents } = require("./prices.js");

for (const [amount, rounded] of [
  [8.345, 8.35],
  [1.255, 1.26],
  [10.235, 10.24],
  [-8.345, -8.35],
  [-2.5, -2.5],
  [0.005, 0.01],
  [1.0049, 1],
  [4.35, 4.35],
  [1234567.885, 1234567.89],
  [0, 0],
]) {
  test(String(amount), () => assert.strictEqual(roundCents(amount), rounded));
}
test("discount", () => {
  assert.strictEqual(new Price(2.01, 0).minus(50).net, 1.01);
  assert.strictEqual(new Price(14.5, 5).minus(90).net, 1.45);
});
test("bill", () => assert.strictEqual(bill(Array(10).fill(new Price(1.1, 0))), 11));
