"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { groupByDay, busiestDay } = require("./events.js");

const a = { at: "2024-03-01T08:00", name: "a" };
const b = { at: "2024-03-01T09:00", name: "b" };
const c = { at: "2024-03-02T08:00", name: "c" };

test("no events", () => assert.deepStrictEqual(groupByDay([]), {}));
test("groups", () => assert.deepStrictEqual(groupByDay([a, b, c]), { "2024-03-01": [a, b], "2024-03-02": [c] }));
test("busiest", () => assert.strictEqual(busiestDay([c, a, b]), "2024-03-01"));
test("busiest of none", () => assert.strictEqual(busiestDay([]), null));
