"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { Room } = require("./chat.js");

function room() {
  const room = new Room("lobby");
  for (const member of ["ann", "bob", "cem"]) room.join(member);
  return room;
}

test("full", () => assert.throws(() => room().join("dan"), /lobby is full/));
test("leave", () => {
  const place = room();
  assert.strictEqual(place.leave("bob"), true);
  place.join("dan");
  assert.deepStrictEqual([...place.members], ["ann", "cem", "dan"]);
});
test("mentions", () => {
  assert.deepStrictEqual(room().say("ann", "hi @bob and @zoe").mentions, ["bob"]);
});
test("history", () => {
  const place = room();
  for (const text of ["1", "2", "3", "4"]) place.say("ann", text);
  assert.deepStrictEqual(place.history(3).map((message) => message.text), ["2", "3", "4"]);
});
test("unread", () => {
  const place = room();
  place.say("ann", "@bob");
  place.say("ann", "@bob @cem");
  assert.deepStrictEqual([place.unreadMentions("bob", 0), place.unreadMentions("bob", 1), place.unreadMentions("cem", 0)], [2, 1, 1]);
});
