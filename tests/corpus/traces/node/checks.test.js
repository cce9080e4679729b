const test = require('node:test');
const assert = require('node:assert');

const half = (value) => value / 3;

test('halves', () => {
  assert.equal(half(4), 2);
});

test('reads', async () => {
  await null;
  undefined.size;
});
