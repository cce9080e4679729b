"use strict";

/**
 * Numbers from `start` on, by `step`, up to but without `end`; a negative step counts down.
 * `new Range(end)` begins with 0.
 */
class Range {
  constructor(start, end, step = 1) {
    if (end === undefined) {
      [start, end] = [0, start];
    }
    if (step === 0) {
      throw new RangeError("step is zero");
    }
    this.start = start;
    this.end = end;
    this.step = step;
  }

  get length() {
    return Math.max(0, Math.ceil((this.end - this.start) / this.step));
  }

  at(index) {
    const place = index < 0 ? this.length + index : index;
    return place >= 0 && place < this.length ? this.start + place * this.step : undefined;
  }

  includes(number) {
    const place = (number - this.start) / this.step;
    return Number.isInteger(place) && place >= 0 && place < this.length;
  }

  *[Symbol.iterator]() {
    for (let at = 0; this.start + at * this.step < this.end; at++) {
      yield this.start + at * this.step;
    }
  }

  reversed() {
    const last = this.start + (this.length - 1) * this.step;
    return new Range(last, this.start - this.step / 2, -this.step);
  }
}

/** Labels of an axis: `count` numbers with equal distances, the first and the last included. */
function ticks(first, last, count) {
  const step = (last - first) / (count - 1);
  return [...new Range(0, count)].map((at) => first + at * step);
}

module.exports = { Range, ticks };
