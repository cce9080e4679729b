/*
 * Runs in a box, in the controller of a screening of tests: which candidates are tried where, and what is told of
 * them. Those that hit the limit are tried again with more time; those that no worker can try, from their bytes on
 * disk, one process a candidate.
 */
'use strict';

const OPEN = 'open';
const ALONE = 'alone';
const LATE = 'late';
const FOUND = 'found';
const LEAST_SHARE = 250;
const LATER = 1_000;
const MOST_DOUBTED = 4;
const MOST_BITS = 128n;
const MOST_DEATHS = 3;
const MOST_PROBED = 40;
const PROBING = 3_000;
const MOST_SLOWED = 4;
/** A probe is bounded in processor time, in milliseconds, and in so many times of that on a busy machine. */

class Rounds {
  constructor(control, programs) {
    this.control = control;
    this.plan = control.plan;
    this.programs = programs;
    this.wanted = [...this.plan.tests].map(([test, { red }]) => [test, red]);
    this.states = this.plan.candidates.map(() => OPEN);
    this.found = this.plan.candidates.map(() => ({ green: 0, broken: 0, evidence: '', mended: [] }));
    this.numbers = new Map(this.wanted.filter(([, red]) => red).map(([test], number) => [test, BigInt(number)]));
    this.told = new Set();
    this.passing = Math.max(1, this.plan.tests.size - this.plan.reds);
  }

  those(state) {
    return [...this.states.keys()].filter((at) => this.states[at] === state);
  }

  async run() {
    const known = [];
    for (const program of this.programs) known.push(await this.round(program, this.those(OPEN), false));
    const reds = new Set(known.flatMap((one) => (one.isBroken ? [`test::${one.main}`] : one.reds || [])));
    if (!this.plan.reds || reds.size < this.plan.reds) {
      this.control.write({ is: 'unable', why: known.find(({ why }) => why)?.why || 'the failing tests were not found' });
      return;
    }
    for (const one of known) {
      const hasReds = !one.reds || one.reds.length > 0 || one.isBroken;
      const left = this.those(OPEN).filter((at) => hasReds || this.isPromising(at));
      if (!one.isFit) left.forEach((at) => { this.states[at] = ALONE; });
      else if (!one.hasRun) await this.round(one.program, this.those(OPEN).filter((at) => this.isPromising(at)), true);
    }
    this.tell(this.those(OPEN));
    await this.eachAlone();
    const hasReds = ({ reds, isBroken }) => Boolean(isBroken || (reds && reds.length));
    const ordered = [...known.filter(hasReds), ...known.filter((one) => !hasReds(one))];
    await this.behaviours(ordered.map(({ program }) => program));
  }

  /** Try candidates on one program; what its reference told. Those that were late get a second round. */
  async round(program, which, isForAll) {
    const first = await this.tried(program, which, { isForAll });
    const late = which.filter((at) => this.states[at] === LATE);
    const share = Math.max(LEAST_SHARE, Math.min(LATER, this.control.left / 2 / late.length));
    if (late.length && this.control.left > 0) await this.again(program, late, share, isForAll);
    return first;
  }

  /** Those that are late even now do not end; some that turned a test green are left to the judge. */
  async again(program, late, share, isForAll) {
    for (const at of late) this.states[at] = OPEN;
    await this.tried(program, late, { isForAll, isPatient: true, share });
    const still = late.filter((at) => this.states[at] === LATE);
    still.sort((one, other) => this.found[other].green - this.found[one].green);
    let doubted = 0;
    for (const at of still) {
      const isDoubtful = this.found[at].green > 0 && (doubted += 1) <= MOST_DOUBTED;
      if (isDoubtful) this.told.add(at);
      this.found[at].evidence ||= 'did not end';
      this.states[at] = FOUND;
    }
    this.tell(still);
  }

  async tried(program, which, given) {
    let queue = which;
    let reference = null;
    let leaks = false;
    let isCareful = false;
    let deaths = 0;
    while (this.control.left > 0 && (queue.length || reference === null)) {
      const { how, at, records } = await this.control.work(program, { wanted: this.wanted, which: queue, isCareful, ...given });
      const hasWritten = this.control.tree.restore();
      reference = { ...records.find((one) => one.is === 'reference'), program, main: program.main };
      reference.isFit = Boolean(reference.isFit) && !hasWritten;
      if (!reference.isFit) return reference;
      for (const one of records) if (one.is === 'results') one.results.forEach((result) => this.take(...result));
      const seen = new Set();
      for (const one of records) if (one.is === 'results') one.results.forEach(([place]) => seen.add(place));
      const isOver = records.some((one) => one.is === 'done') || how === 'over';
      leaks ||= records.some((one) => one.is === 'leak');
      queue = queue.filter((place) => !seen.has(place));
      reference.hasRun = seen.size > 0 || !which.length;
      if (isOver || (!seen.size && !reference.reds.length && !reference.isBroken && !given.isForAll)) return reference;
      const isKnown = isCareful || given.isPatient;
      isCareful = leaks || (how !== 'ended' && !isKnown);
      if (how !== 'ended' && isKnown && queue.includes(at)) {
        this.states[at] = how === 'late' && !given.isPatient ? LATE : ALONE;
        queue = queue.filter((place) => place !== at);
      } else if (!seen.size) {
        deaths += 1;
      }
      if (deaths > MOST_DEATHS) break;
    }
    for (const at of queue) if (this.control.left > 0) this.states[at] = ALONE;
    return reference || { program, main: program.main, isFit: false };
  }

