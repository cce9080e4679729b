class StoreError extends Error {
  constructor(message, options) {
    super(message, options);
    this.name = 'StoreError';
  }
}

function read() {
  throw new RangeError('offset 9 of 4');
}

function load() {
  try {
    read();
  } catch (error) {
    throw new StoreError('page 2', { cause: error });
  }
}

try {
  load();
} catch (error) {
  throw new Error('report failed', { cause: error });
}
