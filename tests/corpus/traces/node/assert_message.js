const assert = require('node:assert/strict');

const stock = { tea: 0 };
assert.ok(stock.tea > 0, 'tea is sold out');
