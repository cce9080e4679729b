export class Job {
  constructor(name, priority, work) {
    this.name = name;
    this.priority = priority;
    this.work = work;
    this.attempts = 0;
  }

  async run() {
    this.attempts += 1;
    const result = await this.work(this.attempts);
    return { name: this.name, result, attempts: this.attempts };
  }
}

export class Queue {
  constructor(limit) {
    this.limit = limit;
    this.waiting = [];
    this.finished = [];
  }

  push(job) {
    this.waiting.push(job);
    this.waiting.sort((left, right) => right.priority - left.priority);
    return this.waiting.length;
  }

  get size() {
    return this.waiting.length;
  }

  async drain() {
    while (this.size > 0) {
      const job = this.waiting.shift();
      try {
        const done = await job.run();
        this.finished.push(done);
      } catch (error) {
        if (job.attempts < this.limit) {
          this.waiting.push(job);
        } else {
          throw error;
        }
      }
    }
    return this.finished;
  }
}
