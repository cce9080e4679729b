"use strict";
require("./test_loader.cjs");
const test = require("node:test");
const assert = require("node:assert");
const { Garage, fee } = require("./parking.ts");

test("fees", () => {
  assert.deepStrictEqual([1, 59, 60, 119, 600, 601, 1440, 1441, 2880].map((minutes) => fee("car", minutes) / 200), [1, 1, 1, 2, 10, 10, 10, 11, 20]);
});
test("in and out", () => {
  const garage = new Garage(2);
  for (let day = 0; day < 5; day++) {
    garage.enter("A", "car", day * 1440);
    garage.enter("B", "truck", day * 1440);
    assert.throws(() => garage.enter("C", "bike", 0), /full/);
    assert.strictEqual(garage.leave("A", day * 1440 + 30), 200);
    assert.strictEqual(garage.leave("B", day * 1440 + 61), 1000);
    assert.throws(() => garage.leave("B", 0), /not inside/);
  }
});
