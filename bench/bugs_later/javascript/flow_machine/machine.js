"use strict";

/**
 * A state machine: `{ state: { on: { event: { to, when, act } }, enter, exit } }`.
 *
 * A step is taken if its `when(data)` holds or it has none. Then `exit(data)` of the state that is left, `act(data)`
 * of the step and `enter(data)` of the new state are called in this order. A step without `to` leads back into the
 * same state.
 */
class Machine {
  constructor(flow, start, data = {}) {
    if (!(start in flow)) {
      throw new Error(`no state ${start}`);
    }
    this.flow = flow;
    this.state = start;
    this.data = data;
    this.trail = [start];
  }

  /** Take the step of an event; whether there was one. */
  send(event) {
    const step = this.flow[this.state].on?.[event];
    if (!step) {
      return false;
    }
    this.state = step.to ?? this.state;
    this.flow[this.state].exit?.(this.data);
    step.act?.(this.data);
    this.flow[this.state].enter?.(this.data);
    this.trail.push(this.state);
    return true;
  }

  /** Send events until one is refused; how many were taken. */
  sendAll(events) {
    const refused = events.findIndex((event) => !this.send(event));
    return refused === -1 ? events.length : refused;
  }

  get events() {
    return Object.keys(this.flow[this.state].on ?? {});
  }
}

/** A door that needs a code to be opened. */
function door(code) {
  const flow = {
    locked: { on: { code: { to: "closed", when: (data) => data.typed === code }, type: { act: (data) => data.tries++ } } },
    closed: { on: { open: { to: "open" }, lock: { to: "locked" } }, exit: (data) => (data.typed = null) },
    open: { on: { close: { to: "closed" } }, enter: (data) => data.opened++ },
  };
  return new Machine(flow, "locked", { typed: null, tries: 0, opened: 0 });
}

module.exports = { Machine, door };
