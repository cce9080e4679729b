const prices = [{ amount: 3 }, null];
const total = prices.map((price) => price.amount).reduce((a, b) => a + b);
console.log(total);
