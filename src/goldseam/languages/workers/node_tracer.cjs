/*
 * Runs in a box, required before the program: tells which lines each test ran, and what the frames of a
 * failure held, by the inspector of the process itself. Environment and records are those of
 * `python_tracer.py`. No getter and no method of the project is called to show a value, and nothing here may
 * change what the program does: every entry is guarded.
 */
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const inspector = require('node:inspector');
const Module = require('node:module');
const { isMainThread, Worker } = require('node:worker_threads');

const lines = require('./node_lines.cjs');
const { kindOf, textOf } = require('./node_values.cjs');

const MAX_BYTES = 6_000_000;
const MAX_FAILURES = 200;
const MAX_NAMES = 12;
const MAX_PAUSES = 300;
const MAX_KEPT = 60;
const NOT_SHOWN = new Set(['exports', 'require', 'module', '__filename', '__dirname', 'this', 'arguments']);
const FRAME = /^\s+at (?:async )?(?:(.*?) \()?(?:file:\/\/)?([^()]+?):(\d+):(\d+)\)?$/;

const state = { root: '', report: '', left: MAX_BYTES, failures: MAX_FAILURES, test: '', begun: Date.now() };
const scripts = new Map();
const held = new Map();
const sources = new Map();
const shared = new SharedArrayBuffer(4096);
let session = null;
let pauses = 0;

function guarded(action) {
  return (...given) => {
    try {
      return action(...given);
    } catch {
      return undefined;
    }
  };
}

function write(record) {
  const data = JSON.stringify(record) + '\n';
  if (data.length > state.left) return;
  state.left -= data.length;
  const file = fs.openSync(state.report, 'a', 0o600);
  try {
    if (fs.fstatSync(file).size < 2 * MAX_BYTES) fs.writeSync(file, data);
  } finally {
    fs.closeSync(file);
  }
}

function rootOf(wanted) {
  let folder = process.cwd();
  for (;;) {
    if (fs.existsSync(path.join(folder, wanted))) return folder;
    const above = path.dirname(folder);
    if (above === folder) return '';
    folder = above;
  }
}

const pathOf = (url) => lines.pathOf(url, state.root);

function post(method, given) {
  let answer = null;
  session.post(method, given, (error, result) => {
    answer = error ? null : result;
  });
  return answer;
}

/* ---- lines ---- */

function sourceOf(id) {
  if (!sources.has(id)) {
    const told = post('Debugger.getScriptSource', { scriptId: id });
    sources.set(id, lines.parsed(told ? told.scriptSource : ''));
  }
  return sources.get(id);
}

function taken() {
  const told = post('Profiler.takePreciseCoverage');
  return told ? linesIn(told.result) : {};
}

function linesIn(result) {
  const found = {};
  for (const script of result) {
    const file = pathOf(script.url);
    if (file === null || !script.functions.some((one) => one.ranges.some((range) => range.count > 0))) continue;
    const ran = lines.executed(script.functions, sourceOf(script.scriptId));
    if (ran.length) found[file] = lines.ranged(ran);
  }
  return found;
}

function enter(name) {
  leave('');
  state.test = name;
  state.begun = Date.now();
  const data = Buffer.from(name.slice(0, 1000));
  const view = Buffer.from(shared);
  view.writeUInt32LE(data.length, 4);
  data.copy(view, 8);
}

function leave(outcome) {
  const ran = taken();
  if (Object.keys(ran).length || outcome) {
    write({ is: 'lines', test: state.test, outcome, seconds: (Date.now() - state.begun) / 1000, lines: ran });
  }
  state.test = '';
  Buffer.from(shared).writeUInt32LE(0, 4);
}

/* ---- failures ---- */

function paused({ params }) {
  pauses += 1;
  const data = params.data || {};
  if (params.reason === 'exception' || params.reason === 'promiseRejection') keep(params.callFrames, data);
  if (pauses === MAX_PAUSES) post('Debugger.setPauseOnExceptions', { state: 'uncaught' });
  if (pauses === 4 * MAX_PAUSES) post('Debugger.setPauseOnExceptions', { state: 'none' });
}

function keep(callFrames, data) {
  const key = String(data.description || data.value || '');
  if (held.has(key) || (!data.uncaught && held.size >= MAX_KEPT)) return;
  const frames = [];
  for (const frame of callFrames.slice(0, 40)) {
    const script = scripts.get(frame.location.scriptId) || frame.url;
    const file = pathOf(script);
    if (file === null) continue;
    frames.push({ path: file, line: frame.location.lineNumber + 1, variables: variables(frame) });
  }
  if (frames.length) held.set(key, frames);
}

function variables(frame) {
  const shown = new Map();
  const scopes = frame.scopeChain.filter(({ type }) => ['local', 'block', 'catch'].includes(type));
  for (const scope of scopes.slice(0, 4)) {
    const told = post('Runtime.getProperties', {
      objectId: scope.object.objectId, ownProperties: true, generatePreview: true,
    });
    for (const one of told ? told.result : []) {
      if (shown.size >= MAX_NAMES || !one.value || NOT_SHOWN.has(one.name) || shown.has(one.name)) continue;
      if (one.value.type === 'function') continue;
      shown.set(one.name, [one.name.slice(0, 80), kindOf(one.value), textOf(one.value)]);
    }
  }
  return [...shown.values()];
}

