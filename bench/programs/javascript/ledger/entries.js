export function parseLine(line) {
  const [account, amount, note = '', tags = ''] = line.split(';').map((part) => part.trim());
  return { account, cents: toCents(amount), note, tags: tags ? tags.split(' ') : [] };
}
export function toCents(amount) {
  const value = Number(amount);
  if (Number.isNaN(value)) {
    throw new TypeError(`no amount: ${amount}`);
  }
  return Math.round(value * 100);
}
export function parseAll(text) {
  const lines = text.split('\n').filter((line) => line.length > 0);
  return lines.map((line) => parseLine(line));
}
