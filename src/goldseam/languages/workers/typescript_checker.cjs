// Boxed worker: parses what it is sent with TypeScript's own parser, and runs none of it.
//
// A line in: {"path", "data": base64, "context"}, or {"files": [...]} of these. A line out:
// {"problem": null | {"message", "start", "end"}} with offsets in bytes, or {"problems": [...]}.
"use strict";

const ts = require("typescript");

const BYTE_ORDER_MARK = "\ufeff";
const KINDS = { ".tsx": ts.ScriptKind.TSX, ".jsx": ts.ScriptKind.JSX };

function checked({ path, data }) {
  const bytes = Buffer.from(data, "base64");
  const text = bytes.toString("utf8");
  const source = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  const first = firstProblem(path, source);
  if (first === undefined) return null;
  const mark = 3 * (text.length - source.length);
  const offset = (index) => Math.min(bytes.length, Buffer.byteLength(source.slice(0, index)) + mark);
  const message = ts.flattenDiagnosticMessageText(first.messageText, "\n");
  return { message, start: offset(first.start), end: offset(first.start + first.length) };
}

function firstProblem(path, source) {
  const kind = KINDS[path.slice(path.lastIndexOf(".")).toLowerCase()] ?? ts.ScriptKind.TS;
  try {
    return ts.createSourceFile(path, source, ts.ScriptTarget.ESNext, false, kind).parseDiagnostics[0];
  } catch (error) {
    return { messageText: String(error.message), start: 0, length: 0 };
  }
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
