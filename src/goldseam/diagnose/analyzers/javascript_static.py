"""What TypeScript says of names and types in JavaScript and TypeScript, as suspicions.

A red run must support them before they count. Rules of style never appear, nor what the compiler says of
modules that it was not shown.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from goldseam.core.case import Case
from goldseam.core.errors import SandboxError, ToolMissing
from goldseam.core.example import Diagnosed
from goldseam.core.fault import Code, Evidence, Fault, Place
from goldseam.core.language import ANALYSE
from goldseam.core.ports import Analyzer, Tools
from goldseam.core.source import UTF8_BOM, Edit, Span
from goldseam.diagnose.kinds.node import meaning, name_in
from goldseam.diagnose.names.spelling import nearest
from goldseam.diagnose.nearest_files import nearest_files
from goldseam.plugins import hookimpl

ASK_SECONDS = 20.0
MAX_FILES = 100
MAX_BYTES = 1_000_000
MAX_FINDINGS = 200
SUFFIXES = frozenset({".js", ".cjs", ".mjs", ".jsx", ".ts", ".cts", ".mts", ".tsx"})
_IDENTIFIER = re.compile(r"[^\W\d][\w$]*\Z")
_NAMES = frozenset({Code.NAM_UNDEFINED, Code.NAM_WRONG_ATTRIBUTE, Code.NAM_WRONG_IMPORT})
_TYPE_HINT = "bring the values to the types that the operation takes"

_OPEN_TYPE = re.compile(r"on type '(?:\{\}|never|unknown|object)'")
"""Of objects that are filled later the compiler knows too little."""

_LACKING = frozenset(
    {
        Code.TYP_NONE_ACCESS,
        Code.NAM_WRONG_ATTRIBUTE,
        Code.TYP_NOT_CALLABLE,
        Code.TYP_MISMATCH,
        Code.LOG_WRONG_RESULT,
    }
)
"""How a program fails over a value that is not there, or not what it should be."""
_ORIGINS = frozenset(
    {
        Code.NAM_MISSPELT,
        Code.NAM_LOOKALIKE,
        Code.NAM_WRONG_IMPORT,
        Code.TYP_WRONG_RETURN,
        Code.TYP_NOT_AWAITED,
        Code.TYP_ARITY,
    }
)
"""What makes such a value, and is seldom said wrongly."""

Rule = tuple[Code, float, str]
"""Code, how often it is right where a program fails, and a hint."""

RULES: Mapping[str, Rule] = {
    **dict.fromkeys(
        ("TS2304", "TS2552", "TS2503", "TS18004"),
        (Code.NAM_UNDEFINED, 0.95, "define or import this name, or correct its spelling"),
    ),
    **dict.fromkeys(
        ("TS2339", "TS2551"), (Code.NAM_WRONG_ATTRIBUTE, 0.8, "use a member that the object has")
    ),
    **dict.fromkeys(
        ("TS2305", "TS2614", "TS2724", "TS1192"),
        (Code.NAM_WRONG_IMPORT, 0.98, "import a name that the module exports"),
    ),
    **dict.fromkeys(("TS2663", "TS2662"), (Code.NAM_MISSING_SELF, 0.9, "write this. before it")),
    **dict.fromkeys(
        ("TS2448", "TS2449", "TS2454"), (Code.NAM_UNBOUND_LOCAL, 0.8, "give it a value before it is read")
    ),
    **dict.fromkeys(("TS2554", "TS2555", "TS2556"), (Code.TYP_ARITY, 0.85, "call it with its own arguments")),
    **dict.fromkeys(("TS2349", "TS2351"), (Code.TYP_NOT_CALLABLE, 0.85, "call what can be called")),
    **dict.fromkeys(
        ("TS2531", "TS2532", "TS2533", "TS18047", "TS18048", "TS18049"),
        (Code.TYP_NONE_ACCESS, 0.6, "handle the case in which it is missing"),
    ),
    **dict.fromkeys(
        ("TS2345", "TS2362", "TS2363", "TS2365", "TS2367", "TS2358", "TS2488", "TS2769"),
        (Code.TYP_MISMATCH, 0.6, _TYPE_HINT),
    ),
    "TS2322": (Code.TYP_MISMATCH, 0.5, _TYPE_HINT),
    **dict.fromkeys(
        ("TS2353", "TS2561", "TS2741", "TS2739"), (Code.TYP_WRONG_KEY, 0.7, "use a key that the object has")
    ),
    "TS2355": (Code.TYP_WRONG_RETURN, 0.7, "return what the function promises"),
    "without result": (Code.TYP_WRONG_RETURN, 0.85, "return the value"),
    "left out": (Code.TYP_ARITY, 0.7, "pass the argument"),
    "not awaited": (Code.TYP_NOT_AWAITED, 0.85, "await it"),
    "TS2801": (Code.TYP_NOT_AWAITED, 0.85, "await it"),
    "TS2588": (Code.SEM_API_MISUSE, 0.9, "declare it with let, or assign to another variable"),
    "TS2540": (Code.SEM_API_MISUSE, 0.7, "do not change what is only read"),
    "TS2774": (Code.LOG_WRONG_CONSTANT, 0.5, "call the function instead of asking whether it is there"),
}


@dataclass(frozen=True, slots=True)
class StaticAnalyzer:
    """Asks the boxed language service about the files of a case; nothing while one does not parse."""

    tools: Tools

    def __call__(self, case: Case) -> Iterator[Fault]:
        chosen = nearest_files(case, MAX_FILES, MAX_BYTES, SUFFIXES)
        if not chosen or case.observation.syntax:
            return
        texts = {
            path: data.removeprefix(UTF8_BOM).decode("utf-8", "replace") for path, data in chosen.items()
        }
        try:
            answer = self.tools.ask("typescript", ANALYSE, {"files": texts}, seconds=ASK_SECONDS)
        except (ToolMissing, SandboxError):
            return
        yield from _connected(dict.fromkeys(_faults(answer, chosen)), case)


def _faults(answer: Mapping[str, Any], chosen: Mapping[str, bytes]) -> Iterator[Fault]:
    for said in answer.get("findings", ())[:MAX_FINDINGS]:
        rule, data = RULES.get(str(said.get("rule"))), chosen.get(str(said.get("path")))
        if rule and data is not None and not _OPEN_TYPE.search(str(said.get("message"))):
            yield _fault(said, rule, data)


def _connected(faults: Iterable[Fault], case: Case) -> Iterator[Fault]:
    """Findings, of which those that explain how the program failed are more than suspicions.

    One explains a failure over a name that it names, or a value that is missing or wrong if it says where
    such a value comes from.
    """
    failures = case.observation.failures
    names = {name for failure in failures if (name := name_in(failure.message))}
    codes = {found[0] for failure in failures if (found := meaning(failure))}
    lacks = not case.verdict.plausible and (bool(codes & _LACKING) or not failures)
    frames = [f for failure in failures for f in failure.frames if f.path in case.current.files]
    symptom = Place(frames[-1].path, frames[-1].line) if frames else None
    for fault in faults:
        meant = {edit.replacement.decode("utf-8", "replace") for edit in fault.fix}
        data = case.current.files[fault.path]
        said = data[fault.span.start : fault.span.end].decode("utf-8", "replace")
        if names & {*meant, said} or (lacks and fault.code in _ORIGINS):
            yield replace(fault, static=False, symptom=symptom)
        else:
            yield fault


def _fault(said: Mapping[str, Any], rule: Rule, data: bytes) -> Fault:
    code, precision, hint = rule
    mark = len(UTF8_BOM) if data.startswith(UTF8_BOM) else 0
    start, end = (min(mark + int(said[side]), len(data)) for side in ("start", "end"))
    message = str(said["message"])
    evidence = (Evidence(f"typescript {str(said['rule']).removeprefix('TS')}", message),)
    plain = Fault(
        code, str(said["path"]), Span(start, end), message, hint, precision, evidence=evidence, static=True
    )
    return _spelt(plain, said, data) if code in _NAMES else plain


def _spelt(plain: Fault, said: Mapping[str, Any], data: bytes) -> Fault:
    """A finding about a name, with what may have been meant."""
    name = data[plain.span.start : plain.span.end].decode("utf-8", "replace")
    options = [str(option) for option in said.get("options", ()) if option != name]
    guess = nearest(name, options) if _IDENTIFIER.match(name) else None
    if guess is None:
        return plain
    code = Code.NAM_LOOKALIKE if guess.lookalike else Code.NAM_MISSPELT
    return replace(
        plain,
        code=plain.code if plain.code is Code.NAM_WRONG_IMPORT and not guess.lookalike else code,
        hint=f"write '{guess.name}' instead of '{name}'",
        fix=(Edit(plain.span, guess.name.encode()),),
    )


@hookimpl
def goldseam_analyzers(tools: Tools) -> tuple[Analyzer, ...]:
    return (StaticAnalyzer(tools),)


EXAMPLES = (
    Diagnosed("class Clock {}\nconsole.log(new Cl0ck());\n", ("NAM.LOOKALIKE",), (2,), name="program.js"),
    Diagnosed("const xs = [1];\nxs.pusch(2);\n", ("NAM.MISSPELT",), (2,), name="program.js"),
    Diagnosed("import { readFil } from 'node:fs';\n", ("NAM.WRONG_IMPORT",), (1,), name="program.mjs"),
    Diagnosed("function f() {}\nf(1);\nthrow 1;\n", ("TYP.ARITY",), (2,), name="program.js"),
    Diagnosed("const q = 5;\nq();\n", ("TYP.NOT_CALLABLE",), (2,), name="program.js"),
    Diagnosed("const k = 1;\nk = 2;\n", ("SEM.API_MISUSE",), (2,), name="program.js"),
    Diagnosed("const a = 'x' * 2;\nthrow 1;\n", ("TYP.MISMATCH",), (1,), name="program.js"),
    Diagnosed("function f(a, b) {\n  return a + b.x;\n}\nf(1);\n", ("TYP.ARITY",), (4,), name="program.js"),
    Diagnosed(
        "function f(a) {\n  a.slice(1);\n}\nconst b = f('ab');\nb.trim();\n",
        ("NAM.WRONG_ATTRIBUTE", "TYP.WRONG_RETURN"),
        (5, 2),
        name="program.js",
    ),
    Diagnosed(
        "async function f() {\n  return [];\n}\nconst a = f();\na.forEach(console.log);\n",
        ("NAM.WRONG_ATTRIBUTE", "TYP.NOT_AWAITED"),
        (5, 4),
        name="program.js",
    ),
    Diagnosed("const f = (a, b => a + b;\nconsole.log(f(1, 2));\n", name="program.js"),
    Diagnosed("const missing = require('./elsewhere');\nmissing.f();\n", name="program.js"),
    Diagnosed("let o = {};\no.later = 1;\no.other.x;\n", name="program.js"),
)
