"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { Sheet } = require("./sheet.js");

for (const [formula, shown] of [
  ["1-1-1-1", "-2"],
  ["1-2+3-4", "-2"],
  ["10-(3-2)", "9"],
  ["8/4/2", "1"],
  ["2-3*4-5", "-15"],
  ["1-2*3+4", "-1"],
  ["- 2 - -2", "0"],
  ["((1))", "1"],
  ["0.1+0.2", "0.3"],
  ["1 2", "#ERROR"],
  [")", "#ERROR"],
  ["", "#ERROR"],
]) {
  test(formula, () => assert.strictEqual(new Sheet({ A1: `=${formula}` }).show("A1"), shown));
}
test("a cell used twice is no circle", () => {
  const sheet = new Sheet({ A1: "=B1-B1-C1", B1: "=C1*2", C1: "5" });
  assert.strictEqual(sheet.show("A1"), "-5");
  sheet.set("C1", "=Z1").set("Z1", "=Z1");
  assert.deepStrictEqual(["A1", "C1", "Z1"].map((name) => sheet.show(name)), ["#CIRCLE", "#CIRCLE", "#CIRCLE"]);
  assert.throws(() => sheet.number("C1"), /circle: C1 > Z1 > Z1/);
  sheet.set("Z1", "");
  assert.strictEqual(sheet.show("A1"), "0");
});
