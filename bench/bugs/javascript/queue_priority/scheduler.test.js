"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { Scheduler } = require("./scheduler.js");

test("nothing", () => assert.deepStrictEqual(new Scheduler().plan(), []));
test("in the order of adding", () => {
  const scheduler = new Scheduler();
  scheduler.add("a");
  scheduler.add("b");
  assert.deepStrictEqual(scheduler.plan(), ["a", "b"]);
});
test("high priority first", () => {
  const scheduler = new Scheduler();
  scheduler.add("low", { priority: 1 });
  scheduler.add("high", { priority: 9 });
  assert.deepStrictEqual(scheduler.plan(), ["high", "low"]);
});
test("after others", () => {
  const scheduler = new Scheduler();
  scheduler.add("deploy", { priority: 5, after: ["build", "check"] });
  scheduler.add("build");
  scheduler.add("check");
  assert.deepStrictEqual(scheduler.plan(), ["build", "check", "deploy"]);
});
test("stuck", () => {
  const scheduler = new Scheduler();
  scheduler.add("a", { after: ["b"] });
  assert.throws(() => scheduler.plan(), /stuck: a/);
});
