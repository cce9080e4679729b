"use strict";

const { samples } = require("./collect.js");
const { Rollup } = require("./rollup.js");

const LOG = `
1000 web 20ms
2000 web 40ms
59999 db 5.5ms
60000 web 90ms
something else
125000 db 10ms
`;

const rollup = new Rollup(60);
samples(LOG).forEach((sample) => rollup.add(sample));
for (const service of ["web", "db"]) {
  const windows = rollup.windows(service);
  for (let at = 0; at < windows.length - 1; at++) {
    const { start, count, sum, worst } = windows[at];
    console.log(`${service} ${start}s: ${count} calls, mean ${(sum / count).toFixed(1)}, worst ${worst}`);
  }
  const { count, mean } = rollup.total(service);
  console.log(`${service}: ${count} calls, mean ${mean.toFixed(1)} ms`);
}
