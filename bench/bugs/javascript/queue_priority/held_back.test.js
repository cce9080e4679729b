"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { Scheduler } = require("./scheduler.js");

test("a mixed plan", () => {
  const scheduler = new Scheduler();
  scheduler.add("e", { priority: 2, after: ["c", "d"] });
  scheduler.add("a", { priority: 1 });
  scheduler.add("b", { priority: 3 });
  scheduler.add("c", { priority: 9, after: ["a"] });
  scheduler.add("d", { priority: 9, after: ["b"] });
  scheduler.add("f", { priority: 1 });
  assert.deepStrictEqual(scheduler.plan(), ["b", "d", "a", "c", "e", "f"]);
});
test("a circle", () => {
  const scheduler = new Scheduler();
  scheduler.add("free");
  scheduler.add("x", { after: ["y"] });
  scheduler.add("y", { after: ["x", "free"] });
  assert.throws(() => scheduler.plan(), /stuck: x, y/);
});
