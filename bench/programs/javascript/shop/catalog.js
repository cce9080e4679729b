const { roundTo, sum } = require('./money.js');

class Product {
  constructor(name, price, stock) {
    this.name = name;
    this.price = price;
    this.stock = stock;
  }

  isAvailable(quantity) {
    return this.stock >= quantity;
  }

  take(quantity) {
    if (!this.isAvailable(quantity)) {
      throw new Error(`not enough of ${this.name}`);
    }
    this.stock -= quantity;
    return quantity;
  }
}

class Catalog {
  constructor() {
    this.products = new Map();
  }

  add(name, price, stock) {
    const product = new Product(name, price, stock);
    this.products.set(name, product);
    return product;
  }

  find(name) {
    return this.products.get(name);
  }

  totalValue() {
    const values = [...this.products.values()].map((product) => product.price * product.stock);
    return roundTo(sum(values), 2);
  }
}

module.exports = { Catalog, Product };
