class Clock {
  start() {
    setTimeout(() => this.tick(), 1);
  }

  tick() {
    this.hands.move();
  }
}

new Clock().start();
