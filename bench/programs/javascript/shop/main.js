const { Catalog } = require('./catalog.js');
const { format, convert, sum } = require('./money.js');

function invoice(catalog, lines) {
  const positions = [];
  for (const [name, quantity] of lines) {
    const product = catalog.find(name);
    const taken = product.take(quantity);
    const cost = taken * product.price;
    positions.push({ name, quantity, cost });
  }
  const total = sum(positions.map((position) => position.cost));
  return { positions, total };
}

const catalog = new Catalog();
catalog.add('pen', 1.5, 100);
catalog.add('paper', 4.25, 40);
catalog.add('lamp', 39.9, 3);

const bill = invoice(catalog, [['pen', 10], ['lamp', 1]]);
for (const position of bill.positions) {
  console.log(position.name.padEnd(8), position.quantity, format(position.cost, 'eur'));
}
console.log('total', format(bill.total, 'eur'), format(convert(bill.total, 'usd'), 'usd'));
console.log('left', catalog.totalValue());
