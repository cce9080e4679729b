"use strict";

const FORMS = [
  [/^(\d{4})-(\d{1,2})-(\d{1,2})$/, (y, m, d) => [y, m, d]],
  [/^(\d{1,2})\.(\d{1,2})\.(\d{4})$/, (d, m, y) => [y, m, d]],
  [/^(\d{1,2})\/(\d{1,2})\/(\d{4})$/, (m, d, y) => [y, m, d]],
];

/**
 * The date, at midnight UTC, that is written as `2024-03-31`, `31.3.2024` or `3/31/2024`; null if the text has
 * another form or there is no such day.
 */
function parseDate(text) {
  for (const [form, order] of FORMS) {
    const found = form.exec(text.trim());
    if (found) {
      return build(...order(...found.slice(1).map(Number)));
    }
  }
  return null;
}

function build(year, month, day) {
  const date = new Date(Date.UTC(year, month, day));
  return date;
}

/** `2024-03-31`, or `?` for no date. */
function show(date) {
  return date ? date.toISOString().slice(0, 10) : "?";
}

/** Days from one written date to another. */
function daysBetween(one, other) {
  const [from, to] = [parseDate(one), parseDate(other)];
  return from && to ? Math.round((to - from) / 86_400_000) : null;
}

module.exports = { daysBetween, parseDate, show };
