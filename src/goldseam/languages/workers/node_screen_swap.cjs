/*
 * Runs in a box, in a process that tries candidates: a program that stays loaded, whose outermost functions ask
 * before each call whether another stands in for them (mutant schemata: Untch, Offutt and Harrold, 1993). A candidate
 * then costs the compilation of one function, at the place of its module where the names mean what they mean there.
 * What lives on in the module between candidates is compared with what was there at first.
 */
'use strict';

const NAME = '__goldseam';
const MOST = 3_000;

class Swap {
  /**
   * `sources` are the files under repair, with their `places` and the number of the first of these. `others` are
   * edits by file that no exchange of functions stands for: they are made in the texts.
   */
  constructor(sources, others = new Map()) {
    this.sources = sources;
    this.made = others;
    this.board = { d: [], e: [] };
    this.ran = new Set();
    this.ready = new Set();
    this.texts = new Map();
    let count = 0;
    for (const [number, [file, source]] of [...sources].entries()) {
      if (!source.places) continue;
      source.number = number;
      source.first = count;
      count += source.places.places.length;
      this.texts.set(source.place, this.asking(source, others.get(file) || []));
    }
    globalThis[NAME] = this.board;
  }

  asking({ text, places: { places, start }, number, first }, edits) {
    const parts = [[start, start, `;${NAME}.e[${number}]=(c)=>eval(c);`], ...edits];
    for (const [at, place] of places.entries()) {
      if (!isWhole(place, edits)) continue;
      for (const [offset, insertion] of place.parts) parts.push([offset, offset, insertion.replaceAll('@', String(first + at))]);
    }
    return spliced(text, 0, text.length, parts);
  }

  /** While the program loads, functions that are called are noted: what they did then cannot be exchanged. */
  watch() {
    this.board.d = new Proxy([], { get: (target, at) => void this.ran.add(Number(at)) });
  }

  rest() {
    this.board.d = [];
  }

  /** The program is loaded: of a file that is loaded only later, nobody knows what ran while it was. */
  settle() {
    this.rest();
    for (const [file, source] of this.sources) if (this.board.e[source.number]) this.ready.add(file);
  }

  /** The places of a candidate's edits, with the edits in each; null if one cannot be tried so. */
  groups(edits) {
    const found = new Map();
    for (const [file, some] of edits) {
      const source = this.sources.get(file);
      if (!this.ready.has(file)) return null;
      for (const edit of some) {
        const at = placeAt(source, edit);
        if (at < 0 || this.ran.has(source.first + at)) return null;
        const number = source.first + at;
        if (!found.has(number)) found.set(number, { source, place: source.places.places[at], edits: [] });
        found.get(number).edits.push(edit);
      }
    }
    return found;
  }

  /** The edits by file that lie in no function that can be exchanged. */
  others(edits) {
    const found = edits.map(([file, some]) => [file, some.filter((edit) => placeAt(this.sources.get(file), edit) < 0)]);
    return new Map(found.filter(([, some]) => some.length));
  }

  /** All functions that can be exchanged, with those of the edits that lie in them. */
  all(edits) {
    const found = new Map();
    const byFile = new Map(edits);
    for (const [file, source] of this.sources) {
      if (!this.ready.has(file)) continue;
      for (const [at, place] of source.places.places.entries()) {
        if (!isWhole(place, this.made.get(file) || [])) continue;
        const inside = (byFile.get(file) || []).filter(([start, end]) => place.start <= start && end <= place.end);
        found.set(source.first + at, { source, place, edits: inside });
      }
    }
    return found;
  }

  /** Have others stand in for the functions of a candidate; what their text does not compile to is thrown. */
  begin(groups) {
    for (const [number, { source, place, edits }] of groups) {
      const name = place.name ? [[place.name[0], place.name[1], '']] : [];
      const text = spliced(source.text, place.start, place.end, [...name, ...edits]);
      this.board.d[number] = this.board.e[source.number](place.head + text + place.tail);
    }
  }

  /** What the modules hold, in short: equal texts where nothing was left behind. */
  held(exported) {
    const seen = new Map();
    const parts = [];
    const left = [...exported];
    for (const { number, places } of this.sources.values()) {
      if (number !== undefined && this.board.e[number]) left.push(...this.board.e[number](`[${places.names.join(',')}]`));
    }
    while (left.length && seen.size < MOST) {
      const value = left.shift();
      if (value === null || (typeof value !== 'object' && typeof value !== 'function')) {
        parts.push(typeof value === 'string' ? JSON.stringify(value) : String(value));
        continue;
      }
      if (seen.has(value)) {
        parts.push(`@${seen.get(value)}`);
        continue;
      }
      seen.set(value, seen.size);
      const names = Reflect.ownKeys(value);
      parts.push(`${typeof value}${names.length}`);
      for (const name of names.slice(0, 200)) {
        const { value: inner, get } = Object.getOwnPropertyDescriptor(value, name) || {};
        parts.push(String(name));
        if (!get) left.push(inner);
      }
      if (value instanceof Map || value instanceof Set) left.push([...value].slice(0, 200).flat());
    }
    return parts.join(' ');
  }
}

/** The number of the place that an edit lies in; below zero if that function cannot be exchanged for it. */
function placeAt(source, edit) {
  const places = source.places ? source.places.places : [];
  const at = places.findIndex((one) => one.start <= edit[0] && edit[1] <= one.end);
  if (at < 0 || NEVER.test(edit[2])) return -1;
  return [places[at].name, places[at].fixed].some((span) => span && edit[0] <= span[1] && edit[1] >= span[0]) ? -1 : at;
}

/** Whether a function can ask for another one although edits are made around it. */
function isWhole({ name, parts, start, end }, edits) {
  return edits.every(([from, to]) => {
    if (name && from <= name[1] && to >= name[0]) return false;
    if (from < end && to > start && (from < start || to > end)) return false;
    return parts.every(([offset]) => offset <= from || offset >= to);
  });
}

function spliced(text, start, end, edits) {
  let made = '';
  let position = start;
  for (const [from, to, replacement] of [...edits].sort((one, other) => one[0] - other[0])) {
    made += text.slice(position, from) + replacement;
    position = to;
  }
  return made + text.slice(position, end);
}

const NEVER = /\bsuper\b|\bnew\s*\.\s*target\b|#[\w$]|\beval\b|\bimport\b|\barguments\b/;

module.exports = { NAME, Swap };
