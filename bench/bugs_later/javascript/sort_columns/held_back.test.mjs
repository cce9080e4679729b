import test from "node:test";
import assert from "node:assert";
import { Table } from "./table.mjs";

const rows = [];
for (let n = 0; n < 60; n++) {
  rows.push({ n, a: (n * 7) % 4, b: (n * 13) % 5, c: String.fromCharCode(97 + ((n * 11) % 6)) });
}

for (const [by, key] of [
  ["a", (row) => [row.a, row.n]],
  ["-a", (row) => [-row.a, row.n]],
  ["a b", (row) => [row.a, row.b, row.n]],
  ["-b a", (row) => [-row.b, row.a, row.n]],
  ["a -b -c", (row) => [row.a, -row.b, -row.c.charCodeAt(0), row.n]],
  ["c -n", (row) => [row.c.charCodeAt(0), -row.n]],
]) {
  test(`by ${by}`, () => {
    const keys = new Table(rows).sorted(by).rows.map(key);
    for (let at = 1; at < keys.length; at++) {
      const differs = keys[at].findIndex((value, place) => value !== keys[at - 1][place]);
      assert.ok(keys[at - 1][differs] < keys[at][differs], `${keys[at - 1]} before ${keys[at]}`);
    }
    assert.strictEqual(keys.length, 60);
  });
}
