"use strict";

const TOKEN = /\s*(\d+(?:\.\d+)?|[A-Z]+\d+|[-+*/()])/gy;

function tokensOf(text) {
  const tokens = [];
  let found;
  let end = 0;
  TOKEN.lastIndex = 0;
  while ((found = TOKEN.exec(text)) !== null {
    tokens.push(found[1]);
    end = TOKEN.lastIndex;
  }
  if (text.slice(end).trim() !== "") {
    throw new SyntaxError(`at ${end}: ${text.slice(end)}`);
  }
  return tokens;
}

/** The value of a formula such as `A1 * (2 - B2)`; `cell(name)` gives those of cells. */
function evaluate(text, cell) {
  const tokens = tokensOf(text);
  let at = 0;

  function sum() {
    const left = product();
    if (tokens[at] === "+" || tokens[at] === "-") {
      const sign = tokens[at++];
      const right = sum();
      return sign === "+" ? left + right : left - right;
    }
    return left;
  }

  function product() {
    let left = atom();
    while (tokens[at] === "*" || tokens[at] === "/") {
      const sign = tokens[at++];
      const right = atom();
      left = sign === "*" ? left * right : left / right;
    }
    return left;
  }

  function atom() {
    const token = tokens[at++];
    if (token === "-") return -atom();
    if (token === "(") {
      const value = sum();
      if (tokens[at++] !== ")") throw new SyntaxError("a bracket is not closed");
      return value;
    }
    if (token === undefined || !/^[A-Z\d]/.test(token)) throw new SyntaxError(`unexpected ${token}`);
    return /^[A-Z]/.test(token) ? cell(token) : Number(token);
  }

  const value = sum();
  if (at < tokens.length) throw new SyntaxError(`unexpected ${tokens[at]}`);
  return value;
}

module.exports = { evaluate };
