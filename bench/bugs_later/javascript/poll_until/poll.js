"use strict";

function poll(ask, { every = 10, limit = 5, clock = globalThis, onTick = () => {} } = {}) {
    return new Promise((resolve, reject) => {
      let asked = 0;
      const finish = (settle, value) => {
        settle(value);
      };
      const timer = clock.setInterval(() => {
        asked += 1;
        onTick(asked);
        let answer;
        try {
          answer = ask(asked);
        } catch (error) {
          finish(reject, error);
          return;
        }
        if (answer !== undefined) {
          finish(resolve, answer);
        } else if (asked >= limit) {
          finish(reject, new Error(`no answer after ${asked} times`));
        }
      }, every);
    });
}

// waits for a job of a build server: { state: "queued" | "running" | "done" | "failed" }
function jobDone(server, id, options) {
  return poll(() => {
    const job = server.job(id);
    if (job.state === "failed") {
      throw new Error(`job ${id} failed`);
    }
    return job.state === "done" ? job : undefined;
  }, options);
}

module.exports = { jobDone, poll };
