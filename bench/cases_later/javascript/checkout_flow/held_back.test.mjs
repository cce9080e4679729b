import test from "node:test";
import assert from "node:assert";
import { Cart, show } from "./cart.mjs";
import { CATALOG, article } from "./catalog.mjs";

test("catalog", () => {
  assert.ok(Object.values(CATALOG).every(({ cents }) => Number.isInteger(cents) && cents > 100));
  assert.throws(() => article("car"), /no article car/);
});
test("tax is rounded once a line", () => {
  for (let count = 1; count < 40; count++) {
    assert.strictEqual(new Cart().add("pen", count).tax(), Math.round(149 * count * 0.19));
  }
});
test("voucher", () => {
  const cart = new Cart().add("book", 3);
  assert.deepStrictEqual([cart.goods(), cart.shipping()], [5970, 0]);
  cart.voucher = 5000;
  assert.deepStrictEqual([cart.net(), cart.shipping(), cart.tax()], [970, 0, 418]);
  cart.voucher = 9999;
  assert.strictEqual(cart.total(), 418);
});
test("shipping", () => {
  assert.strictEqual(new Cart().add("ink", 4).shipping(), 495);
  assert.strictEqual(new Cart().add("ink", 4).add("pen").shipping(), 0);
  assert.strictEqual(new Cart().shipping(), 0);
});
test("show", () => assert.strictEqual(show(5), "0.05 EUR"));
