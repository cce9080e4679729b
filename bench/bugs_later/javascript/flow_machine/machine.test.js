"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { Machine, door } = require("./machine.js");

test("no step", () => assert.strictEqual(door(1).send("open"), false));
test("right code", () => {
  const one = door(7);
  one.data.typed = 7;
  assert.strictEqual(one.sendAll(["code", "open", "close", "lock"]), 4);
  assert.deepStrictEqual(one.trail, ["locked", "closed", "open", "closed", "locked"]);
  assert.strictEqual(one.data.opened, 1);
});
test("wrong code", () => {
  const one = door(7);
  one.data.typed = 8;
  assert.strictEqual(one.send("code"), false);
  assert.strictEqual(one.state, "locked");
});
test("exit", () => {
  const seen = [];
  const flow = { a: { on: { go: { to: "b" } }, exit: () => seen.push("exit a") }, b: { enter: () => seen.push("enter b") } };
  new Machine(flow, "a").send("go");
  assert.deepStrictEqual(seen, ["exit a", "enter b"]);
});
test("same state", () => {
  const one = door(7);
  one.send("type");
  assert.deepStrictEqual([one.state, one.data.tries], ["locked", 1]);
});
test("no such state", () => assert.throws(() => new Machine({}, "x")));