function fail(error) {
  if (state.failures <= 0) return;
  state.failures -= 1;
  const chain = [];
  for (let one = error, depth = 0; one && depth < 6; one = one.cause, depth += 1) chain.push(link(one));
  if (chain.length) write({ is: 'failure', test: state.test, chain });
}

function link(error) {
  if (typeof error !== 'object') return { kind: 'Uncaught', message: String(error).slice(0, 1000), frames: [] };
  const stack = String(error.stack || '');
  const known = held.get(stack) || [...held].find(([key]) => key && stack.startsWith(key.slice(0, 2000)))?.[1] || [];
  const frames = [];
  for (const line of stack.split('\n').slice(1, 60)) {
    const found = FRAME.exec(line);
    if (!found || found[2] === __filename) continue;
    const file = pathOf(found[2]);
    const number = Number(found[3]);
    const same = known.find((one) => one.path === file && one.line === number);
    frames.unshift({
      path: file || found[2], line: number, function: found[1] || '<anonymous>',
      variables: same ? same.variables : [],
    });
  }
  const first = Math.max(0, frames.findIndex((frame) => !/^(?:\/|node:)/.test(frame.path)));
  const kind = error.constructor && error.constructor.name !== 'Object' ? error.constructor.name : error.name;
  return { kind: String(kind || 'Error'), message: String(error.message).slice(0, 1000), frames: frames.slice(first) };
}

/* ---- test runners ---- */

function followNodeTest() {
  const { beforeEach, afterEach } = require('node:test');
  beforeEach(guarded((t) => { enter(`test::${t.name}`); }));
  afterEach(guarded((t) => {
    if (t.name !== state.test.slice('test::'.length)) return;
    const error = t.error && t.error.code === 'ERR_TEST_FAILURE' ? t.error.cause : t.error;
    if (t.passed === false && error && typeof error === 'object') fail(error);
    leave(t.passed === false ? 'failed' : 'passed');
  }));
}

function speaksOfNodeTest() {
  const main = process.argv[1];
  if (process.execArgv.includes('--test') || !main) return false;
  if (process.env.NODE_TEST_CONTEXT) return true;
  try {
    return /['"]node:test['"]/.test(fs.readFileSync(require.resolve(main), 'utf8'));
  } catch {
    return false;
  }
}

function followJest() {
  const load = Module._load;
  Module._load = function loaded(request, ...rest) {
    const module = load.call(this, request, ...rest);
    if (typeof request === 'string' && request.includes('jest-environment-')) guarded(patchJest)(module);
    return module;
  };
}

function patchJest(module) {
  const Environment = module && (module.TestEnvironment || module.default || module);
  if (typeof Environment !== 'function' || Environment.prototype.goldseam) return;
  Environment.prototype.goldseam = true;
  const before = Environment.prototype.handleTestEvent;
  Environment.prototype.handleTestEvent = async function handleTestEvent(event, told) {
    guarded(onJest)(event);
    return before ? before.call(this, event, told) : undefined;
  };
}

function onJest(event) {
  if (event.name === 'test_start') enter(jestName(event.test));
  if (event.name !== 'test_done') return;
  const [error] = event.test.errors || [];
  const shown = Array.isArray(error) ? error[0] : error;
  if (shown) fail(shown);
  leave(event.test.errors.length ? 'failed' : 'passed');
}

function jestName(test) {
  const names = [];
  for (let one = test; one && one.name !== 'ROOT_DESCRIBE_BLOCK'; one = one.parent) names.unshift(one.name);
  return `test::${names.join(' ')}`;
}

/* ---- where a run that does not end is found ---- */

function watch() {
  const data = {
    shared, root: state.root, report: state.report,
    seconds: Number(process.env.GOLDSEAM_TRACE_SECONDS), file: __filename.replace('node_tracer', 'node_watch'),
  };
  const flag = new Int32Array(shared, 0, 1);
  const worker = new Worker(data.file, { workerData: data, execArgv: [], stdout: false, stderr: false });
  worker.unref();
  worker.on('error', () => {});
  const end = Date.now() + 2000;
  while (Atomics.load(flag, 0) === 0 && Date.now() < end);
}

function begin() {
  state.root = rootOf(process.env.GOLDSEAM_TRACE_FILE);
  state.report = process.env.GOLDSEAM_TRACE;
  if (!state.root || !state.report) return;
  session = new inspector.Session();
  session.connect();
  session.on('Debugger.scriptParsed', ({ params }) => scripts.set(params.scriptId, params.url));
  session.on('Debugger.paused', guarded(paused));
  post('Profiler.enable');
  post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  post('Debugger.enable');
  if (process.env.GOLDSEAM_TRACE_WATCH) {
    guarded(watch)();
  } else {
    post('Debugger.setBlackboxPatterns', { patterns: ['^node:', 'node_modules'] });
    post('Debugger.setPauseOnExceptions', { state: 'all' });
  }
  process.on('uncaughtExceptionMonitor', guarded(fail));
  process.on('exit', guarded(() => leave(state.test ? 'failed' : '')));
  if (speaksOfNodeTest()) guarded(followNodeTest)();
  followJest();
}

if (isMainThread && process.env.GOLDSEAM_TRACE) guarded(begin)();
