"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { columns, rule, wrap } = require("./wrap.js");

test("short", () => assert.deepStrictEqual(wrap("a bc", 8), ["a bc"]));
test("some lines", () => assert.deepStrictEqual(wrap("the cat sat on the mat", 7), ["the cat", "sat on", "the mat"]));
test("as wide as the line", () => assert.deepStrictEqual(wrap("abcd ef", 4), ["abcd", "ef"]));
test("longer than the line", () => assert.deepStrictEqual(wrap("a abcdefghij b", 4), ["a", "abcd", "efgh", "ij b"]));
test("nothing", () => assert.deepStrictEqual(wrap("  ", 4), []));
test("columns", () => assert.deepStrictEqual(columns("a b c", "x", 3), ["a b | x", "c   |"]));
test("rule", () => assert.strictEqual(rule("-=", 5), "-=-=-"));
