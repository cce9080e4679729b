// Boxed worker: what TypeScript's language service says of names and types in JavaScript and TypeScript.
//
// A line in: {"files": {path: text}}. A line out: {"findings": [{"path", "rule", "message", "start", "end",
// "options"}]}: offsets in bytes of UTF-8, `options` names that may have been meant, the compiler's first. Nothing
// of the project is run or loaded: no configuration, no plugin, no file but those that were sent.
"use strict";

const path = require("node:path");
const ts = require("typescript");

const ROOT = "/project";
const LIBRARIES = path.dirname(require.resolve("typescript"));
const TYPES = path.join(process.env.NODE_PATH, "@types");
const AMBIENT = `${ROOT}/.ambient.d.ts`;
const GIVEN = [
  "describe it test expect jest vi suite specify before after beforeEach afterEach beforeAll afterAll",
  "window document navigator location localStorage sessionStorage history alert define",
];
const GIVEN_TEXT = GIVEN.join(" ").split(" ").map((name) => `declare var ${name}: any;`).join("\n");
const OPTIONS = {
  allowJs: true,
  checkJs: true,
  noEmit: true,
  skipLibCheck: true,
  skipDefaultLibCheck: true,
  strict: false,
  noImplicitAny: false,
  allowUnreachableCode: true,
  allowUnusedLabels: true,
  esModuleInterop: true,
  resolveJsonModule: true,
  allowImportingTsExtensions: true,
  useUnknownInCatchVariables: false,
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.Preserve ?? ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  jsx: ts.JsxEmit.Preserve,
  lib: ["lib.esnext.d.ts"],
  types: ["node"],
  typeRoots: [TYPES],
};
const MEANT = /Did you mean (?:to write |the (?:instance|static) member )?'([^']+)'\?/;
const MOST = 200;
const NO_NAME = 2304;
const NO_MEMBER = 2339;

const sources = new Map();
let names = [];

const isOurs = (file) => file === AMBIENT || sources.has(file);
const isTool = (file) => file.startsWith(LIBRARIES) || file.startsWith(path.dirname(TYPES));
const textOf = (file) => (file === AMBIENT ? GIVEN_TEXT : sources.get(file)?.text);

const host = {
  getCompilationSettings: () => OPTIONS,
  getScriptFileNames: () => [AMBIENT, ...names],
  getScriptVersion: (file) => String(sources.get(file)?.version ?? 0),
  getScriptSnapshot: (file) => {
    const text = textOf(file) ?? (isTool(file) ? ts.sys.readFile(file) : undefined);
    return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
  },
  getCurrentDirectory: () => ROOT,
  getDefaultLibFileName: () => path.join(LIBRARIES, "lib.esnext.d.ts"),
  fileExists: (file) => isOurs(file) || (isTool(file) && ts.sys.fileExists(file)),
  readFile: (file) => textOf(file) ?? (isTool(file) ? ts.sys.readFile(file) : undefined),
  directoryExists: (folder) =>
    [...sources.keys()].some((file) => file.startsWith(`${folder}/`)) || isTool(`${folder}/`),
  getDirectories: (folder) => (folder === TYPES ? ["node"] : []),
  useCaseSensitiveFileNames: () => true,
  realpath: (file) => file,
};
const service = ts.createLanguageService(host, ts.createDocumentRegistry());

function take(files) {
  const given = Object.entries(files).map(([name, text]) => [path.posix.join(ROOT, name), text]);
  names = given.map(([name]) => name);
  for (const old of [...sources.keys()]) if (!names.includes(old)) sources.delete(old);
  for (const [name, text] of given) {
    const known = sources.get(name);
    if (known?.text !== text) sources.set(name, { text, version: (known?.version ?? 0) + 1 });
  }
}

function findingsIn(name) {
  let found;
  try {
    found = service.getSemanticDiagnostics(name);
  } catch {
    return [];
  }
  return found.filter((each) => each.start !== undefined).slice(0, MOST).map((each) => finding(name, each));
}

function finding(name, { code, start, length, messageText }) {
  const message = ts.flattenDiagnosticMessageText(messageText, "\n").split("\n")[0];
  const source = sources.get(name).text;
  const text = source.slice(start, start + length);
  return {
    path: path.posix.relative(ROOT, name),
    rule: `TS${code}`,
    message,
    text,
    start: Buffer.byteLength(source.slice(0, start)),
    end: Buffer.byteLength(source.slice(0, start + length)),
    options: optionsFor(name, code, start, MEANT.exec(message)?.[1]),
  };
}

/** Names that could stand here: what the compiler means, members of the object, or names in scope. */
function optionsFor(name, code, start, meant) {
  if (meant !== undefined) return [meant];
  const program = service.getProgram();
  const file = program.getSourceFile(name);
  const checker = program.getTypeChecker();
  const token = file && ts.getTokenAtPosition?.(file, start);
  if (!token) return [];
  if (code === NO_MEMBER && ts.isPropertyAccessExpression(token.parent)) {
    const type = checker.getApparentType(checker.getTypeAtLocation(token.parent.expression));
    return checker.getPropertiesOfType(type).map((each) => each.name).filter(isName).slice(0, MOST);
  }
  if (code !== NO_NAME) return [];
  const own = (symbol) => symbol.declarations?.some((each) => sources.has(each.getSourceFile().fileName));
  return checker.getSymbolsInScope(token, ts.SymbolFlags.Value).filter(own).map((each) => each.name);
}

const isName = (name) => /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name);

function answer({ files }) {
  take(files);
  return { findings: names.flatMap(findingsIn) };
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
