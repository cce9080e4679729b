interface Item {
  price?: { amount: number };
}

/** The sum of all prices. */
export function total(items: Item[]): number {
  return items.reduce((sum, item) => sum + item.price!.amount, 0);
}

type Order = { items: Item[] };

export class Desk {
  close(order: Order): string {
    return total(order.items).toFixed(2);
  }
}
