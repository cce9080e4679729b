/*
 * Runs in a box, in a process that tries candidates: what a candidate may do to the process itself, and how that is
 * put back or noticed. A program that asks for its own end gets an exception; one that looks at the files under
 * repair, or starts a process, sees the unpatched text, and is tried again from its bytes on disk.
 */
'use strict';

const childProcess = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const workers = require('node:worker_threads');
const { Exited } = require('./node_screen_tests.cjs');

const STARTS = ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork'];
const READS = ['readFileSync', 'readFile', 'createReadStream', 'openSync', 'open', 'copyFileSync'];

const BUILTINS = ['Object', 'Function', 'Array', 'String', 'Number', 'Boolean', 'Map', 'Set', 'Promise', 'Date', 'RegExp', 'Error'];

const FRAMES = 0;
/** Nobody reads where an error was thrown, and to find that out takes longer than most tests. */

class World {
  /** `names` are the base names of the files under repair. */
  constructor(names) {
    this.names = names;
    this.hasLooked = false;
    this.isWatched = true;
    this.folder = process.cwd();
    this.environment = { ...process.env };
    this.isChanged = false;
    this.numbers = new Map();
  }

  begin() {
    const nothing = (data, encoding, done) => {
      const told = typeof encoding === 'function' ? encoding : done;
      if (typeof told === 'function') process.nextTick(told);
      return true;
    };
    process.stdout.write = process.stderr.write = nothing;
    const exit = (code) => {
      throw new Exited(`the process ended with exit code ${code ?? process.exitCode ?? 0}`);
    };
    this.end = process.reallyExit.bind(process);
    process.exit = process.reallyExit = process.abort = exit;
    this.guardEnvironment();
    const chdir = process.chdir.bind(process);
    process.chdir = (folder) => {
      this.isChanged = true;
      chdir(folder);
    };
    this.goBack = () => chdir(this.folder);
    this.watch();
    Error.stackTraceLimit = FRAMES;
    this.keys = new Set(Reflect.ownKeys(globalThis));
  }

  guardEnvironment() {
    const held = { ...this.environment };
    const change = (action) => (...given) => {
      this.isChanged = true;
      return action(...given);
    };
    process.env = new Proxy(held, {
      set: change((target, name, value) => Reflect.set(target, name, String(value))),
      defineProperty: change(Reflect.defineProperty),
      deleteProperty: change(Reflect.deleteProperty),
    });
    this.held = held;
  }

  watch() {
    const look = (module, names, isLook) => {
      for (const name of names) {
        const before = module[name];
        if (typeof before !== 'function') continue;
        const world = this;
        const after = function watched(...given) {
          if (world.isWatched && isLook(given)) world.hasLooked = true;
          return new.target ? Reflect.construct(before, given, new.target) : Reflect.apply(before, this, given);
        };
        module[name] = Object.defineProperties(after, Object.getOwnPropertyDescriptors(before));
      }
    };
    const isSource = ([place]) => (typeof place === 'string' || place instanceof URL) && this.names.has(path.basename(String(place)));
    look(fs, READS, isSource);
    look(fs.promises, ['readFile', 'open'], isSource);
    look(childProcess, STARTS, () => true);
    look(workers, ['Worker'], () => true);
    require('node:module').syncBuiltinESMExports();
  }

  /** Put back what the last candidate did to the process, but for new globals. */
  restore() {
    process.exitCode = undefined;
    if (Error.stackTraceLimit !== FRAMES) Error.stackTraceLimit = FRAMES;
    if (this.isChanged) {
      for (const name of Object.keys(this.held)) delete this.held[name];
      Object.assign(this.held, this.environment);
      this.goBack();
      this.isChanged = false;
    }
  }

  /** Put back all of it; whether there was no new global. */
  tidy() {
    this.restore();
    const added = Reflect.ownKeys(globalThis).filter((key) => !this.keys.has(key));
    for (const key of added) Reflect.deleteProperty(globalThis, key);
    return added.length === 0;
  }

  /** What all programs of this process share, in short: globals, what is open, and the methods of a realm's own classes. */
  shared(realm) {
    const parts = [Reflect.ownKeys(globalThis).length, process.getActiveResourcesInfo().length];
    for (const name of BUILTINS) {
      for (const held of [realm[name], realm[name].prototype]) {
        for (const { value } of Object.values(Object.getOwnPropertyDescriptors(held))) {
          if (typeof value === 'function' && !this.numbers.has(value)) this.numbers.set(value, this.numbers.size);
          parts.push(this.numbers.get(value));
        }
      }
    }
    return parts.join();
  }
}

module.exports = { World };
