const { EventEmitter } = require('node:events');

class Feed extends EventEmitter {
  poll() {
    this.emit('error', new Error('feed is gone'));
  }
}

new Feed().poll();
