export function average(numbers) {
  const total = numbers.reduce((sum, number) => sum + number, 0);
  return total / numbers.length;
}

export function countBy(items, keyOf) {
  const counts = new Map();
  for (const item of items) {
    const key = keyOf(item);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

export function summary(finished) {
  const attempts = finished.map((done) => done.attempts);
  const counts = countBy(finished, (done) => (done.attempts > 1 ? 'retried' : 'direct'));
  return {
    names: finished.map((done) => done.name).join(','),
    average: average(attempts).toFixed(2),
    retried: counts.get('retried') ?? 0,
  };
}
