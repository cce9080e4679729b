// Runs inside jest as one of its reporters: writes what it is told as a JUnit report.
"use strict";

const fs = require("node:fs");
const path = require("node:path");

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const NO_XML = /\x1b\[[0-9;]*m|[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;

const escaped = (text) => String(text).replace(NO_XML, "").replace(/[&<>"]/g, (each) => ENTITIES[each]);

function testCase(where, name, seconds, inner) {
  return `<testcase classname="${escaped(where)}" name="${escaped(name)}" time="${seconds}">${inner}</testcase>`;
}

function innerOf({ status, failureMessages }) {
  if (status === "failed") return `<failure>${escaped(failureMessages.join("\n"))}</failure>`;
  return status === "passed" ? "" : "<skipped/>";
}

function casesOf(file, root) {
  const place = path.relative(root, file.testFilePath);
  const told = file.testResults.map((test) => {
    const name = [...test.ancestorTitles, test.title].join(" > ");
    return testCase(place, name, (test.duration ?? 0) / 1000, innerOf(test));
  });
  if (file.testExecError && told.length === 0) {
    told.push(testCase("", place, 0, `<failure>${escaped(file.failureMessage ?? "")}</failure>`));
  }
  return told.join("\n");
}

module.exports = class {
  constructor(config) {
    this.root = config.rootDir;
  }

  onRunComplete(_, results) {
    const cases = results.testResults.map((file) => casesOf(file, this.root)).join("\n");
    const text = `<?xml version="1.0"?>\n<testsuites><testsuite name="jest">${cases}</testsuite></testsuites>\n`;
    fs.writeFileSync(process.env.GOLDSEAM_TEST_REPORT, text);
  }
};
