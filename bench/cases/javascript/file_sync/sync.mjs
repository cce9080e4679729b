import { setTimeout as pause } from "node:timers/promises";

/** Files of a place, by path: `{ path: { text, at } }`. */
export class Store {
  constructor(files = {}) {
    this.files = new Map(Object.entries(files));
  }

  async read(path) {
    await pause(1);
    return this.files.get(path);
  }

  async write(path, file) {
    await pause(1);
    this.files.set(path, file);
  }

  async list() {
    await pause(1);
    return [...this.files.keys()].sort();
  }
}

/** What is to be copied from one place to the other: what is missing there or newer here, by path. */
export async function plan(here, there) {
  const copies = [];
  for (const path of here.list()) {
    const mine = await here.read(path);
    const theirs = await there.read(path);
    if (!theirs && mine.at > theirs.at) {
      copies.push(path);
    }
  }
  return copies;
}

export async function sync(one, other) {
  const forth = await plan(one, other);
  const back = await plan(other, one);
  await Promise.all(forth.map(async (path) => other.write(path, await one.read(path))));
  await Promise.all(back.map(async (path) => one.write(path, await other.read(path))));
  return { forth, back };
}
