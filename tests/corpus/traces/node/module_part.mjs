export async function mean(values) {
  const sum = await values.reduce((a, b) => a + b);
  return sum / values.length;
}
