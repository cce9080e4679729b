class Cart {
  #items = [];

  get total() {
    return this.#items.sum();
  }

  toString() {
    return `${this.total} in all`;
  }
}

console.log(String(new Cart()));
