"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { Emitter } = require("./emitter.js");

test("many that listen once", () => {
  const emitter = new Emitter();
  let count = 0;
  for (let n = 0; n < 5; n++) emitter.once("x", () => (count += 1));
  assert.strictEqual(emitter.emit("x"), true);
  assert.strictEqual(count, 5);
  assert.strictEqual(emitter.emit("x"), false);
});
test("off of a stranger", () => {
  const emitter = new Emitter();
  let count = 0;
  emitter.on("x", () => (count += 1));
  emitter.off("x", () => {});
  emitter.off("y", () => {});
  emitter.emit("x");
  assert.strictEqual(count, 1);
});
