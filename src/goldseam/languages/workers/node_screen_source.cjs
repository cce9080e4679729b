/*
 * Runs in a box, in a process that tries candidates: the files under repair, and their texts with edits.
 */
'use strict';

const fs = require('node:fs');

/** The edits of a file as a batch tells them, with their texts. */
function decoded([file, edits]) {
  return [file, edits.map(([start, end, text]) => [start, end, Buffer.from(text, 'base64').toString('utf8')])];
}

/** A file: its text, and that with edits, which are told in bytes; `places` are those of its functions. */
class Source {
  constructor(place, places) {
    this.place = place;
    this.places = places;
    this.data = fs.readFileSync(place);
    this.text = this.data.toString('utf8');
    this.isAscii = this.text.length === this.data.length;
  }

  inText([start, end, text]) {
    if (this.isAscii) return [start, end, text];
    const before = this.data.toString('utf8', 0, start).length;
    return [before, before + this.data.toString('utf8', start, end).length, text];
  }

  edited(edits) {
    let text = '';
    let position = 0;
    for (const [start, end, replacement] of edits.map((edit) => this.inText(edit)).sort((one, other) => one[0] - other[0])) {
      text += this.text.slice(position, start) + replacement;
      position = end;
    }
    return text + this.text.slice(position);
  }
}

module.exports = { Source, decoded };
