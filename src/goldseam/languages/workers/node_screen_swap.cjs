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
  /** `sources` are the files under repair, with their `places` and the number of the first of these. */
  constructor(sources) {
    this.sources = sources;
    this.board = { d: [], e: [] };
    this.ran = new Set();
    this.ready = new Set();
    this.texts = new Map();
    let count = 0;
    for (const [number, source] of [...sources.values()].entries()) {
      if (!source.places) continue;
      source.number = number;
      source.first = count;
      count += source.places.places.length;
      this.texts.set(source.place, this.asking(source));
    }
    globalThis[NAME] = this.board;
  }

  asking({ text, places: { places, start }, number, first }) {
    const parts = [[start, `;${NAME}.e[${number}]=(c)=>eval(c);`]];
    for (const [at, place] of places.entries()) {
      for (const [offset, insertion] of place.parts) parts.push([offset, insertion.replaceAll('@', String(first + at))]);
    }
    let position = 0;
    let made = '';
    for (const [offset, insertion] of parts.sort((one, other) => one[0] - other[0])) {
      made += text.slice(position, offset) + insertion;
      position = offset;
    }
    return made + text.slice(position);
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
        const at = source.places.places.findIndex((one) => one.start <= edit[0] && edit[1] <= one.end);
        const place = source.places.places[at];
        if (at < 0 || this.ran.has(source.first + at) || NEVER.test(edit[2])) return null;
        if ([place.name, place.fixed].some((span) => span && edit[0] <= span[1] && edit[1] >= span[0])) return null;
        const number = source.first + at;
        if (!found.has(number)) found.set(number, { source, place, edits: [] });
        found.get(number).edits.push(edit);
      }
    }
    return found;
  }

  /** Have others stand in for the functions of a candidate; what their text does not compile to is thrown. */
  begin(groups) {
    for (const [number, { source, place, edits }] of groups) {
      const name = place.name ? [[place.name[0], place.name[1], '']] : [];
      let text = '';
      let position = place.start;
      for (const [start, end, replacement] of [...name, ...edits].sort((one, other) => one[0] - other[0])) {
        text += source.text.slice(position, start) + replacement;
        position = end;
      }
      text += source.text.slice(position, place.end);
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

const NEVER = /\bsuper\b|\bnew\s*\.\s*target\b|#[\w$]|\beval\b|\bimport\b|\barguments\b/;

module.exports = { NAME, Swap };
