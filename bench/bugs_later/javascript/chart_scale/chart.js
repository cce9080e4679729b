"use strict";

// block characters by height
const BARS = "▁▂▃▄▅▆▇█";

function scale(values, steps) {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const span = high - low;
  return (value) => Math.round(((value - low) / span) * (steps - 1));
}

function sparkline(values) {
  const known = values.filter((value) => Number.isFinite(value));
  const height = scale(known, BARS.length);
  return values.map((value) => (Number.isFinite(value) ? BARS[height(value)] : " ")).join("");
}

function bars(table, width = 10) {
  const entries = Object.entries(table);
  const longest = entries.reduce((most, [name]) => Math.max(most, name.length), 0);
  const length = scale([0, ...entries.map(([, value]) => value)], width + 1);
  return entries.map(([name, value]) => `${name.padEnd(longest)} |${"#".repeat(length(value))} ${value}`);
}

module.exports = { bars, scale, sparkline };
