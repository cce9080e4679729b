const SHAPE = /\s*(?:(\d+(?:\.\d+)?)|([a-z]+)|([-+*/()=]))/y;
export function tokenize(source) {
  const tokens = [];
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
function toToken(match) {
  const [, number, name, sign] = match;
  if (number !== undefined) {
    return { kind: 'number', text: number };
  }
  return name !== undefined ? { kind: 'name', text: name } : { kind: 'sign', text: sign };
}
