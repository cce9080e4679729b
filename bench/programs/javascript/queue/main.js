import { Job, Queue } from './queue.js';
import { summary } from './stats.js';

const delay = (value) => new Promise((resolve) => setTimeout(() => resolve(value), 1));

async function flaky(attempt) {
  if (attempt < 2) {
    throw new Error('try again');
  }
  const answer = await delay(attempt * 10);
  return answer;
}

async function main() {
  const queue = new Queue(3);
  queue.push(new Job('mail', 1, async () => delay('sent')));
  queue.push(new Job('sync', 5, flaky));
  queue.push(new Job('clean', 3, () => delay('cleaned')));
  const finished = await queue.drain();
  const told = summary(finished);
  console.log(told.names.toUpperCase());
  console.log(told.average, told.retried);
  for (const done of finished) {
    console.log(done.name, String(done.result).length);
  }
}

await main();
