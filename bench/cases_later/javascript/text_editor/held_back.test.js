"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { Editor } = require("./editor.js");

test("all there and back", () => {
  let seed = 7;
  const random = (most) => (seed = (seed * 48271) % 2147483647) % most;
  const editor = new Editor("begin");
  const texts = [editor.text];
  for (let n = 0; n < 120; n++) {
    editor.move(random(editor.text.length + 1));
    const before = editor.text;
    if (random(3) === 0) editor.erase(1 + random(3));
    else editor.type("abcdef".slice(0, 1 + random(6)));
    if (editor.text !== before) texts.push(editor.text);
  }
  for (let at = texts.length - 2; at >= 0; at--) {
    editor.move(random(editor.text.length + 1));
    assert.ok(editor.undo());
    assert.strictEqual(editor.text, texts[at]);
  }
  assert.strictEqual(editor.undo(), false);
  for (const text of texts.slice(1)) {
    editor.move(random(editor.text.length + 1));
    assert.ok(editor.redo());
    assert.strictEqual(editor.text, text);
  }
  assert.strictEqual(editor.redo(), false);
});
test("caret", () => {
  const editor = new Editor("abcd").move(1).type("XY").move(6);
  editor.undo();
  assert.deepStrictEqual([editor.text, editor.caret], ["abcd", 1]);
  editor.move(0).redo();
  assert.deepStrictEqual([editor.text, editor.caret], ["aXYbcd", 3]);
});
test("an edit ends what could be done again", () => {
  const editor = new Editor("a").type("b");
  editor.undo();
  editor.type("c");
  assert.strictEqual(editor.redo(), false);
  assert.strictEqual(editor.text, "ac");
});
