export function summarize(results) {
  const lengths = results.map((result) => result.length);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  return { count: results.length, mean: total / results.length, longest: longestOf(results) };
}
export function longestOf(results) {
  const sorted = [...results].sort((a, b) => b.length - a.length || a.localeCompare(b));
  return sorted[0];
}
export async function load(name) {
  const parts = await Promise.resolve(name.split('-'));
  return parts.map((part) => part.toUpperCase());
}
