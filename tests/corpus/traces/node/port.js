const net = require('node:net');

const first = net.createServer();
first.listen(0, '127.0.0.1', () => {
  net.createServer().listen(first.address().port, '127.0.0.1');
});
