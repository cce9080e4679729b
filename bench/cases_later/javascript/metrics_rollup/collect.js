"use strict";

/** Samples of log lines `time service took`, time and took in milliseconds; lines of another form are left out. */
function samples(text) {
  const found = [];
  for (const line of text.split("\n")) {
    const match = /^(\d+) (\w+) (\d+(?:\.\d+)?)ms$/.exec(line.trim());
    if (!match) continue;
    const [, time, service, took] = match;
    found.push({
      service,
      seconds: Number(time),
      milliseconds: Number(took),
    });
  }
  return found;
}

module.exports = { samples };
