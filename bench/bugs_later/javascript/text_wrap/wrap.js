"use strict";

// ["abcd", "ef"] for width 4
function pieces(word, width) {
  const found = [];
  for (let at = 0; at < word.length; at += width) {
    found.push(word.slice(at, at + width));
  }
  return found;
}

function wrap(text, width) {
  const lines = [];
  let line = "";
  for (const word of text.split(/\s+/).filter(Boolean)) {
    if (line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  if (line !== "") {
    lines.push(line);
  }
  return lines;
}

function columns(left, right, width) {
  const [one, other] = [wrap(left, width), wrap(right, width)];
  const count = Math.max(one.length, other.length);
  return Array.from({ length: count }, (_, at) => {
    return `${(one[at] ?? "").padEnd(width)} | ${other[at] ?? ""}`.trimEnd();
  });
}

function rule(sign, width) {
  return pieces(sign.repeat(width), width)[0] ?? "";
}

module.exports = { columns, rule, wrap };
