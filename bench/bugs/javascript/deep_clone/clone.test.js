"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { clone, withChange } = require("./clone.js");

test("nested", () => {
  const value = { a: [1, { b: 2 }] };
  const copy = clone(value);
  assert.deepStrictEqual(copy, value);
  assert.notStrictEqual(copy.a[1], value.a[1]);
});
test("dates", () => assert.deepStrictEqual(clone({ at: new Date(5) }), { at: new Date(5) }));
test("null", () => assert.deepStrictEqual(clone({ owner: null }), { owner: null }));
test("change", () => {
  const state = { user: { name: "a", boss: null } };
  assert.deepStrictEqual(withChange(state, "user.name", "b"), { user: { name: "b", boss: null } });
  assert.strictEqual(state.user.name, "a");
});
