"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { render } = require("./template.js");

test("plain", () => assert.strictEqual(render("Hi {{ name }}!", { name: "Ann" }), "Hi Ann!"));
test("dots", () => assert.strictEqual(render("{{user.name}}-{{user.age}}", { user: { name: "A" } }), "A-"));
test("one sign", () => assert.strictEqual(render("{{x}}", { x: "a & b" }), "a &amp; b"));
test("tags", () => assert.strictEqual(render("{{x}}", { x: "<b>" }), "&lt;b&gt;"));
test("as it is", () => assert.strictEqual(render("{{{x}}}", { x: "<b>" }), "<b>"));
