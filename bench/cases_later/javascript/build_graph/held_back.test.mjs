import test from "node:test";
import assert from "node:assert";
import { Build } from "./build.mjs";

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

test("many steps", async () => {
  const order = [];
  const build = new Build();
  for (let n = 0; n < 15; n++) {
    const needs = [2 * n + 1, 2 * n + 2, n + 3].filter((m) => m < 15).map(String);
    build.add(String(n), needs, async () => {
      await pause((n * 7) % 4);
      order.push(n);
    });
  }
  await build.run("0");
  assert.strictEqual(order.length, new Set(order).size);
  for (const n of order) {
    for (const m of [2 * n + 1, 2 * n + 2, n + 3].filter((one) => one < 15)) {
      assert.ok(order.indexOf(m) < order.indexOf(n), `${m} before ${n}`);
    }
  }
});
test("side by side", async () => {
  let running = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, ++running);
    await pause(5);
    running -= 1;
  };
  await new Build().add("a", [], work).add("b", [], work).add("c", [], work).add("all", ["a", "b", "c"]).run("all");
  assert.strictEqual(most, 3);
});
test("circle of itself", async () => {
  await assert.rejects(new Build().add("a", ["a"]).run("a"), /a: circle a > a$/);
});
test("circle further down", async () => {
  const build = new Build().add("x", ["a"]).add("a", ["b"]).add("b", ["c"]).add("c", ["a"]);
  await assert.rejects(build.run("x"), /circle/);
  assert.deepStrictEqual(build.done, []);
});
test("run again", async () => {
  let count = 0;
  const build = new Build().add("a", [], async () => count++);
  await Promise.all([build.run("a"), build.run("a")]);
  await build.run("a");
  assert.strictEqual(count, 1);
});
test("error far below", async () => {
  const build = new Build().add("a", ["b"]).add("b", ["c"]).add("c", ["nope"]);
  await assert.rejects(build.run("a"), (error) => error.step === "nope");
});
