"""Errors that Node prints here, as codes."""

import subprocess

import pytest

from goldseam.core.fault import Code
from goldseam.diagnose.analyzers.failure import classify
from goldseam.diagnose.kinds.node import name_in
from goldseam.languages.node_failures import failures_in

PROGRAMS = {
    "missing;": (Code.NAM_UNDEFINED, "missing"),
    "early; let early = 1;": (Code.NAM_UNBOUND_LOCAL, "early"),
    "class A {} class B extends A { constructor() { this.x = 1; } } new B();": (Code.SEM_API_MISUSE, None),
    "let a; a.size;": (Code.TYP_NONE_ACCESS, "size"),
    "let a = null; a.size = 1;": (Code.TYP_NONE_ACCESS, "size"),
    "const { b } = undefined;": (Code.TYP_NONE_ACCESS, None),
    "const [b] = null;": (Code.TYP_NONE_ACCESS, None),
    "for (const a of undefined) {}": (Code.TYP_NONE_ACCESS, None),
    "[].pusch(1);": (Code.NAM_WRONG_ATTRIBUTE, "pusch"),
    "const f = 1; f();": (Code.TYP_NOT_CALLABLE, "f"),
    "new (class {}).missing();": (Code.TYP_NOT_CALLABLE, None),
    "class A {} A();": (Code.SEM_API_MISUSE, None),
    "const a = 1; a = 2;": (Code.SEM_API_MISUSE, None),
    "'use strict'; Object.freeze([]).push(1);": (Code.SEM_API_MISUSE, None),
    "1n + 1;": (Code.TYP_MISMATCH, None),
    "for (const a of 1) {}": (Code.TYP_MISMATCH, None),
    "Buffer.from(1);": (Code.TYP_MISMATCH, None),
    "[].reduce((a, b) => a);": (Code.RUN_VALUE, None),
    "const a = {}; a.a = a; JSON.stringify(a);": (Code.RUN_VALUE, None),
    "const f = () => f(); f();": (Code.RUN_RECURSION, None),
    "new Array(-1);": (Code.RUN_VALUE, None),
    "1n / 0n;": (Code.RUN_ZERO_DIVISION, None),
    "decodeURIComponent('%');": (Code.RUN_ENCODING, None),
    "JSON.parse('');": (Code.RUN_VALUE, None),
    "foo bar": (Code.SYN_INVALID, None),
    "require('./nothing');": (Code.NAM_WRONG_IMPORT, None),
    "require('no-such-package');": (Code.ENV_MISSING_PACKAGE, None),
    "require('fs').readFileSync('/nothing/here');": (Code.RUN_FILE, None),
    "require('child_process').spawn('no-such-command');": (Code.ENV_MISSING_COMMAND, None),
    "require('assert').equal(1, 2);": (Code.LOG_WRONG_RESULT, None),
    "const n = require('net'); n.createServer().listen(0, function () { const o = n.createServer();"
    " o.listen(this.address().port); o.on('error', (e) => { throw e; }); });": (Code.ENV_PORT_IN_USE, None),
    "throw new Error('of my own');": (Code.RUN_ERROR, None),
    "class Odd extends Error { name = 'Odd'; } throw new Odd('x');": (Code.RUN_ERROR, None),
}


@pytest.mark.parametrize(("source", "code", "name"), [(s, *f) for s, f in PROGRAMS.items()])
def test_an_error_of_node(tmp_path, source, code, name) -> None:
    (tmp_path / "p.js").write_text(source)
    ended = subprocess.run(["node", "p.js"], cwd=tmp_path, capture_output=True, text=True, timeout=20)
    failure = failures_in(ended.stderr)[0]
    assert classify(failure)[0] is code, ended.stderr
    assert name_in(failure.message) == name or name is None
