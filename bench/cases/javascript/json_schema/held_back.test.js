"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { validate } = require("./validate.js");

test("deep", () => {
  const schema = {
    type: "object",
    properties: { rows: { type: "array", items: { type: "object", required: ["id"], properties: { id: { type: "number", max: 0, min: 0 } } } } },
  };
  assert.deepStrictEqual(validate({ rows: [{ id: 0 }, {}, { id: 1 }, { id: -1 }, 5] }, schema), [
    "$.rows[1]: id is missing",
    "$.rows[2].id: more than 0",
    "$.rows[3].id: less than 0",
    "$.rows[4]: expected object, found number",
  ]);
});
test("lists of lists", () => {
  const schema = { type: "array", items: { type: "array", items: { type: "boolean" } } };
  assert.strictEqual(validate([[true], [1, false, null]], schema).length, 2);
});
