export type Kind = 'number' | 'name' | 'sign';

export interface Token {
  kind: Kind;
  text: string;
}

const SHAPE = /\s*(?:(\d+(?:\.\d+)?)|([a-z]+)|([-+*/()=]))/y;

export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  SHAPE.lastIndex = 0;
  while (SHAPE.lastIndex < source.length) {
    const match = SHAPE.exec(source);
    if (match === null) {
      throw new SyntaxError(`cannot read ${source}`);
    }
    tokens.push(toToken(match));
  }
  return tokens;
}

function toToken(match: RegExpExecArray): Token {
  const [, number, name, sign] = match;
  if (number !== undefined) {
    return { kind: 'number', text: number };
  }
  return name !== undefined ? { kind: 'name', text: name } : { kind: 'sign', text: sign };
}
