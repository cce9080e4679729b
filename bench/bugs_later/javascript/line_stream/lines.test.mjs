import test from "node:test";
import assert from "node:assert";
import { collect, countBy, lines, records } from "./lines.mjs";

test("one chunk", async () => assert.deepStrictEqual(await collect(lines(["a\nb\r\n"])), ["a", "b"]));
test("line over chunks", async () => {
  assert.deepStrictEqual(await collect(lines(["he", "ll", "o\nyou\n"])), ["hello", "you"]);
});
test("no newline at the end", async () => {
  assert.deepStrictEqual(await collect(lines(["a\n", "b"])), ["a", "b"]);
});
test("records", async () => {
  assert.deepStrictEqual(await collect(records(['{"a":1}\n\n{"a":2}\n'])), [{ a: 1 }, { a: 2 }]);
});
test("bad record", async () => {
  await assert.rejects(collect(records(["{}\nnope\n"])), /^Error: line 2:/);
});
test("count", async () => {
  assert.deepStrictEqual(await countBy(['{"k":"x"}\n{"k":"y"}\n{"k":"x"}\n'], "k"), { x: 2, y: 1 });
});
