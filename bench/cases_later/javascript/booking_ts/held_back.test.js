"use strict";
require("./test_loader.cjs");
const test = require("node:test");
const assert = require("node:assert");
const { House } = require("./booking.ts");

test("overlaps", () => {
  for (const [when, free] of [
    ["08:00-09:00", true], ["08:00-09:01", false], ["09:10-09:20", false], ["09:59-10:00", false],
    ["10:00-10:01", true], ["08:00-12:00", false], ["09:00-10:00", false],
  ]) {
    const house = new House([{ name: "x", seats: 1, price: 1 }]);
    house.book(1, "09:00-10:00");
    assert.strictEqual(house.book(1, when) !== null, free, when);
  }
});
test("order of prices", () => {
  const house = new House([["a", 30], ["b", 10], ["c", 20], ["d", 10]].map(([name, price]) => ({ name, price, seats: 4 })));
  const booked = Array.from({ length: 5 }, () => house.book(4, "09:00-10:00")?.room);
  assert.deepStrictEqual(booked, ["b", "d", "c", "a", undefined]);
});
test("cancelled ones are free for others only as long as nobody takes them", () => {
  const house = new House([{ name: "x", seats: 1, price: 1 }]);
  const first = house.book(1, "09:00-10:00");
  house.cancel(first.number);
  const second = house.book(1, "09:30-10:30");
  assert.strictEqual(second.number, 2);
  assert.strictEqual(house.book(1, "09:00-10:00"), null);
  assert.strictEqual(house.cancel(7), false);
  assert.deepStrictEqual(house.usage(), { x: 60 });
});
