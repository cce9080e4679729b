export interface Money {
  cents: number;
  currency: string;
}

export function parseMoney(text: string): Money {
  const found = /^(-?\d+)(?:\.(\d{1,2}))? ([A-Z]{3})$/.exec(text);
  if (!found) {
    throw new Error(`not money: ${text}`);
  }
  const [, whole, part = "", currency] = found;
  const cents = Number(whole) * 100 + Number(part);
  return { cents, currency };
}

export function add(one: Money, other: Money): Money {
  if (one.currency !== other.currency) {
    throw new Error("different currencies");
  }
  return { cents: one.cents + other.cents, currency: one.currency };
}

export function format(money: Money): string {
  const sign = money.cents < 0 ? "-" : "";
  const cents = Math.abs(money.cents);
  return `${sign}${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")} ${money.currency}`;
}
