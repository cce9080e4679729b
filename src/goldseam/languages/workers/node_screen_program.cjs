/*
 * Runs in a box, in a process that tries candidates: a program of Node itself that registers its tests by
 * `node:test`, in the place where Node would have run it.
 */
'use strict';

const Module = require('node:module');
const { Loader } = require('./node_screen_load.cjs');
const registry = require('./node_screen_registry.cjs');
const { Session, nodeStyle } = require('./node_screen_tests.cjs');

class Program {
  constructor(root, main, real) {
    const shim = registry.substitute(real);
    this.main = main;
    this.loader = new Loader(root, { 'node:test': shim });
    this.style = nodeStyle(real);
    this.current = null;
    this.strayed = null;
  }

  get isForeign() {
    return this.loader.isForeign;
  }

  get canExchange() {
    return true;
  }

  /** The wanted ids that a test stands for: its own, or those of its subtests, which Node tells in its place. */
  idsOf(unit, wanted) {
    if (wanted.has(unit.id)) return [unit.id];
    return [...wanted.keys()].filter((id) => id.startsWith(`${unit.id}::`));
  }

  exported() {
    return this.loader.exported();
  }

  /** The global object of the program. */
  get realm() {
    return globalThis;
  }

  session() {
    this.current = new Session(this.style);
    return this.current;
  }

  stray(failure) {
    this.strayed ??= failure;
    if (this.current) this.current.stray ??= failure;
  }

  * load(texts) {
    registry.renew();
    this.strayed = this.current = null;
    const loading = this.loader.load(this.main, texts);
    if (loading) yield loading;
    for (let at = 0; at < registry.state.waiting.length; at += 1) yield registry.state.waiting[at];
    process._tickCallback();
    if (this.strayed) throw this.strayed.error;
    return registry.unitsOf(registry.state.root);
  }
}

function begin(Screen, job) {
  const real = require('node:test');
  Module.runMain = () => setImmediate(() => new Screen(new Program(job.root, job.main, real)).run());
}

module.exports = { begin };
