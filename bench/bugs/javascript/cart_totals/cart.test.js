"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { total } = require("./cart.js");

const items = [
  { price: 1000, quantity: 2 },
  { price: 500, quantity: 1 },
];

test("without coupons", () => assert.strictEqual(total(items), 2500));
test("percent", () => assert.strictEqual(total(items, [{ type: "percent", value: 10 }]), 2250));
test("fixed", () => assert.strictEqual(total(items, [{ type: "fixed", value: 700 }]), 1800));
test("no more than there is", () => assert.strictEqual(total(items, [{ type: "fixed", value: 9999 }]), 0));
