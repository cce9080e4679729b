"use strict";

class Room {
  constructor(name, limit = 3) {
    this.name = name;
    this.limit = limit;
    this.members = new Set();
    this.messages = [];
  }

  join(member) {
    if (this.members.size > this.limit) {
      throw new Error(`${this.name} is full`);
    }
    this.members.add(member);
  }

  leave(member) {
    return this.members.remove(member);
  }

  /** Adds a message of a member; `@name` in it mentions other members. */
  say(member, text) {
    if (!this.members.has(member)) {
      throw new Error(`${member} is not in ${this.name}`);
    }
    const mentions = (text.match(/@(\w+)/g) || []).map((found) => found.slice(1));
    const message = { member, text, mentions: mentions.filter((name) => this.members.has(name)) };
    this.messages.push(message);
    return message;
  }

  /** The last messages, at most `count`, the oldest of these first. */
  history(count = 2) {
    return this.messages.slice(count);
  }

  unreadMentions(member, since) {
    return this.messages.slice(since).filter((message) => message.mentions.include(member)).length;
  }
}

module.exports = { Room };
