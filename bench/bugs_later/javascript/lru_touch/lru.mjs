// a Map keeps the order in which its keys were put in
export class Lru {
  #entries = new Map();

  constructor(most, onDrop = () => {}) {
    this.most = most;
    this.onDrop = onDrop;
  }

  get size() {
    return this.#entries.size;
  }

  has(key) {
    return this.#entries.has(key);
  }

  get(key) {
    if (!this.#entries.has(key)) return undefined;
    const value = this.#entries.get(key);
    this.#entries.set(key, value);
    return value;
  }

  set(key, value) {
    this.#entries.set(key, value);
    if (this.#entries.size > this.most) {
      const [oldest, dropped] = this.#entries.entries().next().value;
      this.#entries.delete(oldest);
      this.onDrop(oldest, dropped);
    }
    return this;
  }

  async fetch(key, load) {
    if (this.has(key)) return this.get(key);
    const value = await load(key);
    this.set(key, value);
    return value;
  }

  keys() {
    return [...this.#entries.keys()];
  }
}
