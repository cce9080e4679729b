const assert = require('node:assert');

function sum(values) {
  return values.reduce((a, b) => a - b);
}

assert.strictEqual(sum([1, 2]), 3);
