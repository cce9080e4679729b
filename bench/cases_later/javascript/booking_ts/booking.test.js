"use strict";
require("./test_loader.cjs");
const test = require("node:test");
const assert = require("node:assert");
const { House, span } = require("./booking.ts");

const rooms = [
  { name: "hall", seats: 100, price: 90 },
  { name: "blue", seats: 8, price: 20 },
  { name: "red", seats: 8, price: 20 },
];

test("span", () => {
  assert.deepStrictEqual(span("09:30-10:00"), { from: 570, to: 600 });
  assert.throws(() => span("10:00-10:00"), RangeError);
});
test("cheapest", () => {
  const house = new House(rooms);
  assert.deepStrictEqual(house.book(5, "09:00-10:00"), { number: 1, room: "blue" });
  assert.strictEqual(house.book(5, "09:30-10:30").room, "red");
  assert.strictEqual(house.book(5, "09:45-09:50").room, "hall");
  assert.strictEqual(house.book(5, "09:45-09:50"), null);
});
test("one after the other", () => {
  const house = new House([rooms[0]]);
  assert.strictEqual(house.book(9, "09:00-10:00").room, "hall");
  assert.strictEqual(house.book(9, "10:00-11:00").room, "hall");
  assert.deepStrictEqual(house.usage(), { hall: 120 });
});
test("cancelled", () => {
  const house = new House([rooms[1]]);
  const { number } = house.book(2, "09:00-10:00");
  assert.strictEqual(house.cancel(number), true);
  assert.strictEqual(house.cancel(number), false);
  assert.strictEqual(house.book(2, "09:00-10:00")?.room, "blue");
});
test("too many", () => assert.strictEqual(new House(rooms).book(101, "09:00-10:00"), null));
