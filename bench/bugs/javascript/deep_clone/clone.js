"use strict";

function clone(value) {
  if (typeof value !== "object") {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map(clone);
  }
  if (value instanceof Date) {
    return new Date(value);
  }
  const copy = {};
  for (const key of Object.keys(value)) {
    copy[key] = clone(value[key]);
  }
  return copy;
}

function withChange(state, path, value) {
  const copy = clone(state);
  const keys = path.split(".");
  const last = keys.pop();
  let target = copy;
  for (const key of keys) {
    target = target[key] ??= {};
  }
  target[last] = value;
  return copy;
}

module.exports = { clone, withChange };
