// Runs in a box, required before any program: has the test runners of Node write a JUnit report beside what
// they print. `node --test` is told by its own options; of others the main process is given more arguments.
"use strict";

const fs = require("node:fs");
const path = require("node:path");

const report = process.env.GOLDSEAM_TEST_REPORT;
const RUNNERS = [
  [/[\\/]jest(?:-cli)?[\\/]bin[\\/]jest(?:\.js)?$/, /^--reporters\b/, () => [
    "--reporters=default",
    `--reporters=${path.join(__dirname, "jest_reporter.cjs")}`,
  ]],
  [/[\\/]vitest[\\/](?:vitest\.mjs|dist[\\/]cli\.js)$/, /^--reporter\b|^--outputFile\b/, () => [
    "--reporter=default",
    "--reporter=junit",
    `--outputFile.junit=${report}`,
  ]],
  [/[\\/]mocha[\\/]bin[\\/]_?mocha(?:\.js)?$/, /^--reporter\b|^-R/, () => [
    "--reporter=xunit",
    `--reporter-option=output=${report}`,
  ]],
];

try {
  const main = fs.realpathSync(process.argv[1]);
  const found = RUNNERS.find(([place]) => place.test(main));
  if (report && found && !process.argv.some((word) => found[1].test(word))) process.argv.push(...found[2]());
} catch {
  // No main program, or one that is gone: nothing to tell.
}
