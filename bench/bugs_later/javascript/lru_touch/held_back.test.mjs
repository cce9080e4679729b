import test from "node:test";
import assert from "node:assert";
import { Lru } from "./lru.mjs";

test("like a list", () => {
  const lru = new Lru(4);
  let order = [];
  for (let n = 0; n < 400; n++) {
    const key = (n * n * 7 + n) % 11;
    if (n % 3 === 0) {
      lru.set(key, n);
      order = [...order.filter((k) => k !== key), key].slice(-4);
    } else if (order.includes(key)) {
      assert.notStrictEqual(lru.get(key), undefined);
      order = [...order.filter((k) => k !== key), key];
    } else {
      assert.strictEqual(lru.get(key), undefined);
    }
    assert.deepStrictEqual(lru.keys(), order);
    assert.strictEqual(lru.size, order.length);
  }
});
test("undefined is a value", () => {
  const lru = new Lru(2).set("a", undefined).set("b", 0);
  assert.strictEqual(lru.get("a"), undefined);
  assert.deepStrictEqual(lru.keys(), ["b", "a"]);
  assert.strictEqual(lru.has("zz"), false);
});
test("has does not count as reading", () => {
  const lru = new Lru(2).set("a", 1).set("b", 2);
  assert.ok(lru.has("a"));
  assert.deepStrictEqual(lru.set("c", 3).keys(), ["b", "c"]);
});
test("fetch counts", async () => {
  const lru = new Lru(2).set("a", 1).set("b", 2);
  await lru.fetch("a", () => assert.fail());
  await lru.fetch("c", async () => 3);
  assert.deepStrictEqual(lru.keys(), ["a", "c"]);
});
