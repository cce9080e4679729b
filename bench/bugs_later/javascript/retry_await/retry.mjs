const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export class GaveUp extends Error {
  constructor(attempts, cause) {
    super(`gave up after ${attempts} attempts: ${cause.message}`, { cause });
    this.attempts = attempts;
  }
}

/**
 * What `action(attempt)` returns or resolves to, attempts counted from 1.
 *
 * Where it throws or rejects it is called again, up to `attempts` times, after `wait` milliseconds times the
 * number of the attempt. Errors for which `retryable(error)` is false are thrown at once; `GaveUp` at the end.
 */
export async function retry(action, { attempts = 3, wait = 0, retryable = () => true, sleep = pause } = {}) {
  let last;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    try {
      return action(attempt);
    } catch (error) {
      if (!retryable(error)) throw error;
      last = error;
    }
    if (attempt < attempts) {
      await sleep(wait * attempt);
    }
  }
  throw new GaveUp(attempts, last);
}

/** JSON of a service; only answers of 500 and above are worth another attempt. */
export async function fetchJson(fetch, url, options) {
  return retry(
    async () => {
      const answer = await fetch(url);
      if (answer.status >= 400) {
        throw Object.assign(new Error(`status ${answer.status}`), { status: answer.status });
      }
      return answer.json();
    },
    { ...options, retryable: (error) => !(error.status < 500) },
  );
}
