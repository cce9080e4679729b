"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { jobDone, poll } = require("./poll.js");

function tracked() {
  const timers = new Set();
  return {
    setInterval: (...given) => {
      const timer = setInterval(...given);
      timers.add(timer);
      return timer;
    },
    clearInterval: (timer) => clearInterval(timer),
    stop: () => timers.forEach((timer) => clearInterval(timer)),
  };
}

const later = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

for (const [name, ask, limit, wanted] of [
  ["answer", (n) => (n === 3 ? "x" : undefined), 9, 3],
  ["limit", () => undefined, 2, 2],
  ["error", (n) => { if (n === 2) throw new Error("bad"); }, 9, 2],
  ["false is an answer", () => false, 9, 1],
]) {
  test(name, async () => {
    let ticks = 0;
    const clock = tracked();
    const options = { every: 1, limit, clock, onTick: () => ticks++ };
    await poll(ask, options).catch(() => {});
    await later(40);
    clock.stop();
    assert.strictEqual(ticks, wanted);
  });
}
test("job", async () => {
  const states = ["queued", "running", "done", "failed"];
  const clock = tracked();
  const server = { job: (id) => ({ id, state: states.shift() }) };
  assert.deepStrictEqual(await jobDone(server, 4, { every: 1, clock }), { id: 4, state: "done" });
  await later(20);
  clock.stop();
  assert.deepStrictEqual(states, ["failed"]);
});
