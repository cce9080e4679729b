"""What the JavaScript and TypeScript checkers say, against Node that loads and TypeScript that compiles.

Real files below the given folders, and as many with one token lost, doubled or swapped. Each JavaScript file
is judged again by the function with which Node's own loader compiles, and some are really run by `node FILE`
in a box. TypeScript is judged again by the diagnostics of a program.

    python bench/load_rule.py node_modules --files 1000 --run 200 --typescript 300
"""

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from goldseam.config import Config
from goldseam.core.ports import Job
from goldseam.languages.javascript import JAVASCRIPT, TYPESCRIPT
from goldseam.languages.tools.fetching import located, tools_folder
from goldseam.wiring import open_checker, open_sandbox

TOKEN = re.compile(rb"[A-Za-z_$][\w$]*|\d+|\"[^\"\n]*\"|'[^'\n]*'|=>|[-+*/%=!<>&|]+|[^\s\w]")
MAX_BYTES = 200_000
BY_LOADER = r"""
const { internalBinding } = require("internal/test/binding");
const { compileFunctionForCJSLoader } = internalBinding("contextify");
const fs = require("node:fs"), vm = require("node:vm");
const isBroken = (path, type) => {
  const text = fs.readFileSync(path, "utf8").replace(/^\ufeff/, "");
  const asModule = () => { new vm.SourceTextModule(text); };
  const isCommon = path.endsWith(".cjs") || (type === "commonjs" && !path.endsWith(".mjs"));
  try {
    if (path.endsWith(".mjs") || (type === "module" && !isCommon)) asModule();
    else if (compileFunctionForCJSLoader(text, path, false, !isCommon).canParseAsESM && !isCommon) asModule();
    else if (isCommon) compileFunctionForCJSLoader(text, path, false, false);
    return false;
  } catch { return true; }
};
console.log(JSON.stringify(JSON.parse(fs.readFileSync(0, "utf8")).map(([p, t]) => isBroken(p, t))));
"""
BY_PROGRAM = r"""
const ts = require("typescript"), fs = require("node:fs");
const options = { noResolve: true, noLib: true, allowJs: true, jsx: 1, target: 99, module: 99 };
console.log(JSON.stringify(JSON.parse(fs.readFileSync(0, "utf8")).map(([path]) => {
  const program = ts.createProgram([path], options);
  return program.getSyntacticDiagnostics(program.getSourceFile(path)).some((each) => each.code < 8000);
})));
"""
BY_RUNNING = r"""
const { spawnSync } = require("node:child_process"), fs = require("node:fs"), path = require("node:path");
for (const file of JSON.parse(fs.readFileSync("files.json", "utf8"))) {
  const limits = { timeout: 4000, killSignal: "SIGKILL", encoding: "utf8" };
  const said = spawnSync(process.execPath, [file], limits);
  const lines = said.stderr.split("\n");
  const place = lines.find((line) => /:\d+$/.test(line)) ?? "";
  const error = lines.find((line) => line.startsWith("SyntaxError:")) ?? "";
  const here = place.replace("file://", "").startsWith(path.resolve(file) + ":");
  console.log(JSON.stringify([file, here && error !== "" && !error.includes("requested module")]));
}
"""


def sources(folders: list[Path], suffixes: frozenset[str], count: int, seed: random.Random) -> list[Path]:
    found = (file for folder in folders for file in folder.rglob("*") if file.suffix in suffixes)
    files = sorted(file for file in found if file.is_file() and 0 < file.stat().st_size < MAX_BYTES)
    return seed.sample(files, min(count, len(files)))


def broken(data: bytes, seed: random.Random) -> bytes:
    tokens = [match.span() for match in TOKEN.finditer(data)]
    if len(tokens) < 3:
        return data + b"}"
    start, end = tokens[at := seed.randrange(len(tokens) - 1)]
    after = tokens[at + 1]
    kind = seed.randrange(3)
    if kind == 0:
        return data[:start] + data[end:]
    if kind == 1:
        return data[:end] + b" " + data[start:end] + data[end:]
    return (
        data[:start] + data[after[0] : after[1]] + data[end : after[0]] + data[start:end] + data[after[1] :]
    )


