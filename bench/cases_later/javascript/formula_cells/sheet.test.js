"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { Sheet } = require("./sheet.js");

test("values", () => {
  const sheet = new Sheet({ A1: "7", A2: "note", A3: "=A1*2" });
  assert.deepStrictEqual(["A1", "A2", "A3", "A4"].map((name) => sheet.show(name)), ["7", "note", "14", ""]);
});
test("from the left", () => assert.strictEqual(new Sheet({ A1: "=10-3-2" }).show("A1"), "5"));
test("brackets", () => assert.strictEqual(new Sheet({ A1: "=2*(1+-3)/4" }).show("A1"), "-1"));
test("empty cell", () => assert.strictEqual(new Sheet({ A1: "=B9+1" }).show("A1"), "1"));
test("circle", () => {
  const sheet = new Sheet({ A1: "=B1", B1: "=A1+1" });
  assert.strictEqual(sheet.show("A1"), "#CIRCLE");
  assert.throws(() => sheet.number("A1"), /^Error: circle: A1 > B1 > A1$/);
});
test("errors", () => {
  const sheet = new Sheet({ A1: "=1+", A2: "=(1", A3: "=1/0", A4: "=1 $" });
  assert.deepStrictEqual(["A1", "A2", "A3", "A4"].map((name) => sheet.show(name)), Array(4).fill("#ERROR"));
});
