import { tokenize } from './tokens.js';
export class Evaluator {
  tokens = [];
  position = 0;
  variables = new Map();
  run(source) {
    this.tokens = tokenize(source);
    this.position = 0;
    const second = this.tokens[1];
    if (second && second.text === '=') {
      return this.assign();
    }
    return this.sum();
  }
  assign() {
    const name = this.take().text;
    this.take();
    const value = this.sum();
    this.variables.set(name, value);
    return value;
  }
  sum() {
    let value = this.product();
    while (this.peek('+') || this.peek('-')) {
      const sign = this.take().text;
      const right = this.product();
      value = sign === '+' ? value + right : value - right;
    }
    return value;
  }
  product() {
    let value = this.atom();
    while (this.peek('*') || this.peek('/')) {
      const sign = this.take().text;
      const right = this.atom();
      value = sign === '*' ? value * right : value / right;
    }
    return value;
  }
  atom() {
    const token = this.take();
    if (token.kind === 'number') {
      return Number(token.text);
    }
    if (token.kind === 'name') {
      return this.lookup(token.text);
    }
    const value = this.sum();
    this.take();
    return value;
  }
  lookup(name) {
    const value = this.variables.get(name);
    if (value === undefined) {
      throw new ReferenceError(`unknown name: ${name}`);
    }
    return value;
  }
  peek(text) {
    const token = this.tokens[this.position];
    return token !== undefined && token.text === text;
  }
  take() {
    const token = this.tokens[this.position];
    this.position += 1;
    return token;
  }
}
