"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { parseIni } = require("./ini.js");

test("numbers", () => {
  assert.deepStrictEqual(parseIni("a=0\nb=-1.5\nc=1x\nd= \ne==")[""], { a: 0, b: -1.5, c: "1x", d: "", e: "=" });
});
test("a section twice", () => {
  assert.deepStrictEqual(parseIni("[s]\na=1\n[t]\n[s]\r\nb=p=q=r"), { "": {}, s: { a: 1, b: "p=q=r" }, t: {} });
});
test("a key alone", () => assert.deepStrictEqual(parseIni("key"), { "": { key: "" } }));
