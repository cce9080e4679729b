"use strict";

/** Sum of price times quantity, in cents. */
function subtotal(items) {
  return items.reduce((sum, item) => sum + item.price * item.quantity, 0);
}

/**
 * What is to be paid, in whole cents, rounded to the nearest.
 *
 * A coupon is `{ type: "percent", value }` or `{ type: "fixed", value }`; a fixed one takes no more off
 * than there is to pay. Several are taken off one after the other, in their order.
 */
function total(items, coupons = []) {
  let amount = subtotal(items);
  for (const coupon of coupons) {
    if (coupon.type === "percent") {
      amount -= amount * (coupon.value / 100);
    } else {
      amount -= Math.max(amount, coupon.value);
    }
  }
  return Math.round(amount);
}

module.exports = { subtotal, total };
