export interface Movement {
  article: string;
  kind: "in" | "out" | "count";
  pieces: number;
}

/**
 * Pieces of each article after all movements, in their order: `in` adds, `out` takes away, and `count` says how
 * many there are, whatever was known before.
 */
export function stockAfter(movements: Movement[]): Map<string, number> {
  const stock = new Map<string, number>();
  for (const { article, kind, pieces } of movements) {
    const before = stock.get(article) ?? 0;
    switch (kind) {
      case "in":
        stock.set(article, before + pieces);
        break;
      case "out":
        stock.set(article, before - pieces);
      case "count":
        stock.set(article, pieces);
        break;
    }
  }
  return stock;
}

/** The articles with fewer than `least` pieces, by name. */
export function toOrder(stock: Map<string, number>, least: number): string[] {
  return [...stock].filter(([, pieces]) => pieces < least).map(([article]) => article).sort();
}
