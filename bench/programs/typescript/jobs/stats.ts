export interface Summary {
  count: number;
  mean: number;
  longest: string;
}

export function summarize(results: string[]): Summary {
  const lengths = results.map((result) => result.length);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  return { count: results.length, mean: total / results.length, longest: longestOf(results) };
}

export function longestOf(results: string[]): string {
  const sorted = [...results].sort((a, b) => b.length - a.length || a.localeCompare(b));
  return sorted[0];
}

export async function load(name: string): Promise<string[]> {
  const parts = await Promise.resolve(name.split('-'));
  return parts.map((part) => part.toUpperCase());
}
