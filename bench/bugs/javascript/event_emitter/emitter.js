"use strict";

class Emitter {
  constructor() {
    this.listeners = new Map();
  }

  on(name, listener) {
    if (!this.listeners.has(name)) {
      this.listeners.set(name, []);
    }
    this.listeners.get(name).push(listener);
    return () => this.off(name, listener);
  }

  once(name, listener) {
    const wrapped = (...given) => {
      this.off(name, wrapped);
      listener(...given);
    };
    return this.on(name, wrapped);
  }

  off(name, listener) {
    const known = this.listeners.get(name) || [];
    known.splice(known.indexOf(listener), 1);
  }

  emit(name, ...given) {
    const known = this.listeners.get(name) || [];
    known.forEach((listener) => listener(...given));
    return known.length > 0;
  }
}

module.exports = { Emitter };
