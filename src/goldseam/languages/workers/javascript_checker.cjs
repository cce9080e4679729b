// Boxed worker: compiles what it is sent as Node would load it, and runs none of it.
//
// A line in: {"path", "data": base64, "context": text of the nearest package.json or null}, or {"files": [...]}
// of these. A line out: {"problem": null | {"message", "start", "end"}} with offsets in bytes, or
// {"problems": [...]}.
"use strict";

const vm = require("node:vm");

const PARAMETERS = ["exports", "require", "module", "__filename", "__dirname"];
const BYTE_ORDER_MARK = "\ufeff";
const MODULE_SYNTAX = [
  "Cannot use import statement outside a module",
  "Unexpected token 'export'",
  "Cannot use 'import.meta' outside a module",
];
// What may be right in a module: it is then tried inside an async function without the five names.
const PERHAPS_MODULE = [
  ...PARAMETERS.map((name) => `Identifier '${name}' has already been declared`),
  "await is only valid in async functions and the top level bodies of modules",
  "Unexpected reserved word",
  "missing ) after argument list",
];
const LINE_END = /\r\n|[\n\r\u2028\u2029]/g;

const decorate = decorator();

/** What adds the place to an error of a module; Node does so itself only when it prints the error. */
function decorator() {
  try {
    return require("internal/util").decorateErrorStack;
  } catch {
    return () => {};
  }
}

function checked({ path, data, context }) {
  const bytes = Buffer.from(data, "base64");
  const text = bytes.toString("utf8");
  const source = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  const error = errorOf(source, kindOf(path, context));
  return error === null ? null : problem(error, source, bytes.length, text.length - source.length);
}

/** "module", "commonjs", or "either" where only the text can tell. */
function kindOf(path, context) {
  if (path.endsWith(".mjs")) return "module";
  if (path.endsWith(".cjs")) return "commonjs";
  try {
    const type = JSON.parse(context).type;
    return type === "module" || type === "commonjs" ? type : "either";
  } catch {
    return "either";
  }
}

function errorOf(source, kind) {
  if (kind === "module") return moduleError(source);
  const error = functionError(source, PARAMETERS);
  if (error === null || kind === "commonjs") return error;
  return isModule(source, error) ? moduleError(source) : error;
}

function isModule(source, error) {
  if (MODULE_SYNTAX.includes(error.message)) return true;
  if (!PERHAPS_MODULE.includes(error.message)) return false;
  const wrapped = functionError(`(async function() {${source}})();`, []);
  return wrapped === null || MODULE_SYNTAX.includes(wrapped.message);
}

function functionError(source, parameters) {
  try {
    vm.compileFunction(source, parameters, { filename: "file" });
    return null;
  } catch (error) {
    return error;
  }
}

function moduleError(source) {
  try {
    new vm.SourceTextModule(source, { identifier: "file" });
    return null;
  } catch (error) {
    decorate(error);
    return error;
  }
}

/** The error with its place: its stack begins with `file:LINE`, the line, and a line of carets. */
function problem(error, source, size, mark) {
  const [start, end] = placeOf(String(error.stack).split(LINE_END), source);
  const offset = (index) => Math.min(size, Buffer.byteLength(source.slice(0, index)) + 3 * mark);
  return { message: String(error.message), start: offset(start), end: offset(end) };
}

function placeOf([header, text, carets], source) {
  const line = /^file:(\d+)$/.exec(header);
  if (line === null) return [0, 0];
  const begin = startOfLine(source, Number(line[1]));
  const column = carets.includes("^") ? carets.indexOf("^") : Math.min(carets.length, text.length);
  const start = Math.min(source.length, begin + column);
  return [start, Math.min(source.length, start + carets.trim().length)];
}

function startOfLine(source, line) {
  const ends = source.matchAll(LINE_END);
  let start = 0;
  for (let number = 1; number < line; number += 1) {
    const { value, done } = ends.next();
    if (done) return source.length;
    start = value.index + value[0].length;
  }
  return start;
}

function answer(question) {
  return question.files ? { problems: question.files.map(checked) } : { problem: checked(question) };
}

let rest = [];
process.stdin.on("data", (chunk) => {
  let begin = 0;
  for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, begin)) {
    const line = Buffer.concat([...rest, chunk.subarray(begin, end)]);
    rest = [];
    begin = end + 1;
    process.stdout.write(`${JSON.stringify(answer(JSON.parse(line)))}\n`);
  }
  rest.push(chunk.subarray(begin));
});
