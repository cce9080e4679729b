import { Token, tokenize } from './tokens';

export class Evaluator {
  private tokens: Token[] = [];
  private position = 0;
  private variables = new Map<string, number>();

  run(source: string): number {
    this.tokens = tokenize(source);
    this.position = 0;
    const second = this.tokens[1];
    if (second && second.text === '=') {
      return this.assign();
    }
    return this.sum();
  }

  private assign(): number {
    const name = this.take().text;
    this.take();
    const value = this.sum();
    this.variables.set(name, value);
    return value;
  }

  private sum(): number {
    let value = this.product();
    while (this.peek('+') || this.peek('-')) {
      const sign = this.take().text;
      const right = this.product();
      value = sign === '+' ? value + right : value - right;
    }
    return value;
  }

  private product(): number {
    let value = this.atom();
    while (this.peek('*') || this.peek('/')) {
      const sign = this.take().text;
      const right = this.atom();
      value = sign === '*' ? value * right : value / right;
    }
    return value;
  }

  private atom(): number {
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

  private lookup(name: string): number {
    const value = this.variables.get(name);
    if (value === undefined) {
      throw new ReferenceError(`unknown name: ${name}`);
    }
    return value;
  }

  private peek(text: string): boolean {
    const token = this.tokens[this.position];
    return token !== undefined && token.text === text;
  }

  private take(): Token {
    const token = this.tokens[this.position];
    this.position += 1;
    return token;
  }
}
