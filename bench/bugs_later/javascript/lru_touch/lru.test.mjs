import test from "node:test";
import assert from "node:assert";
import { Lru } from "./lru.mjs";

test("drops the oldest", () => {
  const dropped = [];
  const lru = new Lru(2, (...pair) => dropped.push(pair));
  lru.set("a", 1).set("b", 2).set("c", 3);
  assert.deepStrictEqual(lru.keys(), ["b", "c"]);
  assert.deepStrictEqual(dropped, [["a", 1]]);
});
test("read stays", () => {
  const lru = new Lru(2).set("a", 1).set("b", 2);
  assert.strictEqual(lru.get("a"), 1);
  lru.set("c", 3);
  assert.deepStrictEqual(lru.keys(), ["a", "c"]);
});
test("set again stays", () => {
  const lru = new Lru(2).set("a", 1).set("b", 2).set("a", 3).set("c", 4);
  assert.deepStrictEqual(lru.keys(), ["a", "c"]);
  assert.strictEqual(lru.get("a"), 3);
});
test("unknown", () => assert.strictEqual(new Lru(1).get("x"), undefined));
test("fetch", async () => {
  const lru = new Lru(1);
  assert.strictEqual(await lru.fetch("ab", async (key) => key.length), 2);
  assert.strictEqual(await lru.fetch("ab", () => assert.fail()), 2);
});