  take(at, state, green, broken, evidence, mended = []) {
    const found = this.found[at];
    found.mended.push(...mended);
    found.green += green;
    if (state) {
      this.states[at] = state;
      return;
    }
    found.broken += broken;
    found.evidence ||= evidence;
    found.isSeen = true;
  }

  isPromising(at) {
    const { green, evidence } = this.found[at];
    return !evidence && green > 0;
  }

  /** Write down for good what was found of these. */
  tell(which) {
    const records = [];
    for (const at of which) {
      const { green, broken, evidence, mended, isSeen } = this.found[at];
      if (this.told.has(at) || (!isSeen && this.states[at] !== FOUND)) continue;
      this.told.add(at);
      const gain = broken ? -broken / this.passing : evidence ? Math.min(1, green / this.plan.reds) : 1;
      const mark = evidence ? 'red' : 'promising';
      const mask = broken ? '0' : this.mask(mended);
      records.push({ is: 'screened', at, mark, gain: Math.max(-1, gain), evidence, mended: mask });
    }
    this.control.write(...records);
  }

  /** Red tests, a bit each, as a hexadecimal number. */
  mask(tests) {
    const bits = new Set(tests.map((test) => this.numbers.get(test)).filter((one) => one !== undefined && one < MOST_BITS));
    return [...bits].reduce((sum, one) => sum | (1n << one), 0n).toString(16);
  }

  /** Each candidate that is left, from its bytes on disk. */
  async eachAlone() {
    for (const at of this.those(ALONE)) {
      if (this.control.left < 0) return;
      const found = await this.control.laid(at, () => this.alone(at));
      if (!found) continue;
      this.found[at] = { ...found, isSeen: true };
      this.states[at] = FOUND;
      this.tell([at]);
    }
  }

  async alone(at) {
    const tests = {};
    let why = '';
    for (const program of this.programs) {
      const { how, records } = await this.control.work(program, { which: [], wanted: this.wanted, isAlone: true });
      if (how === 'over') return null;
      const record = records.find((one) => one.is === 'alone');
      why = why || (record ? record.why : how === 'late' ? 'did not end' : 'ended the process');
      for (const [test, outcome] of Object.entries(record ? record.tests : {})) {
        if (!tests[test] || tests[test][0]) tests[test] = outcome;
      }
    }
    return this.weighed(tests, why);
  }

  /** Where several are promising: what they do with inputs made of those that a program's tests give. */
  async behaviours(programs) {
    const which = [...this.told].sort((one, other) => one - other).filter((at) => this.isPromising(at)).slice(0, MOST_PROBED);
    if (which.length < 2) return;
    const end = Math.min(this.plan.end, Date.now() + MOST_SLOWED * PROBING);
    for (const program of programs) if (Date.now() < end && (await this.probed(program, which, end))) return;
  }

  /** Whether the program's tests give inputs. What dies is not told; the others go on in a process of their own. */
  async probed(program, which, end) {
    let queue = which;
    let texts = null;
    let most = PROBING;
    while (queue.length && most > 0 && Date.now() < end) {
      const given = { which: queue, wanted: this.wanted, isProbe: true, texts, end, most };
      const { how, at, records } = await this.control.work(program, given);
      this.control.tree.restore();
      const told = records.filter(({ is }) => is === 'behaviour');
      this.control.write(...told.filter(({ behaviour }) => behaviour.length));
      texts ||= records.find(({ is }) => is === 'inputs')?.texts || null;
      if (!texts || (how === 'ended' && !told.length)) break;
      most -= how === 'late' ? PROBING / 2 : records[records.length - 1].spent;
      const seen = new Set(told.map((one) => one.at));
      queue = queue.filter((one) => !seen.has(one) && (how === 'ended' || one !== at));
      if (how !== 'ended' && at < 0) break;
    }
    return texts !== null;
  }

  /** What outcomes by test id say; a program that could not be loaded before stands for all its tests. */
  weighed(tests, why) {
    const found = { green: 0, broken: 0, evidence: '', mended: [] };
    for (const [test, isRed] of this.wanted) {
      const isFile = isRed && this.programs.some(({ main }) => test === `test::${main}`);
      const whole = [!why && Object.values(tests).every(([one]) => one), why];
      const [passed, text] = isFile ? whole : tests[test] || [false, why || 'it is gone'];
      if (passed && isRed) {
        found.green += 1;
        found.mended.push(test);
      }
      if (!passed && !isRed) found.broken += 1;
      if (!passed) found.evidence ||= `${test}${isRed ? '' : ' fails now'}: ${text}`;
    }
    return found;
  }
}

module.exports = { Rounds };
