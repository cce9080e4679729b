import test from "node:test";
import assert from "node:assert";
import { posix } from "node:path";
import { baseName, join } from "./paths.mjs";

test("like the library", () => {
  for (const parts of [["a/b", "../../.."], ["../..", "../x", ".."], ["/a", "../../b"], ["a", "..", "..", "..", "b"], ["../a", "../../b"]]) {
    assert.strictEqual(join(...parts), posix.join(...parts));
  }
});
test("base names", () => {
  assert.strictEqual(baseName("a/b.tar.gz", ".gz"), "b.tar");
  assert.strictEqual(baseName("a/b/"), "b");
  assert.strictEqual(baseName("x.js", ".ts"), "x.js");
});
