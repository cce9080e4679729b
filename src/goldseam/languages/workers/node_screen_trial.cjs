/*
 * Runs in a box, in a process that tries candidates: what the tests of a program say of it. First the failing tests,
 * of each way to fail at most two; a program that turns none of these green is red. Then the others, quick ones
 * first. Where tests need those before them, all run in the order of the file.
 */
'use strict';

const A_WAY = 2;
const ALL_WAYS = 12;
const CHECKED = 20;
const MOST_HANGING = 3;
const WHOLE = 1_000;
const PARTIAL = 100;
const LATE = 'late';

/** A wanted test: how the unpatched program ends it, and how long that takes at least, in milliseconds. */
class Subject {
  /** `reds` are the failing ones of the wanted ids that it stands for. */
  constructor(key, unit, reds) {
    Object.assign(this, { key, id: unit.id, reds, red: reds.length > 0, way: null, time: Infinity });
  }

  isAs([passed, kind, text]) {
    if (!this.red) return passed;
    return !passed && this.way[0] === kind && (this.way[1] === null || this.way[1] === text);
  }
}

class Trial {
  /** `wanted` maps test ids to whether they fail; `tidy` puts the process in order before the program is loaded. */
  constructor(program, wanted, tidy) {
    this.tidy = tidy;
    this.program = program;
    this.wanted = wanted;
    this.subjects = [];
    this.lead = [];
    this.rest = [];
    this.isBroken = false;
    this.green = 0;
  }

  /** Load the program; its wanted tests by key, which is the id and how often it stood before. */
  * loaded(texts) {
    this.tidy();
    const units = yield* this.program.load(texts);
    const counts = new Map();
    const found = new Map();
    for (const unit of units) {
      const count = counts.get(unit.id) || 0;
      counts.set(unit.id, count + 1);
      if (!unit.skip) found.set(`${unit.id} ${count}`, unit);
    }
    return found;
  }

  /** Find out how the unpatched program ends its tests, by steps that `doing(steps, hangs)` gives; why not, or null. */
  * learn(doing) {
    let found;
    try {
      found = yield* doing(this.loaded(new Map()));
    } catch (error) {
      this.isBroken = this.wanted.get(`test::${this.program.main}`) === true;
      return this.isBroken ? null : `the tests cannot be loaded: ${error && error.message}`;
    }
    this.subjects = [];
    for (const [key, unit] of found) {
      const ids = this.program.idsOf(unit, this.wanted);
      if (ids.length) this.subjects.push(new Subject(key, unit, ids.filter((id) => this.wanted.get(id))));
    }
    const first = yield* this.observed(doing, this.subjects);
    this.settle(first);
    if (!this.choose(first)) return null;
    for (const ordered of [false, true]) {
      this.order(ordered);
      const again = [yield* this.observed(doing, this.all), yield* this.observed(doing, this.all)];
      if (again.every((outcomes) => this.isLike(outcomes))) return null;
    }
    return 'the tests end otherwise when they run again';
  }

  get all() {
    return [...this.lead, ...this.rest];
  }

  /** Milliseconds for all tests that end. */
  get time() {
    const times = this.subjects.filter(({ way }) => !way || way[0] !== LATE).map(({ time }) => time);
    return times.reduce((sum, one) => sum + (Number.isFinite(one) ? one : 0), 0);
  }

  /** What ends here otherwise than in its own run is left out. */
  settle(outcomes) {
    this.subjects = this.subjects.filter((one) => outcomes.get(one)[0] !== one.red);
  }

  choose(outcomes) {
    const ways = new Map();
    this.first = [];
    for (const one of this.subjects.filter(({ red }) => red)) {
      const [, kind, text] = outcomes.get(one);
      one.way = [kind, text];
      const way = `${kind} ${text}`;
      ways.set(way, (ways.get(way) || 0) + 1);
      if (ways.get(way) <= A_WAY && this.first.length < ALL_WAYS) this.first.push(one);
    }
    return this.first.length > 0;
  }

