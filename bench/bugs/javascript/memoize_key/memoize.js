"use strict";

function memoize(action, { ttl = Infinity, now = Date.now } = {}) {
  const known = new Map();
  return function (...given) {
    const key = String(given);
    const entry = known.get(key);
    if (entry && now() - entry.at < ttl) {
      return entry.value;
    }
    const value = action.apply(this, given);
    known.set(key, { value, at: now() });
    return value;
  };
}

module.exports = { memoize };
