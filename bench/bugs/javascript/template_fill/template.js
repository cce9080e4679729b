"use strict";

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** The text with everything escaped that means something in HTML. */
function escape(text) {
  return String(text).replace(/[&<>"]/, (sign) => ESCAPES[sign]);
}

/**
 * Fills `{{ name }}` with the escaped value of the name and `{{{ name }}}` with the value as it is; a name with
 * dots looks into objects. What is not there is filled with nothing.
 */
function render(template, values) {
  const find = (path) => path.split(".").reduce((found, key) => found?.[key], values) ?? "";
  return template
    .replace(/\{\{\{\s*([\w.]+)\s*\}\}\}/g, (_, path) => find(path))
    .replace(/\{\{\s*([\w.]+)\s*\}\}/g, (_, path) => escape(find(path)));
}

module.exports = { escape, render };
