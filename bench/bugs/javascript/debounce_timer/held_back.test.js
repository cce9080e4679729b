"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { debounce } = require("./debounce.js");

test("with the real clock", async () => {
  const calls = [];
  const call = debounce((...given) => calls.push(given), 20);
  call(1);
  call(2, 3);
  assert.strictEqual(call.pending(), true);
  await new Promise((resolve) => setTimeout(resolve, 120));
  assert.deepStrictEqual(calls, [[2, 3]]);
  call(4);
  call(5);
  call.cancel();
  assert.strictEqual(call.pending(), false);
  await new Promise((resolve) => setTimeout(resolve, 120));
  assert.deepStrictEqual(calls, [[2, 3]]);
});
