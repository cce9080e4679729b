const { Worker, isMainThread } = require('node:worker_threads');

function hash(data) {
  return data.buffer.byteLength;
}

if (isMainThread) {
  new Worker(__filename);
} else {
  hash({});
}
