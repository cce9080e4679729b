"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { parse, write } = require("./csv.js");

for (const [line, values] of [
  ['"a,b","c,d",e', ["a,b", "c,d", "e"]],
  [',"",x', ["", "", "x"]],
  ['"","",""', ["", "", ""]],
  ['a,"""",c', ["a", '"', "c"]],
  ['",",",",","', [",", ",", ","]],
  ['"""a"" b",c, d ', ['"a" b', "c", " d "]],
  ['a,b,"c"', ["a", "b", "c"]],
  ["a,,", ["a", "", ""]],
]) {
  test(line, () => assert.deepStrictEqual(Object.values(parse(`x,y,z\n${line}`)[0]), values));
}
test("there and back", () => {
  const rows = [{ name: 'Ann "A", B', "the, note": ',",' }, { name: "", "the, note": '""' }];
  assert.deepStrictEqual(parse(write(rows)), rows);
});
test("quoted names", () => assert.deepStrictEqual(parse('"a,b",c\n1,2'), [{ "a,b": "1", c: "2" }]));
