"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { runAll } = require("./pool.js");

test("never more than the size", async () => {
  let active = 0;
  let most = 0;
  const jobs = Array.from({ length: 12 }, (_, n) => async () => {
    active += 1;
    most = Math.max(most, active);
    await new Promise((resolve) => setTimeout(resolve, ((n * 7) % 5) * 8));
    active -= 1;
    return n;
  });
  assert.deepStrictEqual(await runAll(jobs, 4), [...Array(12).keys()]);
  assert.strictEqual(most, 4);
});
