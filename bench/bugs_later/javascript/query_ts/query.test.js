"use strict";
require("./test_loader.cjs");
const test = require("node:test");
const assert = require("node:assert");
const { parseLink, parseQuery, toggled, writeQuery } = require("./query.ts");

test("plain", () => assert.deepStrictEqual(parseQuery("?a=1&b=x%20y"), { a: "1", b: "x y" }));
test("empty", () => assert.deepStrictEqual(parseQuery("a&b="), { a: "", b: "" }));
test("twice", () => assert.deepStrictEqual(parseQuery("a=1&a=2"), { a: ["1", "2"] }));
test("three times", () => assert.deepStrictEqual(parseQuery("a=1&a=2&a=3"), { a: ["1", "2", "3"] }));
test("plus", () => assert.deepStrictEqual(parseQuery("q=red+shoes"), { q: "red shoes" }));
test("link", () => assert.deepStrictEqual(parseLink("/x?y=1=2"), { path: "/x", query: { y: "1=2" } }));
test("write", () => assert.strictEqual(writeQuery({ a: ["1", "2"], b: "&" }), "a=1&a=2&b=%26"));
test("toggle", () => {
  assert.strictEqual(toggled("/x?tag=a", "tag", "b"), "/x?tag=a&tag=b");
  assert.strictEqual(toggled("/x?tag=a", "tag", "a"), "/x");
});
