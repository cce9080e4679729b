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
  const told = found.filter((each) => each.start !== undefined).slice(0, MOST);
  return [...told.map((each) => finding(name, each)), ...callsIn(name)];
}

/** What the compiler lets pass in JavaScript: results of functions that give none, arguments left out, promises
 * that nobody waits for. */
function callsIn(name) {
  const program = service.getProgram();
  const file = program.getSourceFile(name);
  const checker = program.getTypeChecker();
  const found = [];
  const visit = (node) => {
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      try {
        found.push(...ofCall(node, checker));
      } catch {
        // The compiler knows too little of this call.
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found.slice(0, MOST);
}

function* ofCall(call, checker) {
  const declaration = checker.getResolvedSignature(call)?.declaration;
  if (declaration && isOurs(declaration.getSourceFile().fileName)) {
    yield* leftOut(call, declaration);
    if (ts.isCallExpression(call)) yield* withoutResult(call, declaration);
    yield* notAwaited(call, declaration);
  }
  const callback = call.arguments?.[0];
  if (NEED_A_RESULT.test(call.expression.name?.text ?? "") && isPlainFunction(callback)) {
    yield* giving(callback, `what is given to '${call.expression.name.text}' returns nothing`);
  }
}

const NEED_A_RESULT = /^(?:map|flatMap|filter|find|findIndex|some|every|reduce|sort)$/;
const isFunction = (node) => node !== undefined && ts.isFunctionLike(node) && node.body !== undefined;
const isAsync = (node) => node.modifiers?.some((each) => each.kind === ts.SyntaxKind.AsyncKeyword) ?? false;
const isPlainFunction = (node) => isFunction(node) && ts.isBlock(node.body) && !isAsync(node);

/** A function whose result is used and that ends with a value that it does not return. */
function* withoutResult(call, declaration) {
  const used = ts.isAwaitExpression(call.parent) ? call.parent : call;
  const isUsed = !ts.isExpressionStatement(used.parent) && !ts.isVoidExpression(used.parent)
    && !ts.isArrowFunction(used.parent) && !ts.isReturnStatement(used.parent);
  if (isUsed && isFunction(declaration) && ts.isBlock(declaration.body) && !declaration.asteriskToken) {
    yield* giving(declaration, "its result is used, and it returns nothing");
  }
}

function* giving(declaration, message) {
  const last = declaration.body.statements.at(-1);
  if (last && ts.isExpressionStatement(last) && isValue(last.expression) && !returnsValue(declaration.body)) {
    yield own(last, "without result", message);
  }
}

const isValue = (node) => !ts.isBinaryExpression(node) || node.operatorToken.kind > ts.SyntaxKind.LastAssignment
  || node.operatorToken.kind < ts.SyntaxKind.FirstAssignment;

function returnsValue(node) {
  if (ts.isReturnStatement(node)) return node.expression !== undefined;
  if (ts.isFunctionLike(node)) return false;
  return ts.forEachChild(node, (child) => returnsValue(child) || undefined) ?? false;
}

/** Arguments left out that the function uses as they come. */
function* leftOut(call, declaration) {
  const given = call.arguments ?? [];
  if (given.some(ts.isSpreadElement) || !isFunction(declaration)) return;
  const missing = declaration.parameters.slice(given.length).filter((each) => each.name.text !== "this");
  const text = declaration.body.getText();
  const needed = missing.filter((each) => !each.initializer && !each.questionToken && !each.dotDotDotToken
    && ts.isIdentifier(each.name) && isNeeded(each.name.text, text));
  const isScript = /\.[cm]?jsx?$/.test(call.getSourceFile().fileName);
  if (needed.length > 0 && isScript) yield own(call, "left out", `'${needed[0].name.text}' is left out`);
}

function isNeeded(name, text) {
  const word = name.replace(/\$/g, "\\$&");
  const guarded = new RegExp(`(?:if|while) \\(!?${word}\\b|${word}\\s*(?:\\?|&&|\\|\\||[!=]==?)|typeof ${word}\\b`);
  return new RegExp(`(?<![\\w$.])${word}\\b`).test(text) && !guarded.test(text) && !/\barguments\b/.test(text);
}

/** The promise of an async function taken for its result. */
function* notAwaited(call, declaration) {
  const variable = call.parent;
  const isTaken = ts.isVariableDeclaration(variable) && variable.initializer === call && ts.isIdentifier(variable.name);
  if (!isAsync(declaration) || !(isTaken || ts.isPropertyAccessExpression(variable))) return;
  if (!isTaken) {
    if (!/^(?:then|catch|finally)$/.test(variable.name.text)) yield own(call, "not awaited", "it gives a promise");
    return;
  }
  const name = variable.name.text.replace(/\$/g, "\\$&");
  const rest = call.getSourceFile().text.slice(call.end);
  const waits = new RegExp(`await\\s+(?:Promise\\.\\w+\\(\\[?[^;]*)?\\b${name}\\b|\\b${name}\\.(?:then|catch|finally)\\b|Promise\\.\\w+\\([^;]*\\b${name}\\b`);
  if (!waits.test(rest)) yield own(call, "not awaited", `'${variable.name.text}' is a promise`);
}

function own(node, rule, message) {
  const file = node.getSourceFile();
  const offset = (index) => Buffer.byteLength(file.text.slice(0, index));
  const place = path.posix.relative(ROOT, file.fileName);
  return { path: place, rule, message, start: offset(node.getStart()), end: offset(node.end), options: [] };
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
