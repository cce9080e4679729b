"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { Room } = require("./chat.js");

test("limits", () => {
  const place = new Room("x", 1);
  place.join("a");
  assert.throws(() => place.join("b"));
  assert.strictEqual(place.leave("b"), false);
  assert.strictEqual(place.leave("a"), true);
  place.join("b");
  assert.throws(() => place.say("a", "hi"), /not in/);
});
test("short history", () => {
  const place = new Room("x");
  place.join("a");
  place.say("a", "1");
  assert.strictEqual(place.history(5).length, 1);
  place.say("a", "2");
  place.say("a", "3");
  assert.deepStrictEqual(place.history().map((message) => message.text), ["2", "3"]);
  assert.strictEqual(place.unreadMentions("a", 0), 0);
});
