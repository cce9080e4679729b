"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { points, standings } = require("./board.js");

test("points", () => assert.deepStrictEqual([points(2, 1), points(1, 1), points(0, 0), points(0, 1)], [3, 1, 1, 0]));
test("two digits", () => {
  const [first, second] = standings(["A 10:9 B"]);
  assert.deepStrictEqual(first, { team: "A", points: 3, difference: 1, games: 1 });
  assert.deepStrictEqual(second, { team: "B", points: 0, difference: -1, games: 1 });
});
test("ties by name", () => {
  assert.deepStrictEqual(standings(["D 1:1 C", "B 1:1 A"]).map((row) => row.team), ["A", "B", "C", "D"]);
});
test("none", () => assert.deepStrictEqual(standings([]), []));
