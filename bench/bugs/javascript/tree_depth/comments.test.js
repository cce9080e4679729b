"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { depth, size, threads } = require("./comments.js");

const trees = threads([{ id: 1 }, { id: 2, parent: 1 }, { id: 3, parent: 2 }, { id: 4, parent: 99 }]);

test("roots", () => assert.deepStrictEqual(trees.map((tree) => tree.id), [1, 4]));
test("depth", () => assert.strictEqual(depth(trees), 3));
test("size of nothing", () => assert.strictEqual(size([]), 0));
test("size", () => assert.strictEqual(size(trees), 4));
