export class Queue {
  work;
  retries;
  waiting = [];
  done = [];
  failed = [];
  constructor(work, retries) {
    this.work = work;
    this.retries = retries;
  }
  add(name, priority) {
    this.waiting.push({ name, priority, attempts: 0 });
    this.waiting.sort((a, b) => b.priority - a.priority);
  }
  async run() {
    let rounds = 0;
    while (this.waiting.length > 0) {
      const job = this.waiting.shift();
      rounds += 1;
      await this.attempt(job);
    }
    return rounds;
  }
  async attempt(job) {
    try {
      const result = await this.work(job);
      this.done.push(`${job.name}=${result}`);
    }
    catch (error) {
      job.attempts += 1;
      if (job.attempts <= this.retries) {
        this.waiting.push(job);
      }
      else {
        this.failed.push(job.name);
      }
    }
  }
}
