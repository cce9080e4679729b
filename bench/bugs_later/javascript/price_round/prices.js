"use strict";

/** Rounds to whole cents, half a cent away from zero, as the number is written: 1.005 is 1.01. */
function roundCents(amount) {
  return Number(amount.toFixed(2));
}

class Price {
  constructor(net, percent = 19) {
    this.net = net;
    this.percent = percent;
  }

  get tax() {
    return roundCents((this.net * this.percent) / 100);
  }

  get gross() {
    return roundCents(this.net + this.tax);
  }

  minus(percent) {
    return new Price(roundCents((this.net * (100 - percent)) / 100), this.percent);
  }

  toString() {
    return `${this.gross.toFixed(2)} EUR`;
  }
}

function bill(prices) {
  const sum = prices.reduce((total, price) => total + price.gross, 0);
  return roundCents(sum);
}

module.exports = { Price, bill, roundCents };
