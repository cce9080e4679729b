/*
 * Runs in a box, in a thread beside a program whose plain run did not end: samples where it is, and tells it
 * before the command's time is over. At seven tenths of it the process ends.
 */
'use strict';

const fs = require('node:fs');
const inspector = require('node:inspector');
const { workerData } = require('node:worker_threads');

const lines = require('./node_lines.cjs');

const EVERY = 20;
const END_SHARE = 0.7;
const PATIENCE = 1000;
const { shared, root, report, seconds } = workerData;
const session = new inspector.Session();
const scripts = new Map();
const hot = [];
let stack = [];

const pathOf = (url) => lines.pathOf(url, root);

function sampled({ params }) {
  const frames = [];
  for (const frame of params.callFrames.slice(0, 60)) {
    const path = pathOf(scripts.get(frame.location.scriptId) || frame.url);
    if (path !== null) {
      frames.unshift({ path, line: frame.location.lineNumber + 1, function: frame.functionName || '<anonymous>' });
    }
  }
  if (frames.length) stack = frames;
  hot.push(frames.length ? frames[frames.length - 1] : null);
  session.post('Debugger.resume');
}

function currentTest() {
  const view = Buffer.from(shared);
  const length = view.readUInt32LE(4);
  return view.subarray(8, 8 + Math.min(length, 4000)).toString('utf8');
}

function counted(places) {
  const counts = new Map();
  for (const place of places) {
    if (place === null) continue;
    const key = JSON.stringify([place.path, place.line]);
    counts.set(key, (counts.get(key) || 0) + 1);
  }
  const lines = [...counts].map(([key, count]) => [...JSON.parse(key), count]);
  return lines.sort((a, b) => b[2] - a[2]).slice(0, 40);
}

function post(method, given) {
  return new Promise((resolve) => {
    session.post(method, given, (error, result) => resolve(error ? null : result));
    setTimeout(() => resolve(null), PATIENCE);
  });
}

async function ran() {
  const found = {};
  const told = await post('Profiler.takePreciseCoverage');
  for (const script of told ? told.result : []) {
    const path = pathOf(script.url);
    if (path === null || !script.functions.some((one) => one.ranges.some((range) => range.count > 0))) continue;
    const source = await post('Debugger.getScriptSource', { scriptId: script.scriptId });
    const seen = lines.executed(script.functions, lines.parsed(source ? source.scriptSource : ''));
    if (seen.length) found[path] = lines.ranged(seen);
  }
  return found;
}

async function tell() {
  const test = currentTest();
  const threads = [{ name: 'main', still: 0, waits: false, frames: stack }];
  const samples = { is: 'samples', test, total: hot.length, lines: counted(hot.slice(hot.length >> 1)), threads };
  fs.appendFileSync(report, JSON.stringify(samples) + '\n');
  const record = { is: 'lines', test, outcome: test ? 'failed' : '', seconds: 0, lines: await ran() };
  fs.appendFileSync(report, JSON.stringify(record) + '\n');
  process.kill(process.pid, 'SIGKILL');
}

async function begin() {
  session.connectToMainThread();
  session.on('Debugger.scriptParsed', ({ params }) => scripts.set(params.scriptId, params.url));
  session.on('Debugger.paused', sampled);
  await post('Debugger.enable');
  await post('Profiler.enable');
  await post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  Atomics.store(new Int32Array(shared, 0, 1), 0, 1);
  const pausing = setInterval(() => session.post('Debugger.pause'), EVERY);
  setTimeout(() => {
    clearInterval(pausing);
    tell();
  }, seconds * 1000 * END_SHARE);
}

begin();
