"use strict";

/**
 * The tables of an INI text: `{ section: { key: value } }`; keys before the first section are in `""`.
 *
 * Lines that are empty or begin with `;` or `#` are left out. A value may hold `=`; `true` and `false`
 * become booleans, decimal numbers become numbers.
 */
function parseIni(text) {
  const tables = { "": {} };
  let section = "";
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.trim();
    if (line === "" || line.startsWith(";") || line.startsWith("#")) {
      continue;
    }
    const head = line.match(/^\[(.+)\]$/);
    if (head) {
      section = head[1].trim();
      tables[section] = tables[section] || {};
      continue;
    }
    const [key, value] = line.split("=");
    tables[section][key.trim()] = convert((value || "").trim());
  }
  return tables;
}

function convert(value) {
  if (value === "true" || value === "false") {
    return value === "true";
  }
  return isNaN(value) ? value : Number(value);
}

module.exports = { parseIni };
