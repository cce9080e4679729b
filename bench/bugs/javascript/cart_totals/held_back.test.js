"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { total } = require("./cart.js");

const items = [{ price: 999, quantity: 3 }];

test("one after the other", () => {
  const fixed = { type: "fixed", value: 997 };
  const half = { type: "percent", value: 50 };
  assert.strictEqual(total(items, [fixed, half]), 1000);
  assert.strictEqual(total(items, [half, fixed]), 502);
});
test("nothing is left twice", () => {
  const all = { type: "fixed", value: 5000 };
  assert.strictEqual(total(items, [all, all]), 0);
  assert.strictEqual(total([], [all]), 0);
});
