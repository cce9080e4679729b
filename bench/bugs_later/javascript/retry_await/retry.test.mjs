import test from "node:test";
import assert from "node:assert";
import { GaveUp, fetchJson, retry } from "./retry.mjs";

test("the first time", async () => {
  assert.strictEqual(await retry(async (attempt) => attempt), 1);
});

test("thrown at once", async () => {
  const action = (attempt) => {
    if (attempt < 3) throw new Error("no");
    return "yes";
  };
  assert.strictEqual(await retry(action), "yes");
});

test("rejected", async () => {
  const action = async (attempt) => {
    if (attempt < 3) throw new Error("no");
    return "yes";
  };
  assert.strictEqual(await retry(action), "yes");
});

test("gives up", async () => {
  await assert.rejects(retry(() => Promise.reject(new Error("never")), { attempts: 2 }), GaveUp);
});

test("not found", async () => {
  await assert.rejects(fetchJson(async () => ({ status: 404 }), "/x"), /^Error: status 404$/);
});
