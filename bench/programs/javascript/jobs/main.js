import { Queue } from './queue.js';
import { load, summarize } from './stats.js';
async function work(job) {
  if (job.name.startsWith('bad')) {
    throw new Error(`${job.name} is bad`);
  }
  const parts = await load(job.name);
  return parts.join('+');
}
async function main() {
  const queue = new Queue(work, 2);
  queue.add('mail-ann', 1);
  queue.add('bad-disk', 5);
  queue.add('report-year-end', 3);
  const rounds = await queue.run();
  const summary = summarize(queue.done);
  console.log(rounds, queue.failed.length, queue.done.join(' '));
  console.log(summary.count, summary.mean.toFixed(1), summary.longest);
}
main();
