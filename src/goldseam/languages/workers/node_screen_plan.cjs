/*
 * Runs in a box, in the controller of a screening: what is to be screened, candidates' bytes in the box's copy of
 * the project, and the project's files as they were.
 */
'use strict';

const fs = require('node:fs');
const path = require('node:path');

const NOT_LOOKED_AT = new Set(['.git', '.venv', 'venv', 'node_modules', 'coverage', '.nyc_output']);
const MOST_FILES = 5_000;
const MOST_BYTES = 50_000_000;
const SHARE = 0.95;
const RESERVE = 200;

/** The plan of `batch.json`; `root` is the project's folder, `end` a moment of the clock in milliseconds. */
function readPlan(born) {
  const batch = process.env.GOLDSEAM_SCREEN;
  const told = JSON.parse(fs.readFileSync(batch, 'utf8'));
  const tests = new Map(Object.entries(told.tests).map(([test, [outcome, seconds]]) => [test, { red: outcome === 'failed', seconds }]));
  return {
    mode: process.env.GOLDSEAM_SCREEN_MODE, batch, command: told.command, candidates: told.candidates, tests, ran: told.ran * 1000,
    root: rootOf(told.path), end: born + SHARE * 1000 * told.seconds - RESERVE,
    reds: [...tests.values()].filter(({ red }) => red).length,
  };
}

/** The nearest folder from here upwards below which the path exists, links resolved; empty if none. */
function rootOf(wanted) {
  let folder = fs.realpathSync(process.cwd());
  while (!fs.existsSync(path.join(folder, wanted))) {
    if (folder === path.dirname(folder)) return '';
    folder = path.dirname(folder);
  }
  return folder;
}

/** `data` with edits `[start, end, base64]` applied. */
function applied(data, edits) {
  const parts = [];
  let position = 0;
  for (const [start, end, text] of [...edits].sort((one, other) => one[0] - other[0] || one[1] - other[1])) {
    parts.push(data.subarray(position, start), Buffer.from(text, 'base64'));
    position = end;
  }
  return Buffer.concat([...parts, data.subarray(position)]);
}

/** A candidate's bytes on disk; returns what puts the old ones back, or null if a file cannot be written. */
function lay(root, candidate) {
  const before = [];
  const undo = () => before.forEach(([place, data, state]) => {
    fs.writeFileSync(place, data);
    fs.utimesSync(place, state.atime, state.mtime);
  });
  try {
    for (const [file, edits] of candidate) {
      const place = path.join(root, file);
      const state = fs.statSync(place);
      const data = fs.readFileSync(place);
      before.push([place, data, state]);
      fs.writeFileSync(place, applied(data, edits));
    }
  } catch {
    undo();
    return null;
  }
  return undo;
}

/** The files below a folder, dependencies aside; nothing is known where they are too many to keep. */
class Tree {
  constructor(root) {
    this.root = root;
    this.files = new Map();
    this.folders = new Set();
    let left = MOST_BYTES;
    for (const [place, state] of this.walk()) {
      if (state === null) {
        this.folders.add(place);
        continue;
      }
      left -= state.size;
      if (left < 0 || this.files.size >= MOST_FILES) {
        this.files = null;
        return;
      }
      this.files.set(place, { state, data: fs.readFileSync(place) });
    }
  }

  /** Remove what is new, write again what was changed or removed; whether anything was. */
  restore() {
    if (this.files === null) return false;
    const found = new Map(this.walk());
    let changed = false;
    for (const [place, state] of [...found].reverse()) {
      if (state === null ? this.folders.has(place) : this.files.has(place)) continue;
      fs.rmSync(place, { recursive: true, force: true });
      changed = true;
    }
    for (const [place, { state, data }] of this.files) {
      const now = found.get(place);
      if (now && now.mtimeMs === state.mtimeMs && now.size === state.size) continue;
      fs.mkdirSync(path.dirname(place), { recursive: true });
      fs.writeFileSync(place, data);
      fs.utimesSync(place, state.atime, state.mtime);
      this.files.set(place, { state: fs.lstatSync(place), data });
      changed = true;
    }
    return changed;
  }

  /** Folders before what is in them; the state of a folder is null. */
  * walk(folder = this.root) {
    for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
      const place = path.join(folder, entry.name);
      if (entry.isDirectory() && !NOT_LOOKED_AT.has(entry.name)) {
        yield [place, null];
        yield* this.walk(place);
      } else if (entry.isFile()) {
        yield [place, fs.lstatSync(place)];
      }
    }
  }
}

module.exports = { readPlan, applied, lay, Tree };
