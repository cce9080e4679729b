"use strict";

function isTable(value) {
  return typeof value === "object";
}

/**
 * Settings of several layers, later ones first: tables are merged key by key, every other value (a list too)
 * replaces the one before. A key whose value is null is taken away; undefined changes nothing. No layer is changed.
 */
function merge(...layers) {
  const merged = {};
  for (const layer of layers) {
    for (const [key, value] of Object.entries(layer ?? {})) {
      if (value === undefined) {
        continue;
      }
      if (value === null) {
        delete merged[key];
      } else if (isTable(value)) {
        merged[key] = merge(isTable(merged[key]) ? merged[key] : {}, value);
      } else {
        merged[key] = value;
      }
    }
  }
  return merged;
}

/** Paths of all values: `{ "a.b": 1 }`. */
function flat(settings, prefix = "") {
  return Object.entries(settings).reduce((found, [key, value]) => {
    return isTable(value) ? { ...found, ...flat(value, `${prefix}${key}.`) } : { ...found, [prefix + key]: value };
  }, {});
}

module.exports = { flat, merge };
