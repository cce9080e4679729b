"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { groupByDay, busiestDay } = require("./events.js");

test("no event is lost", () => {
  const events = Array.from({ length: 60 }, (_, n) => ({ at: `2024-01-${String(1 + (n % 7)).padStart(2, "0")}T00:00`, n }));
  const groups = groupByDay(events);
  assert.strictEqual(Object.values(groups).flat().length, 60);
  for (const [day, group] of Object.entries(groups)) {
    assert.ok(group.every((event) => event.at.startsWith(day)));
  }
  assert.strictEqual(busiestDay(events), "2024-01-01");
});
test("the first of equally busy days", () => {
  assert.strictEqual(busiestDay([{ at: "2024-02-02" }, { at: "2024-02-01" }]), "2024-02-01");
});
