"use strict";

const { Order, parseOrder } = require("./orders.js");

const TEXT = `
{"id": 1, "customer": "ann", "lines": [{"name": "pen", "price": 150, "count": 4}], "discount": 10}
{"id": 2, "customer": "bob", "lines": [{"name": "ink", "price": 400, "count": 1}, {"name": "nib", "price": 99, "count": 2}]}
{"id": 3, "customer": "ann", "lines": []}
`;

/** Sum of each customer's orders, the largest first. */
function byCustomer(orders) {
  const sums = new Map();
  for (const order of orders) {
    sums.set(order.customer, (sums.get(order.customer) ?? 0) + order.total());
  }
  return [...sums].sort(([, one], [, other]) => one - other);
}

function main() {
  const orders = parseOrders(TEXT);
  for (const [customer, sum] of byCustomer(orders)) {
    console.log(`${customer}: ${(sum / 100).toFixed(2)}`);
  }
  const largest = Math.max(...orders.map((order) => order.total()));
  console.log(`largest order: ${(largest / 100).toFixed(2)}`);
}

if (require.main === module) {
  main();
}

module.exports = { byCustomer };