def type_of(file: Path) -> str:
    """The `type` that Node would read for a file, or an empty text."""
    for folder in file.parents:
        if folder.name == "node_modules":
            return ""
        if (folder / "package.json").is_file():
            try:
                return str(json.loads((folder / "package.json").read_text()).get("type", ""))
            except (ValueError, AttributeError):
                return ""
    return ""


def laid_out(files: list[Path], root: Path, seed: random.Random) -> Iterator[tuple[Path, str]]:
    """Each file whole and broken, in folders of their own, with the `type` that holds for it."""
    for number, file in enumerate(files):
        kind, data = type_of(file), file.read_bytes()
        for name, text in (("whole", data), ("broken", broken(data, seed))):
            folder = root / f"{name}{number}"
            folder.mkdir()
            (folder / f"f{file.suffix}").write_bytes(text)
            (folder / "package.json").write_text(json.dumps({"type": kind} if kind else {}))
            yield folder / f"f{file.suffix}", kind


def by_node(script: str, flags: list[str], asked: list[tuple[Path, str]]) -> list[bool]:
    argv = ["node", "--no-warnings", *flags, "-e", script]
    told = json.dumps([(str(path), kind) for path, kind in asked])
    environ = {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "NODE_PATH": str(located(tools_folder()) / "node_modules"),
    }
    ended = subprocess.run(argv, input=told, capture_output=True, text=True, env=environ, check=True)
    return [bool(said) for said in json.loads(ended.stdout)]


def by_checker(root: Path, asked: list[tuple[Path, str]]) -> list[bool]:
    named = [(str(path.relative_to(root)), path.read_bytes()) for path, _ in asked]
    with open_checker(Config(), (JAVASCRIPT, TYPESCRIPT), root) as checker:
        said = {path: problem is not None for path, _, problem in checker.check_all(named)}
    return [said[path] for path, _ in named]


def by_running(root: Path, asked: list[tuple[Path, str]]) -> list[bool]:
    (root / "files.json").write_text(json.dumps([str(path.relative_to(root)) for path, _ in asked]))
    (root / "run_each.cjs").write_text(BY_RUNNING)
    with open_sandbox(root, Config()) as sandbox:
        run = sandbox.run(Job("node run_each.cjs", seconds=4 * len(asked) + 60))
    said = dict(json.loads(line) for line in run.stdout.decode().splitlines())
    return [said[str(path.relative_to(root))] for path, _ in asked]


def compared(
    name: str, asked: list[tuple[Path, str]], ours: list[bool], truth: list[bool]
) -> dict[str, object]:
    accepts = [path for (path, _), a, b in zip(asked, ours, truth, strict=True) if b and not a]
    rejects = [path for (path, _), a, b in zip(asked, ours, truth, strict=True) if a and not b]
    for path in [*accepts, *rejects][:5]:
        print(f"disagree: {path}: {path.read_bytes()[:80]!r}", file=sys.stderr)
    return {
        "against": name,
        "files": len(asked),
        "broken": sum(truth),
        "false_accepts": len(accepts),
        "false_rejects": len(rejects),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--typescript", type=int, default=300)
    parser.add_argument("--run", type=int, default=100, help="files that are really run")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    seed = random.Random(given.seed)
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        script, typed = Path(folder, "script").resolve(), Path(folder, "typed").resolve()
        script.mkdir(), typed.mkdir()
        asked = [*laid_out(sources(given.folders, JAVASCRIPT.suffixes, given.files, seed), script, seed)]
        ours = by_checker(script, asked)
        loader = by_node(BY_LOADER, ["--expose-internals", "--experimental-vm-modules"], asked)
        rows.append(compared("Node's loader", asked, ours, loader))
        some = seed.sample(range(len(asked)), min(given.run, len(asked)))
        ran = [asked[at] for at in some]
        rows.append(compared("node FILE", ran, [ours[at] for at in some], by_running(script, ran)))
        asked = [*laid_out(sources(given.folders, TYPESCRIPT.suffixes, given.typescript, seed), typed, seed)]
        rows.append(compared("TypeScript", asked, by_checker(typed, asked), by_node(BY_PROGRAM, [], asked)))
    if given.json:
        print(json.dumps(rows))
        return
    for row in rows:
        print("  ".join(f"{key} {value}" for key, value in row.items()))


if __name__ == "__main__":
    main()
