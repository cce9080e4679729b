class Account {
  #balance = 3;
  static read(other) {
    return other.#balance;
  }
}

Account.read({});
