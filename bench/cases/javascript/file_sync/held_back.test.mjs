import test from "node:test";
import assert from "node:assert";
import { Store, plan, sync } from "./sync.mjs";

test("plan", async () => {
  const here = new Store({ same: { text: "x", at: 1 }, older: { text: "x", at: 1 }, newer: { text: "x", at: 3 }, only: { text: "x", at: 0 } });
  const there = new Store({ same: { text: "x", at: 1 }, older: { text: "y", at: 2 }, newer: { text: "y", at: 2 } });
  assert.deepStrictEqual(await plan(here, there), ["newer", "only"]);
});
test("both are equal", async () => {
  const one = new Store({ a: { text: "1", at: 1 } });
  const other = new Store({ b: { text: "2", at: 1 } });
  await sync(one, other);
  assert.deepStrictEqual([...one.files].sort(), [...other.files].sort());
  assert.deepStrictEqual(await sync(one, other), { forth: [], back: [] });
});
