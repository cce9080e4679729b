"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { CsvError, parse, write } = require("./csv.js");

test("plain", () => assert.deepStrictEqual(parse("a,b\n1,2\r\n\n3,4"), [{ a: "1", b: "2" }, { a: "3", b: "4" }]));
test("quotes", () => assert.deepStrictEqual(parse('a,b\n"x",y'), [{ a: "x", b: "y" }]));
test("comma", () => assert.deepStrictEqual(parse('a,b\n"x, y",z'), [{ a: "x, y", b: "z" }]));
test("quotes inside", () => assert.deepStrictEqual(parse('a\n"say ""hi"""'), [{ a: 'say "hi"' }]));
test("empty fields", () => assert.deepStrictEqual(parse("a,b,c\n,,"), [{ a: "", b: "", c: "" }]));
test("too few", () => assert.throws(() => parse("a,b\n1"), CsvError));
test("write", () => assert.strictEqual(write([{ a: "1,5", b: 'x"' }]), 'a,b\n"1,5","x"""'));
