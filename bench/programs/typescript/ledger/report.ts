import { Entry } from './entries';

export type Balances = Record<string, number>;

export function balances(entries: Entry[]): Balances {
  const result: Balances = {};
  for (const entry of entries) {
    result[entry.account] = (result[entry.account] ?? 0) + entry.cents;
  }
  return result;
}

export function byTag(entries: Entry[]): Map<string, Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    for (const tag of entry.tags) {
      const group = groups.get(tag) ?? [];
      group.push(entry);
      groups.set(tag, group);
    }
  }
  return groups;
}

export function largest(entries: Entry[]): Entry {
  let best = entries[0];
  for (const entry of entries.slice(1)) {
    if (Math.abs(entry.cents) > Math.abs(best.cents)) {
      best = entry;
    }
  }
  return best;
}

export class Printer {
  private lines: string[] = [];

  constructor(private currency: string) {}

  money(cents: number): string {
    const sign = cents < 0 ? '-' : '';
    return `${sign}${this.currency}${(Math.abs(cents) / 100).toFixed(2)}`;
  }

  row(label: string, cents: number): this {
    this.lines.push(`${label.padEnd(10, '.')}${this.money(cents)}`);
    return this;
  }

  text(): string {
    return this.lines.join('\n');
  }
}
