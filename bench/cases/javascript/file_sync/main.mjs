import { Store, sync } from "./sync.mjs";

const laptop = new Store({ "a.txt": { text: "old", at: 1 }, "b.txt": { text: "b", at: 5 } });
const server = new Store({ "a.txt": { text: "new", at: 2 }, "c.txt": { text: "c", at: 3 } });

const { forth, back } = await sync(laptop, server);
console.log(`to the server: ${forth.join(" ")}`);
console.log(`to the laptop: ${back.join(" ")}`);
for (const path of await laptop.list()) {
  const file = laptop.read(path);
  console.log(`${path}: ${file.text}`);
}
const again = await sync(laptop, server);
console.log(`again: ${again.forth.length + again.back.length}`);
