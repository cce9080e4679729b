"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { jobDone, poll } = require("./poll.js");

function fakeClock() {
  const timers = new Map();
  return {
    setInterval: (action) => {
      timers.set(timers.size + 1, action);
      return timers.size;
    },
    clearInterval: (id) => timers.delete(id),
    tick(times = 1) {
      for (let n = 0; n < times; n++) [...timers.values()].forEach((action) => action());
    },
  };
}

test("answer", async () => {
  const clock = fakeClock();
  const answer = poll((asked) => (asked === 2 ? "yes" : undefined), { clock });
  clock.tick(2);
  assert.strictEqual(await answer, "yes");
});
test("asked no more", async () => {
  const clock = fakeClock();
  let asked = 0;
  const answer = poll(() => (++asked === 2 ? 0 : undefined), { clock });
  clock.tick(5);
  assert.strictEqual(await answer, 0);
  assert.strictEqual(asked, 2);
});
test("limit", async () => {
  const clock = fakeClock();
  const answer = poll(() => undefined, { clock, limit: 3 });
  clock.tick(3);
  await assert.rejects(answer, /after 3 times/);
});
test("failed", async () => {
  const clock = fakeClock();
  const answer = jobDone({ job: () => ({ state: "failed" }) }, 7, { clock });
  clock.tick();
  await assert.rejects(answer, /job 7 failed/);
});
