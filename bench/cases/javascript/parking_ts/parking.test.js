"use strict";
require("./test_loader.cjs");
const test = require("node:test");
const assert = require("node:assert");
const { Garage, fee } = require("./parking.ts");

test("hours begun", () => assert.deepStrictEqual([fee("car", 60), fee("car", 61), fee("car", 0)], [200, 400, 0]));
test("a day", () => assert.strictEqual(fee("truck", 23 * 60), 5000));
test("free places", () => {
  const garage = new Garage(1);
  assert.strictEqual(garage.free, 1);
  garage.enter("A", "car", 0);
  assert.strictEqual(garage.free, 0);
  assert.throws(() => garage.enter("B", "car", 0), /full/);
});
test("leave", () => {
  const garage = new Garage(1);
  garage.enter("A", "bike", 30);
  assert.strictEqual(garage.leave("A", 100), 100);
  assert.strictEqual(garage.free, 1);
});
