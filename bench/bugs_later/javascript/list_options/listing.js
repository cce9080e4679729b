"use strict";

const DEFAULTS = { limit: 3, separator: ", ", more: true };

/* How many of something there are, in the grammar of a small shop */
function plural(count, one, many = `${one}s`) {
  return `${count} ${count === 1 ? one : many}`;
}

function shorten(items, options = {}) {
  const limit = options.limit || DEFAULTS.limit;
  const separator = options.separator || DEFAULTS.separator;
  const more = options.more ?? DEFAULTS.more;
  const shown = items.slice(0, limit);
  const left = items.length - shown.length;
  const parts = shown.map(String);
  if (left > 0 && more) {
    parts.push(`${left} more`);
  }
  return parts.join(separator);
}

function summary(order, options) {
  const names = order.lines.map((line) => line.name);
  const pieces = order.lines.reduce((sum, line) => sum + (line.count ?? 1), 0);
  return `${plural(pieces, "piece")}: ${shorten(names, options)}`;
}

module.exports = { plural, shorten, summary };
