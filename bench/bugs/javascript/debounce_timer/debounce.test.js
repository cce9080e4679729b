"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { debounce } = require("./debounce.js");

function fakeClock() {
  const timers = new Map();
  let next = 1;
  return {
    setTimeout(action) {
      timers.set(next, action);
      return next++;
    },
    clearTimeout(id) {
      timers.delete(id);
    },
    fire() {
      const due = [...timers.values()];
      timers.clear();
      due.forEach((action) => action());
    },
  };
}

test("calls later", () => {
  const clock = fakeClock();
  const calls = [];
  const call = debounce((value) => calls.push(value), 10, clock);
  call("a");
  assert.deepStrictEqual(calls, []);
  clock.fire();
  assert.deepStrictEqual(calls, ["a"]);
  assert.strictEqual(call.pending(), false);
});

test("many calls are one", () => {
  const clock = fakeClock();
  const calls = [];
  const call = debounce((value) => calls.push(value), 10, clock);
  call("a");
  call("b");
  call("c");
  clock.fire();
  assert.deepStrictEqual(calls, ["c"]);
});

test("cancel", () => {
  const clock = fakeClock();
  const calls = [];
  const call = debounce(() => calls.push(1), 10, clock);
  call();
  call.cancel();
  clock.fire();
  assert.deepStrictEqual(calls, []);
});
