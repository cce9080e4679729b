// Faults: a promise used as its value, a result that is not returned, a misspelt name.
async function load() {
  return [{ name: "tea", price: 3 }, { name: "cup", price: 4 }];
}

function cheapest(orders) {
  orders.reduce((best, order) => (order.price < best.price ? order : best));
}

const orders = load();
console.log(orders.length);
console.log(cheapest(ordres).name);
