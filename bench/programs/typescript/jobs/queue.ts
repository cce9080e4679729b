export interface Job {
  name: string;
  priority: number;
  attempts: number;
}

export type Work = (job: Job) => Promise<string>;

export class Queue {
  private waiting: Job[] = [];
  readonly done: string[] = [];
  readonly failed: string[] = [];

  constructor(private work: Work, private retries: number) {}

  add(name: string, priority: number): void {
    this.waiting.push({ name, priority, attempts: 0 });
    this.waiting.sort((a, b) => b.priority - a.priority);
  }

  async run(): Promise<number> {
    let rounds = 0;
    while (this.waiting.length > 0) {
      const job = this.waiting.shift()!;
      rounds += 1;
      await this.attempt(job);
    }
    return rounds;
  }

  private async attempt(job: Job): Promise<void> {
    try {
      const result = await this.work(job);
      this.done.push(`${job.name}=${result}`);
    } catch (error) {
      job.attempts += 1;
      if (job.attempts <= this.retries) {
        this.waiting.push(job);
      } else {
        this.failed.push(job.name);
      }
    }
  }
}
