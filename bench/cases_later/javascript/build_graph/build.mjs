export class BuildError extends Error {
  constructor(step, text) {
    super(`${step}: ${text}`);
    this.step = step;
  }
}

/**
 * Builds steps after all that they need, each once, side by side where they do not need each other.
 */
export class Build {
  constructor() {
    this.steps = new Map();
    this.running = new Map();
    this.done = [];
  }

  add(name, needs = [], action = async () => {}) {
    this.steps.set(name, { needs, action });
    return this;
  }

  step(name) {
    const step = this.steps.get(name);
    if (!step) {
      throw new BuildError(name, "no such step");
    }
    return step;
  }

  /** Build a step; `BuildError` with the name of the step that failed, is not there, or closes a circle. */
  async run(name, way = []) {
    if (way.includes(name) && way.length > this.steps.size) {
      throw new BuildError(name, `circle ${[...way, name].join(" > ")}`);
    }
    if (this.running.has(name) && !this.reaches(name, way)) {
      return this.running.get(name);
    }
    const building = this.build(name, way);
    return building;
  }

  // whether a step, by what it needs, leads back onto the way
  reaches(name, way) {
    const todo = [name];
    const seen = new Set();
    while (todo.length > 0) {
      const at = todo.pop();
      if (way.includes(at)) return true;
      if (!seen.has(at)) {
        seen.add(at);
        todo.push(...(this.steps.get(at)?.needs ?? []));
      }
    }
    return false;
  }

  async build(name, way) {
    this.step(name).needs.forEach(async (need) => this.run(need, [...way, name]));
    try {
      await this.step(name).action();
    } catch (error) {
      throw new BuildError(way[0] ?? name, error.message);
    }
    this.done.push(name);
  }
}
