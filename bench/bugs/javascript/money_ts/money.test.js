"use strict";
require("./test_loader.cjs");
const test = require("node:test");
const assert = require("node:assert");
const { add, format, parseMoney } = require("./money.ts");

test("two digits", () => assert.deepStrictEqual(parseMoney("12.34 EUR"), { cents: 1234, currency: "EUR" }));
test("one digit", () => assert.strictEqual(parseMoney("12.5 EUR").cents, 1250));
test("no digits", () => assert.strictEqual(parseMoney("7 USD").cents, 700));
test("negative", () => assert.strictEqual(parseMoney("-1.25 USD").cents, -125));
test("format", () => assert.strictEqual(format({ cents: -105, currency: "EUR" }), "-1.05 EUR"));
test("add", () => assert.throws(() => add(parseMoney("1 EUR"), parseMoney("1 USD")), /currencies/));
