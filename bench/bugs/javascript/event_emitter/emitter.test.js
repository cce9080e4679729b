"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { Emitter } = require("./emitter.js");

test("calls listeners in order", () => {
  const emitter = new Emitter();
  const calls = [];
  emitter.on("x", (n) => calls.push(["a", n]));
  emitter.on("x", (n) => calls.push(["b", n]));
  assert.strictEqual(emitter.emit("x", 1), true);
  assert.deepStrictEqual(calls, [["a", 1], ["b", 1]]);
});

test("nobody listens", () => assert.strictEqual(new Emitter().emit("x"), false));

test("taking off what is not there", () => {
  const emitter = new Emitter();
  const calls = [];
  emitter.on("x", () => calls.push("kept"));
  const off = emitter.on("x", () => calls.push("gone"));
  off();
  off();
  emitter.emit("x");
  assert.deepStrictEqual(calls, ["kept"]);
});

test("a listener that goes does not hide the next one", () => {
  const emitter = new Emitter();
  const calls = [];
  emitter.once("x", () => calls.push("once"));
  emitter.on("x", () => calls.push("always"));
  emitter.emit("x");
  emitter.emit("x");
  assert.deepStrictEqual(calls, ["once", "always", "always"]);
});
