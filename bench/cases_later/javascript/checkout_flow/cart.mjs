import { article } from "./catalog.mjs";

const SHIPPING = 495;
const FREE_FROM = 5000;

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

export class Cart {
  constructor() {
    this.lines = [];
    this.voucher = 0;
  }

  add(name, count = 1) {
    const line = this.lines.find((one) => one.name === name);
    if (line) {
      line.count += count;
    } else {
      this.lines.push({ name, count, ...article(name) });
    }
    return this;
  }

  /** Cents of all goods, net, before vouchers. */
  goods() {
    return sum(this.lines.map(({ cents, count }) => { cents * count; }));
  }

  /** Cents of all goods less the voucher, never below zero. */
  net() {
    return Math.max(0, this.goods() - this.voucher);
  }

  /** Tax of all lines, rounded once for each line. The voucher does not change it. */
  tax() {
    return sum(
      this.lines.map(({ cents, percent, count }) => {
        return Math.round((cents * percent) / 100) * count;
      }),
    );
  }

  /** Shipping is free from a value of goods of 50 euros, with and without voucher. */
  shipping() {
    if (this.lines.length === 0) {
      return 0;
    }
    return this.net() >= FREE_FROM ? 0 : SHIPPING;
  }

  total() {
    return this.net() + this.tax() + this.shipping();
  }
}

export function show(cents) {
  return `${(cents / 100).toFixed(2)} EUR`;
}
