"use strict";

/** An order as it comes from the shop: lines of `{ name, price, count }`, prices in cents. */
class Order {
  constructor(id, customer, lines) {
    this.id = id;
    this.customer = customer;
    this.lines = lines;
    this.discount = 0;
  }

  total() {
    const sum = this.lines.reduce((sum, line) => sum + line.price * line.count);
    return Math.round(sum * (1 - this.discount / 100));
  }
}

function parseOrders(text) {
  return text.trim().split("\n").map((line) => {
    const { id, customer, lines, discount } = JSON.parse(line);
    const order = new Order(id, customer, lines);
    order.discount = discount;
    return order;
  });
}

module.exports = { Order, parseOrders };
