"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { runAll } = require("./pool.js");

const after = (ms, value) => () => new Promise((resolve) => setTimeout(resolve, ms, value));

test("no jobs", async () => assert.deepStrictEqual(await runAll([], 3), []));
test("one at a time", async () => {
  assert.deepStrictEqual(await runAll([after(5, "a"), after(1, "b")], 1), ["a", "b"]);
});
test("results are in order", async () => {
  assert.deepStrictEqual(await runAll([after(60, "a"), after(5, "b"), after(1, "c")], 3), ["a", "b", "c"]);
});
test("errors come through", async () => {
  await assert.rejects(runAll([() => Promise.reject(new Error("no"))], 2), /no/);
});
