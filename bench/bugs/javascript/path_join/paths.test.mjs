import test from "node:test";
import assert from "node:assert";
import { baseName, join } from "./paths.mjs";

test("join", () => assert.strictEqual(join("a", "./b/", "", "../c"), "a/c"));
test("root", () => assert.strictEqual(join("/", "..", "x"), "/x"));
test("nothing", () => assert.strictEqual(join("a", ".."), "."));
test("two steps up", () => assert.strictEqual(join("..", "..", "lib"), "../../lib"));
test("base name", () => assert.strictEqual(baseName("/x/report.html", ".html"), "report"));
