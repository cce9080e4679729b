"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { columns, wrap } = require("./wrap.js");

for (const [text, width, lines] of [
  ["abcdef", 3, ["abc", "def"]],
  ["abcdefg", 3, ["abc", "def", "g"]],
  ["ab", 1, ["a", "b"]],
  ["abcd", 4, ["abcd"]],
  ["abcd abcd", 4, ["abcd", "abcd"]],
  ["a b c d", 3, ["a b", "c d"]],
  ["ab abcdefgh ab", 4, ["ab", "abcd", "efgh", "ab"]],
  ["abcde f", 4, ["abcd", "e f"]],
  ["", 3, []],
]) {
  test(`${text} in ${width}`, () => assert.deepStrictEqual(wrap(text, width), lines));
}
test("never wider, nothing lost", () => {
  const text = "pack my box with five dozen liquor jugs incomprehensibilities";
  for (let width = 1; width < 30; width++) {
    const lines = wrap(text, width);
    assert.ok(lines.every((line) => line.length > 0 && line.length <= width));
    assert.strictEqual(lines.join("").replaceAll(" ", ""), text.replaceAll(" ", ""));
  }
});
test("columns", () => assert.deepStrictEqual(columns("abcdef", "xyz", 3), ["abc | xyz", "def |"]));
