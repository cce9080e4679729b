import test from "node:test";
import assert from "node:assert";
import { Table } from "./table.mjs";

const people = [
  { name: "ann", city: "rome", age: 30 },
  { name: "bob", city: "bern", age: 20 },
  { name: "cid", city: "rome", age: 40 },
  { name: "dan", city: "bern", age: 20 },
];

test("by one column", () => {
  assert.deepStrictEqual(new Table(people).sorted("name").column("name"), ["ann", "bob", "cid", "dan"]);
});
test("falling", () => {
  assert.deepStrictEqual(new Table(people).sorted("-age").column("name"), ["cid", "ann", "bob", "dan"]);
});
test("by two columns", () => {
  assert.deepStrictEqual(new Table(people).sorted("city -age").column("name"), ["bob", "dan", "cid", "ann"]);
});
test("where", () => {
  assert.deepStrictEqual(new Table(people).where((row) => row.age > 25).column("name"), ["ann", "cid"]);
});
