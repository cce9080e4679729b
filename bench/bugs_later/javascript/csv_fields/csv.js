"use strict";

class CsvError extends Error {
  constructor(text, line) {
    super(`line ${line}: ${text}`);
    this.line = line;
  }
}

function fields(line) {
  return line.split(",").map((field) => field.replace(/^"|"$/g, ""));
}

function parse(text) {
  const lines = text.split(/\r?\n/);
  const names = fields(lines[0]);
  const rows = [];
  lines.forEach((line, at) => {
    if (at === 0 || line.trim() === "") return;
    const values = fields(line);
    if (values.length !== names.length) {
      throw new CsvError(`${values.length} fields instead of ${names.length}`, at + 1);
    }
    rows.push(Object.fromEntries(names.map((name, place) => [name, values[place]])));
  });
  return rows;
}

function quote(value) {
  const text = String(value ?? "");
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function write(rows) {
  const names = Object.keys(rows[0] ?? {});
  return [names, ...rows.map((row) => names.map((name) => row[name]))].map((row) => row.map(quote).join(",")).join("\n");
}

module.exports = { CsvError, parse, write };
