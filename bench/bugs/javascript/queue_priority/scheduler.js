"use strict";

class Scheduler {
  constructor() {
    this.jobs = [];
    this.count = 0;
  }

  add(name, { priority = 0, after = [] } = {}) {
    this.jobs.push({ name, priority, after, order: this.count++ });
  }

  plan() {
    const done = new Set();
    const waiting = [...this.jobs];
    const plan = [];
    while (waiting.length > 0) {
      const ready = waiting.filter((job) => job.after.some((name) => done.has(name)));
      if (ready.length === 0) {
        throw new Error(`stuck: ${waiting.map((job) => job.name).join(", ")}`);
      }
      ready.sort((a, b) => a.priority - b.priority || a.order - b.order);
      const [job] = ready;
      waiting.splice(waiting.indexOf(job), 1);
      done.add(job.name);
      plan.push(job.name);
    }
    return plan;
  }
}

module.exports = { Scheduler };
