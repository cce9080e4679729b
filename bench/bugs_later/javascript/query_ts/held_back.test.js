"use strict";
require("./test_loader.cjs");
const test = require("node:test");
const assert = require("node:assert");
const { parseQuery, toggled, writeQuery } = require("./query.ts");

for (const [text, query] of [
  ["a=1&a=2&a=3&a=4", { a: ["1", "2", "3", "4"] }],
  ["a=1&b=2&a=3&b=4&a=5", { a: ["1", "3", "5"], b: ["2", "4"] }],
  ["a=&a=&a=", { a: ["", "", ""] }],
  ["a=b+c+d", { a: "b c d" }],
  ["a=b%2Bc", { a: "b+c" }],
  ["a=%2B+%2B", { a: "+ +" }],
  ["first+name=x", { "first name": "x" }],
  ["&&a=1&", { a: "1" }],
]) {
  test(text, () => assert.deepStrictEqual(parseQuery(text), query));
}
test("there and back", () => {
  const query = { a: ["1", "+", "x y"], "b c": "=&" };
  assert.deepStrictEqual(parseQuery(writeQuery(query)), query);
});
test("toggle", () => {
  assert.strictEqual(toggled("/x?t=a&t=b&t=c", "t", "b"), "/x?t=a&t=c");
  assert.strictEqual(toggled("/x?t=a&t=b&t=c", "t", "d"), "/x?t=a&t=b&t=c&t=d");
});
