import test from "node:test";
import assert from "node:assert";
import { Build, BuildError } from "./build.mjs";

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

test("one step", async () => {
  const build = new Build().add("a");
  await build.run("a");
  assert.deepStrictEqual(build.done, ["a"]);
});
test("needs first", async () => {
  const build = new Build().add("app", ["lib"]).add("lib", [], () => pause(5));
  await build.run("app");
  assert.deepStrictEqual(build.done, ["lib", "app"]);
});
test("each once", async () => {
  let count = 0;
  const build = new Build().add("base", [], async () => count++).add("a", ["base"]).add("b", ["base"]).add("all", ["a", "b"]);
  await build.run("all");
  assert.strictEqual(count, 1);
  assert.deepStrictEqual(build.done.sort(), ["a", "all", "b", "base"]);
});
test("circle", async () => {
  const build = new Build().add("a", ["b"]).add("b", ["a"]);
  await assert.rejects(build.run("a"), /^Error: a: circle a > b > a$/);
});
test("failed step", async () => {
  const build = new Build().add("a", ["b"]).add("b", [], async () => { throw new Error("broken"); });
  await assert.rejects(build.run("a"), (error) => error instanceof BuildError && error.step === "b");
  assert.deepStrictEqual(build.done, []);
});
test("unknown", async () => {
  await assert.rejects(new Build().run("x"), /x: no such step/);
});
