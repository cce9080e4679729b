class OutOfStock extends Error {
  constructor(item) {
    super(`${item} is sold out`);
    this.name = this.constructor.name;
    this.item = item;
  }
}

function reserve(item) {
  throw new OutOfStock(item);
}

reserve('tea');
