"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { Machine, door } = require("./machine.js");

function loud() {
  const seen = [];
  const state = (name, on) => ({ on, enter: () => seen.push(`+${name}`), exit: () => seen.push(`-${name}`) });
  const flow = {
    a: state("a", { next: { to: "b", act: () => seen.push("act") }, stay: {}, never: { to: "b", when: () => false } }),
    b: state("b", { back: { to: "a", when: (data) => data.open } }),
  };
  return { machine: new Machine(flow, "a", { open: false }), seen };
}

test("order", () => {
  const { machine, seen } = loud();
  machine.send("next");
  assert.deepStrictEqual(seen, ["-a", "act", "+b"]);
});
test("same state is left and entered", () => {
  const { machine, seen } = loud();
  assert.strictEqual(machine.send("stay"), true);
  assert.deepStrictEqual(seen, ["-a", "+a"]);
  assert.deepStrictEqual(machine.trail, ["a", "a"]);
});
test("refused steps do nothing", () => {
  const { machine, seen } = loud();
  assert.strictEqual(machine.send("never"), false);
  assert.strictEqual(machine.sendAll(["next", "back", "next"]), 1);
  assert.deepStrictEqual(seen, ["-a", "act", "+b"]);
  machine.data.open = true;
  assert.strictEqual(machine.send("back"), true);
  assert.deepStrictEqual(machine.trail, ["a", "b", "a"]);
  assert.deepStrictEqual(machine.events, ["next", "stay", "never"]);
});
test("code is forgotten once the door was closed", () => {
  const one = door(7);
  one.data.typed = 7;
  one.send("code");
  assert.strictEqual(one.data.typed, 7);
  one.sendAll(["open"]);
  assert.strictEqual(one.data.typed, null);
  assert.strictEqual(one.sendAll(["close", "lock", "code"]), 2);
});
