"use strict";

/** A text with a caret, and what was done to it. */
class Editor {
  #undo = [];
  #redo = [];

  constructor(text = "") {
    this.text = text;
    this.caret = text.length;
  }

  // replaces and tells what would take it back; the caret is behind what was put in
  #replace(at, count, inserted) {
    const removed = this.text.slice(at, at + count);
    this.text = this.text.slice(0, at) + inserted + this.text.slice(at + count);
    this.caret = at + inserted.length;
    return { at, removed, inserted };
  }

  #edit(at, count, inserted) {
    this.#undo.push(this.#replace(at, count, inserted));
    this.#redo = [];
    return this;
  }

  move(caret) {
    this.caret = Math.max(0, Math.min(this.text.length, caret));
    return this;
  }

  type(text) {
    return this.#edit(this.caret, 0, text);
  }

  /** Take away signs before the caret. */
  erase(count = 1) {
    const size = Math.min(count, this.caret);
    return size === 0 ? this : this.#edit(this.caret - size, size, "");
  }

  /** Replace a word wherever it stands, as one edit; how often it stood there. */
  replaceAll(word, by) {
    const count = word === "" ? 0 : this.text.split(word).length - 1;
    if (count > 0) {
      this.#edit(0, this.text.length, this.text.split(word).join(by));
    }
    return count;
  }

  /** Take back the last edit wherever the caret is; whether there was one. */
  undo() {
    if (this.#undo.length === 0) return false;
    const { removed, inserted } = this.#undo.pop();
    this.#redo.push(this.#replace(this.caret, inserted.length, removed));
    return true;
  }

  /** Do again what was undone last, unless there was an edit since; whether there was something. */
  redo() {
    if (this.#redo.length === 0) return false;
    const { at, removed, inserted } = this.#redo.pop();
    this.#undo.push(this.#replace(at, inserted.length, removed));
    return true;
  }
}

module.exports = { Editor };
