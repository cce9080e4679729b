import test from "node:test";
import assert from "node:assert";
import { GaveUp, fetchJson, retry } from "./retry.mjs";

test("waits longer each time", async () => {
  const slept = [];
  const failing = async () => {
    throw new Error("x");
  };
  await assert.rejects(retry(failing, { attempts: 4, wait: 10, sleep: async (ms) => slept.push(ms) }), (error) => {
    assert.ok(error instanceof GaveUp);
    assert.strictEqual(error.attempts, 4);
    assert.strictEqual(error.message, "gave up after 4 attempts: x");
    return true;
  });
  assert.deepStrictEqual(slept, [10, 20, 30]);
});

test("not retryable, later on", async () => {
  const seen = [];
  const action = async (attempt) => {
    seen.push(attempt);
    throw new Error(String(attempt));
  };
  await assert.rejects(retry(action, { attempts: 9, retryable: (error) => error.message !== "2" }), /^Error: 2$/);
  assert.deepStrictEqual(seen, [1, 2]);
});

test("service that comes back", async () => {
  const statuses = [503, 500, 200];
  const fetch = async () => ({ status: statuses.shift(), json: async () => ({ ok: 1 }) });
  assert.deepStrictEqual(await fetchJson(fetch, "/x"), { ok: 1 });
  assert.deepStrictEqual(statuses, []);
});

test("bad JSON is tried again", async () => {
  let calls = 0;
  const fetch = async () => ({ status: 200, json: async () => JSON.parse(++calls < 2 ? "{" : "[7]") });
  assert.deepStrictEqual(await fetchJson(fetch, "/x"), [7]);
  assert.strictEqual(calls, 2);
});
