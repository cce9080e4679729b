const { total } = require('./totals');

console.log(total([1]));
