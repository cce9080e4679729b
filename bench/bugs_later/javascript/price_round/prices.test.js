"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { Price, bill, roundCents } = require("./prices.js");

test("down", () => assert.strictEqual(roundCents(2.344), 2.34));
test("up", () => assert.strictEqual(roundCents(2.346), 2.35));
test("half", () => assert.strictEqual(roundCents(1.005), 1.01));
test("half below zero", () => assert.strictEqual(roundCents(-1.005), -1.01));
test("tax", () => assert.strictEqual(new Price(100).tax, 19));
test("discount", () => assert.strictEqual(String(new Price(20, 0).minus(10)), "18.00 EUR"));
test("bill", () => assert.strictEqual(bill([new Price(0.1, 0), new Price(0.2, 0)]), 0.3));
