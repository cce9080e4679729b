"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { shorten, summary } = require("./listing.js");

const five = ["a", "b", "c", "d", "e"];
for (const [options, shown] of [
  [{ limit: 0 }, "5 more"],
  [{ limit: 0, more: false }, ""],
  [{ limit: 1, separator: "" }, "a4 more"],
  [{ separator: "" }, "abc2 more"],
  [{ separator: "", more: false }, "abc"],
  [{ limit: undefined, separator: null }, "a, b, c, 2 more"],
  [{ limit: 9, separator: " " }, "a b c d e"],
  [{ more: null }, "a, b, c, 2 more"],
]) {
  test(JSON.stringify(options), () => assert.strictEqual(shorten(five, options), shown));
}
test("summary", () => {
  const order = { lines: [{ name: "x", count: 0 }, { name: "y" }] };
  assert.strictEqual(summary(order, { limit: 0 }), "1 piece: 2 more");
  assert.strictEqual(summary({ lines: [] }, { limit: 0 }), "0 pieces: ");
});
