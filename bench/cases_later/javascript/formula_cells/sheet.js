"use strict";

const { evaluate } = require("./formula.js");

/** Cells with numbers, texts and formulas (`=A1+1`). An empty cell is 0 in formulas, a text too. */
class Sheet {
  constructor(cells = {}) {
    this.cells = new Map(Object.entries(cells));
  }

  set(name, content) {
    this.cells.set(name, String(content));
    return this;
  }

  /** The number of a cell; an `Error` that tells the way (`circle: A1 > B1 > A1`) where it needs itself. */
  number(name, way = []) {
    const content = this.cells.get(name);
    if (content.startsWith("=")) {
      return evaluate(content.slice(1), (other) => this.number(other, [...way, name]));
    }
    return Number(content) || 0;
  }

  /** What a cell shows: `#CIRCLE` and `#ERROR` for formulas that have no value. */
  show(name) {
    const content = this.cells.get(name) ?? "";
    if (!content.startsWith("=")) return content;
    try {
      const value = this.number(name);
      return Number.isFinite(value) ? String(Math.round(value * 1e6) / 1e6) : "#ERROR";
    } catch (error) {
      return error.message.startsWith("circle") ? "#CIRCLE" : "#ERROR";
    }
  }
}

module.exports = { Sheet };
