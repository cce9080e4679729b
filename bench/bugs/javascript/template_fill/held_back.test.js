"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { escape, render } = require("./template.js");

test("all signs", () => {
  assert.strictEqual(escape('<a href="x">&amp;</a>'), "&lt;a href=&quot;x&quot;&gt;&amp;amp;&lt;/a&gt;");
  assert.strictEqual(escape(12), "12");
});
test("several", () => {
  assert.strictEqual(render("{{a}}{{a}}{{{a}}}", { a: "<<" }), "&lt;&lt;&lt;&lt;<<");
});
