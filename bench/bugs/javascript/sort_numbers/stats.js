"use strict";

/** The middle value in order of size; of an even number of values the mean of both in the middle. */
function median(values) {
  if (values.length === 0) {
    return NaN;
  }
  const sorted = [...values].sort();
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The values that lie no further than `spread` from the median. */
function withoutOutliers(values, spread) {
  const middle = median(values);
  return values.filter((value) => Math.abs(value - middle) <= spread);
}

module.exports = { median, withoutOutliers };
