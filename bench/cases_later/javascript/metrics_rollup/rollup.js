"use strict";

class Rollup {
  /** Windows are `length` seconds long and begin with second 0. */
  constructor(length = 60) {
    this.length = length;
    this.services = new Map();
  }

  add(sample) {
    const { service, seconds, duration } = sample;
    const start = Math.floor(seconds / this.length) * this.length;
    const windows = this.services.get(service) ?? new Map();
    this.services.set(service, windows);
    const window = windows.get(start) ?? { start, count: 0, sum: 0, worst: 0 };
    window.count += 1;
    window.sum += duration;
    window.worst = Math.max(window.worst, duration);
    windows.set(start, window);
  }

  /** Windows of a service in the order of time. */
  windows(service) {
    return [...(this.services.get(service)?.values() ?? [])].sort((one, other) => one.start - other.start);
  }

  /** Over all samples of a service: how many, their mean and the worst; null for an unknown one. */
  total(service) {
    const windows = this.windows(service);
    if (windows.length === 0) {
      return null;
    }
    const mean = windows.reduce((sum, one) => sum + one.sum / one.count, 0) / windows.length;
    const count = windows.reduce((sum, one) => sum + one.count, 0);
    return { count, mean, worst: Math.max(...windows.map((one) => one.worst)) };
  }
}

module.exports = { Rollup };
