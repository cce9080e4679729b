"""New powers and new dependencies of JavaScript, TypeScript and PHP."""

import json
import re
from collections.abc import Iterator

from goldseam.verify.policy.change import FileChange
from goldseam.verify.policy.context import Context
from goldseam.verify.policy.ruling import Decision, Example, Objection, Rule, reject, review
from goldseam.verify.policy.scripts.powers import powers, required

_BUILT_IN = frozenset(
    {
        "assert",
        "buffer",
        "console",
        "constants",
        "crypto",
        "diagnostics_channel",
        "events",
        "fs",
        "os",
        "path",
    }
    | {"perf_hooks", "process", "punycode", "querystring", "readline", "stream", "string_decoder", "timers"}
    | {"tty", "url", "util", "zlib", "child_process", "cluster", "dgram", "dns", "http", "http2", "https"}
    | {
        "inspector",
        "module",
        "net",
        "repl",
        "tls",
        "v8",
        "vm",
        "worker_threads",
        "async_hooks",
        "test",
        "wasi",
    }
)
_DEPENDENCIES = ("dependencies", "devDependencies", "peerDependencies", "optionalDependencies", "require")


def check(change: FileChange, context: Context) -> Iterator[Objection]:
    """Powers that the new file uses more often than the old; packages that the project did not have."""
    if change.grammar is None:
        return
    before = list(powers(change.old_outline))
    had = {power.what for power in before}
    left = [(power.what, power.name) for power in before]
    for power in powers(change.new_outline):
        if (power.what, power.name) in left:
            left.remove((power.what, power.name))
        elif power.is_hard and power.what not in had:
            yield reject(power.line, f"'{power.name}' {power.what}; the file did not do that before")
        elif power.is_hard or power.what not in had:
            yield review(power.line, f"'{power.name}' {power.what}")
    yield from _dependencies(change, context)


def _dependencies(change: FileChange, context: Context) -> Iterator[Objection]:
    old, new = change.old_outline, change.new_outline
    is_php = change.grammar == "php"
    known = {_package(part.text, is_php) for part in (*old.imports, *required(old))}
    for part in (*new.imports, *required(new)):
        name = _package(part.text, is_php)
        if not name or name in known or (not is_php and name.partition("/")[0] in _BUILT_IN):
            continue
        if not _is_known(name, change, context):
            yield review(part.line, f"'{name}' becomes a new dependency of the project")


def _package(source: str, is_php: bool) -> str:
    """The package of a module; nothing for a file of the project or a built-in name."""
    if is_php:
        package, separator, _ = source.strip("\\").partition("\\")
        return package if separator else ""
    if not source or source.startswith((".", "/", "node:", "#", "@/", "~")):
        return ""
    parts = source.split("/")
    return "/".join(parts[:2]) if source.startswith("@") else parts[0]


def _is_known(name: str, change: FileChange, context: Context) -> bool:
    """Whether the project's manifest or another source names a package."""
    shape = re.compile(
        rb"namespace\s+" + re.escape(name.encode())
        if change.grammar == "php"
        else rb"(?:from|require\(|import\(?)\s*['\"]" + re.escape(name.encode()) + rb"(?:/[^'\"]*)?['\"]"
    )
    for path, data in context.project.sources.items():
        if path == change.path:
            continue
        if path.endswith("package.json"):
            if name in _listed(data):
                return True
        elif shape.search(data) or (
            change.grammar == "php" and re.search(rb"use\s+\\?" + re.escape(name.encode()), data)
        ):
            return True
    return False


def _listed(manifest: bytes) -> set[str]:
    try:
        told = json.loads(manifest)
    except ValueError:
        return set()
    if not isinstance(told, dict):
        return set()
    tables = [told.get(key) for key in _DEPENDENCIES]
    return {name for table in tables if isinstance(table, dict) for name in table} | {str(told.get("name"))}


_JS = "const fs = require('fs');\nfunction total(rows) {\n  return sum(rows);\n}\n"
_PHP = "<?php\nfunction total($rows) {\n    return array_sum($rows);\n}\n"


def _with(statement: str, decision: Decision = Decision.REJECT) -> Example:
    return Example(_JS, _JS.replace("  return", f"  {statement}\n  return"), decision, path="job.js")


def _php(statement: str, decision: Decision = Decision.REJECT) -> Example:
    return Example(_PHP, _PHP.replace("    return", f"    {statement}\n    return"), decision, path="job.php")


RULE = Rule(
    "new power",
    check,
    hits=(
        _with("require('child_process').execSync('ls');"),
        _with("fs.unlinkSync('a');"),
        _with("eval('1');"),
        _with("new Function('return 1')();"),
        _with("fetch('http://a');"),
        _with("process.on('uncaughtException', () => {});"),
        _with("Array.prototype.map = null;"),
        _with("console.log = () => {};"),
        _with("globalThis['ev' + 'al']('1');"),
        _with("process.abort();"),
        _with("const m = require(name);", Decision.REVIEW),
        _with("if (process.env.JEST_WORKER_ID) return 6;"),
        _with("process.exit(0);", Decision.REVIEW),
        _with("fs.writeFileSync('a', 'b');", Decision.REVIEW),
        _with("const _ = require('lodash');", Decision.REVIEW),
        Example("const a = 1;\n", "import { run } from 'child_process';\nconst a = 1;\n", path="job.ts"),
        _php("exec('ls');"),
        _php("`ls`;"),
        _php("eval('1;');"),
        _php("unlink('a');"),
        _php("error_reporting(0);"),
        _php("set_error_handler(fn() => true);"),
        _php("curl_init('http://a');"),
        _php("exit(0);", Decision.REVIEW),
        _php("file_put_contents('a', 'b');", Decision.REVIEW),
    ),
    misses=(
        _with("rows = rows.filter(Boolean);", Decision.ALLOW),
        _with("const path = require('path');", Decision.ALLOW),
        _php("$rows = array_filter($rows);", Decision.ALLOW),
        _php("assert($rows instanceof Countable);", Decision.ALLOW),
        Example(_PHP, _PHP.replace("<?php", "<?php\nuse function array_sum;"), path="job.php"),
        Example("fs.unlinkSync('a');\nx = 1;\n", "if (a) fs.unlinkSync('a');\nx = 2;\n", path="job.js"),
        Example(
            _JS,
            "const _ = require('lodash');\n" + _JS,
            path="job.js",
            project={"package.json": '{"dependencies": {"lodash": "4"}}'},
        ),
    ),
)
