"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { parseIni } = require("./ini.js");

test("sections", () => {
  assert.deepStrictEqual(parseIni("a=1\n[x]\nb = yes\n"), { "": { a: 1 }, x: { b: "yes" } });
});
test("comments", () => assert.deepStrictEqual(parseIni("; no\n# no\n\n"), { "": {} }));
test("booleans", () => assert.deepStrictEqual(parseIni("on=true\noff=false"), { "": { on: true, off: false } }));
test("values with equals signs", () => {
  assert.strictEqual(parseIni("url=http://h/?a=1&b=2")[""].url, "http://h/?a=1&b=2");
});
test("empty values are text", () => assert.strictEqual(parseIni("name=")[""].name, ""));
