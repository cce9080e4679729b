/*
 * Runs in a box: which lines of a source were run, out of V8's counts of its functions and blocks. A source that
 * carries its own source map is told by the lines that it was made from.
 */
'use strict';

const Module = require('node:module');
const { fileURLToPath } = require('node:url');

const MAX_SOURCE = 1_000_000;

function pathOf(url, root) {
  let file = url || '';
  if (file.startsWith('file:')) {
    try {
      file = fileURLToPath(file);
    } catch {
      return null;
    }
  }
  if (!file.startsWith(root + '/') || file.includes('/node_modules/')) return null;
  return file.slice(root.length + 1);
}

function parsed(text) {
  const known = text.length <= MAX_SOURCE ? text : '';
  return { lines: lineStarts(known), map: inlineMap(known) };
}

function lineStarts(text) {
  const starts = [];
  let offset = 0;
  for (const line of text.split('\n')) {
    const blank = line.length - line.trimStart().length;
    starts.push({ start: offset, first: line.trim() ? offset + blank : -1, end: offset + line.length });
    offset += line.length + 1;
  }
  return starts;
}

function inlineMap(text) {
  const found = /\/\/[#@] sourceMappingURL=data:application\/json[^,]{0,60};base64,([A-Za-z0-9+/=]+)\s*$/.exec(text);
  if (!found) return null;
  try {
    return new Module.SourceMap(JSON.parse(Buffer.from(found[1], 'base64').toString('utf8')));
  } catch {
    return null;
  }
}

function lineAt(lines, offset) {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (lines[middle].start <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function executed(functions, source) {
  const ranges = functions.flatMap((one) => one.ranges.map((range, at) => ({ ...range, head: at === 0 })));
  ranges.sort((a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset);
  const counts = new Array(source.lines.length).fill(0);
  const heads = new Set();
  for (const range of ranges) {
    const from = lineAt(source.lines, range.startOffset);
    const to = lineAt(source.lines, Math.max(range.startOffset, range.endOffset - 1));
    for (let at = from; at <= to; at += 1) {
      const first = source.lines[at].first;
      if (first >= range.startOffset && first < range.endOffset) counts[at] = range.count;
    }
    if (range.head && range.count > 0) heads.add(from);
  }
  const lines = new Set();
  for (let at = 0; at < counts.length; at += 1) {
    if (counts[at] > 0 || heads.has(at)) {
      const line = original(source, at);
      if (line > 0) lines.add(line);
    }
  }
  return [...lines].sort((a, b) => a - b);
}

function original(source, at) {
  if (!source.map) return at + 1;
  const { start, first } = source.lines[at];
  const entry = source.map.findEntry(at, Math.max(0, first - start));
  return entry && typeof entry.originalLine === 'number' ? entry.originalLine + 1 : 0;
}

function ranged(lines) {
  const found = [];
  for (const line of lines) {
    if (found.length && found[found.length - 1] === line - 1) found[found.length - 1] = line;
    else found.push(line, line);
  }
  return found;
}

module.exports = { pathOf, parsed, executed, ranged };
