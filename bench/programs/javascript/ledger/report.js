export function balances(entries) {
  const result = {};
  for (const entry of entries) {
    result[entry.account] = (result[entry.account] ?? 0) + entry.cents;
  }
  return result;
}
export function byTag(entries) {
  const groups = new Map();
  for (const entry of entries) {
    for (const tag of entry.tags) {
      const group = groups.get(tag) ?? [];
      group.push(entry);
      groups.set(tag, group);
    }
  }
  return groups;
}
export function largest(entries) {
  let best = entries[0];
  for (const entry of entries.slice(1)) {
    if (Math.abs(entry.cents) > Math.abs(best.cents)) {
      best = entry;
    }
  }
  return best;
}
export class Printer {
  currency;
  lines = [];
  constructor(currency) {
    this.currency = currency;
  }
  money(cents) {
    const sign = cents < 0 ? '-' : '';
    return `${sign}${this.currency}${(Math.abs(cents) / 100).toFixed(2)}`;
  }
  row(label, cents) {
    this.lines.push(`${label.padEnd(10, '.')}${this.money(cents)}`);
    return this;
  }
  text() {
    return this.lines.join('\n');
  }
}
