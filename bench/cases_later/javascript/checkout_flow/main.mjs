import { Cart, showEuros } from "./cart.mjs";

function print(title, cart) {
  console.log(title);
  for (const { name, count } of cart.lines) {
    console.log(`  ${count} x ${name}`);
  }
  for (const part of ["goods", "net", "tax", "shipping", "total"]) {
    console.log(`  ${part.padEnd(9)}${show(cart[part]()).padStart(11)}`);
  }
}

print("small", new Cart().add("pen", 2).add("ink").add("pen"));
const large = new Cart().add("book", 2).add("ink");
large.voucher = 1000;
print("large", large);
print("empty", new Cart());
