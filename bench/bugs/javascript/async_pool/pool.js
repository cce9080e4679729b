"use strict";

/** Runs async jobs, at most `size` at once; resolves to their results in the order of the jobs. */
async function runAll(jobs, size) {
  const results = [];
  let next = 0;

  async function worker() {
    while (next < jobs.length) {
      const at = next;
      next += 1;
      results.push(await jobs[at]());
    }
  }

  const workers = Array.from({ length: Math.min(size, jobs.length) }, () => worker());
  await Promise.all(workers);
  return results;
}

module.exports = { runAll };
