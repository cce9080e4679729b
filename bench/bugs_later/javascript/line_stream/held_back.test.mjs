import test from "node:test";
import assert from "node:assert";
import { collect, countBy, lines } from "./lines.mjs";

const text = "first\r\n\nZoë ☃ 3\nlast line";
const whole = ["first", "", "Zoë ☃ 3", "last line"];

for (const size of [1, 2, 3, 5, 7, 100]) {
  test(`chunks of ${size}`, async () => {
    const pieces = text.match(new RegExp(`[^]{1,${size}}`, "g"));
    assert.deepStrictEqual(await collect(lines(pieces)), whole);
    const bytes = new TextEncoder().encode(text);
    const parts = [];
    for (let at = 0; at < bytes.length; at += size) parts.push(bytes.subarray(at, at + size));
    assert.deepStrictEqual(await collect(lines(parts)), whole);
  });
}
test("ends", async () => {
  assert.deepStrictEqual(await collect(lines([])), []);
  assert.deepStrictEqual(await collect(lines(["", ""])), []);
  assert.deepStrictEqual(await collect(lines(["\n"])), [""]);
  assert.deepStrictEqual(await collect(lines(["a\n", "", "\n"])), ["a", ""]);
  assert.deepStrictEqual(await countBy(['{"k":1}\n{"', 'k":1}'], "k"), { 1: 2 });
});
