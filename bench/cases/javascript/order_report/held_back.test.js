"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { Order, parseOrders } = require("./orders.js");
const { byCustomer } = require("./report.js");

test("totals", () => {
  assert.strictEqual(new Order(1, "a", []).total(), 0);
  assert.strictEqual(new Order(1, "a", [{ price: 5, count: 3 }]).total(), 15);
});
test("parse", () => {
  const [one, two] = parseOrders('{"id":1,"customer":"x","lines":[{"price":200,"count":1}],"discount":50}\n{"id":2,"customer":"y","lines":[{"price":3,"count":3}]}');
  assert.deepStrictEqual([one.total(), two.total()], [100, 9]);
});
test("largest first", () => {
  const order = (customer, price) => new Order(0, customer, [{ price, count: 1 }]);
  assert.deepStrictEqual(byCustomer([order("a", 1), order("b", 10), order("c", 5), order("a", 7)]), [["b", 10], ["a", 8], ["c", 5]]);
});