  order(ordered) {
    this.isOrdered = ordered;
    if (ordered) {
      const last = this.subjects.findLastIndex(({ red }) => red);
      this.lead = this.subjects.slice(0, last + 1);
      this.rest = this.subjects.slice(last + 1);
    } else {
      const quick = this.subjects.filter(({ red }) => !red).sort((one, other) => one.time - other.time);
      this.lead = this.first;
      this.rest = [...this.subjects.filter((one) => one.red && !this.first.includes(one)), ...quick];
    }
  }

  /** How each of these ends, in this order; behind one that hangs the program is loaded anew. */
  * observed(doing, subjects) {
    const outcomes = new Map();
    let units = null;
    let session;
    let hanging = 0;
    for (const one of subjects) {
      if (units === null) {
        units = yield* doing(this.loaded(new Map()));
        session = this.program.session();
      }
      const began = performance.now();
      const outcome = one.red && hanging >= MOST_HANGING ? null : yield* doing(session.run(units.get(one.key)), true);
      one.time = Math.min(one.time, performance.now() - began);
      outcomes.set(one, outcome || [false, LATE, '']);
      if (!outcome) {
        hanging += 1;
        units = null;
      }
    }
    if (units !== null) yield* doing(session.close());
    return outcomes;
  }

  /** Whether the tests ended as before; a text that differs is not looked at any more. */
  isLike(outcomes) {
    for (const one of this.all) {
      const [passed, kind, text] = outcomes.get(one);
      if (one.red && !passed && one.way[0] === kind && one.way[1] !== text && this.isOrdered) one.way[1] = null;
      if (!one.isAs([passed, kind, text])) return false;
    }
    return true;
  }

  /**
   * What the program with these texts does: which tests turn green, how many break, and the first failure. The
   * tests are those of the program as it was `loaded` before, if it was.
   */
  * judge(texts, loaded = null) {
    let units;
    try {
      units = loaded || (yield* this.loaded(texts));
    } catch (error) {
      return { green: 0, broken: 0, evidence: `the tests cannot be loaded: ${textOf(error)}`, mended: [] };
    }
    const told = { green: 0, broken: 0, evidence: '', mended: [] };
    this.green = 0;
    const session = this.program.session();
    if (this.isBroken) {
      for (const unit of units.values()) if (!told.evidence) note(told, unit.id, yield* session.run(unit));
      told.green = told.evidence ? 0 : 1;
      return told;
    }
    yield* this.judged(session, units, this.lead, told);
    if (!told.broken && (told.green || !this.lead.length)) yield* this.judged(session, units, this.rest, told);
    yield* session.close();
    return told;
  }

  * judged(session, units, subjects, told) {
    let left = told.evidence ? PARTIAL : WHOLE;
    for (const one of subjects) {
      left -= one.red ? 0 : one.time;
      if (left < 0 && !this.isOrdered) return;
      const unit = units.get(one.key);
      const outcome = unit ? yield* session.run(unit) : [false, 'missing', 'it is gone'];
      const [passed] = outcome;
      if (passed) {
        told.green += one.reds.length;
        told.mended.push(...one.reds);
        this.green = told.green;
      } else if (!one.red) {
        told.broken += 1;
        told.evidence = `${one.id} fails now: ${outcome[2]}`;
        return;
      }
      note(told, one.id, outcome);
    }
  }

  /** Whether the unpatched program still does what it did. */
  * isUnchanged(loaded = null) {
    let units;
    try {
      units = loaded || (yield* this.loaded(new Map()));
    } catch {
      return this.isBroken;
    }
    const session = this.program.session();
    let passing = 0;
    for (const one of this.isOrdered ? this.subjects : this.all) {
      if (one.red ? one.way[0] === LATE || !this.lead.includes(one) : (passing += 1) > CHECKED) continue;
      if (!one.isAs(yield* session.run(units.get(one.key)))) return false;
    }
    yield* session.close();
    return true;
  }
}

function note(told, id, [passed, kind, text]) {
  if (!passed && !told.evidence) told.evidence = `${id}: ${kind}: ${text}`;
}

function textOf(error) {
  return String(error && error.message ? error.message : error).slice(0, 300);
}

module.exports = { Trial, LATE };
