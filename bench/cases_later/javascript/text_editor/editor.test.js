"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { Editor } = require("./editor.js");

test("type", () => {
  const editor = new Editor("ac").move(1).type("b");
  assert.deepStrictEqual([editor.text, editor.caret], ["abc", 2]);
});
test("erase", () => assert.strictEqual(new Editor("abc").erase(2).text, "a"));
test("undo of erasing", () => {
  const editor = new Editor("abc").move(2).erase();
  assert.strictEqual(editor.undo(), true);
  assert.strictEqual(editor.text, "abc");
});
test("undo of typing", () => {
  const editor = new Editor("ab").move(1).type("xyz");
  editor.undo();
  assert.strictEqual(editor.text, "ab");
});
test("redo", () => {
  const editor = new Editor("a").type("b").type("c");
  editor.undo();
  editor.undo();
  editor.redo();
  assert.strictEqual(editor.text, "ab");
});
test("replace", () => {
  const editor = new Editor("tea or tea");
  assert.strictEqual(editor.replaceAll("tea", "coffee"), 2);
  editor.undo();
  assert.strictEqual(editor.text, "tea or tea");
});
test("nothing to undo", () => assert.strictEqual(new Editor().undo(), false));
