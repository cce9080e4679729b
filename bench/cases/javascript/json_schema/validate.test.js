"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { validate } = require("./validate.js");

const user = {
  type: "object",
  required: ["name"],
  properties: { name: { type: "string" }, age: { type: "number", min: 0, max: 150 } },
};

test("good", () => assert.deepStrictEqual(validate({ name: "a", age: 3 }, user), []));
test("missing", () => assert.deepStrictEqual(validate({}, user), ["$: name is missing"]));
test("types", () => assert.deepStrictEqual(validate({ name: null }, user), ["$.name: expected string, found null"]));
test("bounds", () => assert.deepStrictEqual(validate({ name: "a", age: -1 }, user), ["$.age: less than 0"]));
test("lists", () => {
  assert.deepStrictEqual(validate([1, "x"], { type: "array", items: { type: "number" } }), ["$[1]: expected number, found string"]);
});
test("nothing required", () => assert.deepStrictEqual(validate({}, { type: "object" }), []));
test("nothing above zero", () => assert.deepStrictEqual(validate(1, { type: "number", max: 0 }), ["$: more than 0"]));
