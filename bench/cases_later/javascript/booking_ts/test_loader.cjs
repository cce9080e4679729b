"use strict";
const { readFileSync } = require("node:fs");
const ts = require("typescript");

process.setSourceMapsEnabled(true);
require.extensions[".ts"] = (module, path) => {
  const compilerOptions = { module: "commonjs", target: "es2022", inlineSourceMap: true };
  const { outputText } = ts.transpileModule(readFileSync(path, "utf8"), { compilerOptions, fileName: path });
  module._compile(outputText, path);
};
