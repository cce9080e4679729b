"""Faults from uncaught exceptions: the innermost frame inside the project, the exception's own words."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from goldseam.core.case import Case
from goldseam.core.example import Diagnosed
from goldseam.core.fault import Code, Fault
from goldseam.core.incident import Frame
from goldseam.core.observation import Failure
from goldseam.core.ports import Analyzer
from goldseam.core.redaction import REDACTED
from goldseam.core.source import Span, line_span
from goldseam.diagnose.kinds import node, php, python
from goldseam.plugins import hookimpl

_BY_SUFFIX = {
    **dict.fromkeys((".js", ".cjs", ".mjs", ".ts", ".cts", ".mts", ".jsx", ".tsx"), node),
    ".php": php,
}
_WARNINGS = frozenset({"Warning", "Notice"})
"""Kinds that PHP prints while a program goes on."""
_LATER, _LEAST = 0.03, 0.8
_UNKNOWN = (Code.RUN_ERROR, "handle or prevent this error")


def analyze(case: Case) -> Iterator[Fault]:
    """A fault for each distinct failure whose traceback reaches a file under repair.

    Of what one run told one after the other, the first is the likeliest cause of the others.
    """
    seen: set[tuple[str, Span, str]] = set()
    failures = case.verdict.observation.failures
    warnings = [failure for failure in failures if failure.kind in _WARNINGS]
    for later, failure in enumerate([*warnings, *(each for each in failures if each not in warnings)]):
        fault = _fault_of(failure, case)
        if fault and warnings:
            fault = replace(fault, suspiciousness=max(_LEAST, 1.0 - later * _LATER))
        if fault and (key := (fault.path, fault.span, fault.message)) not in seen:
            seen.add(key)
            yield fault


def _fault_of(failure: Failure, case: Case) -> Fault | None:
    frames = failure.frames
    if php.is_of_caller(failure.message) and len(frames) > 1:
        frames = frames[:-1]
    frame = next((f for f in reversed(frames) if _is_true(f, case)), None)
    if frame is None:
        return None
    code, hint = classify(failure)
    message = f"{failure.kind}: {' '.join(failure.message.split())}".removesuffix(": ")
    return Fault(code, frame.path, _span_of(frame, failure, case), message, hint, detail=failure.kind)


def _is_true(frame: Frame, case: Case) -> bool:
    """Whether a frame may be believed: its file is under repair and holds the line that it quotes.

    A log can claim anything; secrets are gone from what it quotes, and non-ASCII text may read otherwise.
    """
    data = case.current.files.get(frame.path)
    if data is None or not frame.source.isascii() or REDACTED in frame.source:
        return data is not None
    return frame.source.encode() in data


def _span_of(frame: Frame, failure: Failure, case: Case) -> Span:
    data = case.current.files[frame.path]
    span = line_span(data, frame.line)
    kinds = _BY_SUFFIX.get(PurePosixPath(frame.path).suffix.lower(), python)
    if name := kinds.name_in(failure.message):
        word = re.compile(rb"(?<![\w$])" + re.escape(name.encode()) + rb"(?![\w$])")
        if match := word.search(data, span.start, span.end):
            return Span(*match.span())
    return span


def classify(failure: Failure) -> tuple[Code, str]:
    """Code and hint of a failure, by the language of its innermost frame that has one."""
    suffixes = [PurePosixPath(frame.path).suffix.lower() for frame in reversed(failure.frames)]
    known = [_BY_SUFFIX[suffix] for suffix in suffixes if suffix in _BY_SUFFIX]
    every = known[:1] or ((python,) if failure.frames else (python, node, php))
    return next((found for kinds in every if (found := kinds.meaning(failure))), _UNKNOWN)


@hookimpl
def goldseam_analyzers() -> tuple[Analyzer, ...]:
    return (analyze,)


EXAMPLES = (
    Diagnosed("x = 1\nprint(y)\n", ("NAM.UNDEFINED",), (2,)),
    Diagnosed("print([1].lenght)\n", ("NAM.WRONG_ATTRIBUTE",), (1,)),
    Diagnosed("import maths\n", ("ENV.MISSING_PACKAGE",), (1,)),
    Diagnosed("from math import squareroot\n", ("NAM.WRONG_IMPORT",), (1,)),
    Diagnosed("def f(a):\n    return a\nf()\n", ("TYP.ARITY",), (3,)),
    Diagnosed("print(None.name)\n", ("TYP.NONE_ACCESS",), (1,)),
    Diagnosed("print('1' + 1)\n", ("TYP.MISMATCH",), (1,)),
    Diagnosed("def f(n):\n    return 1 / n\nf(0)\n", ("RUN.ZERO_DIVISION",), (2,)),
    Diagnosed("print([][1])\n", ("RUN.INDEX",), (1,)),
    Diagnosed("print({}['a'])\n", ("RUN.KEY",), (1,)),
    Diagnosed("class Odd(Exception): ...\nraise Odd('x')\n", ("RUN.ERROR",), (2,)),
    Diagnosed("try:\n    1 / 0\nexcept ZeroDivisionError:\n    print('caught')\n"),
    Diagnosed("import sys\nsys.exit('Error: not a traceback')\n"),
    Diagnosed("print('1')\n", expected="2"),
    Diagnosed("const x = 1;\nconsole.log(y);\n", ("NAM.UNDEFINED",), (2,), name="program.js"),
    Diagnosed("[1].pusch(2);\n", ("NAM.WRONG_ATTRIBUTE",), (1,), name="program.js"),
    Diagnosed("const f = 1;\nf();\n", ("TYP.NOT_CALLABLE",), (2,), name="program.js"),
    Diagnosed("const a = {};\na.b.c;\n", ("TYP.NONE_ACCESS",), (2,), name="program.js"),
    Diagnosed("import { red } from 'node:fs';\n", ("NAM.WRONG_IMPORT",), (1,), name="program.mjs"),
    Diagnosed("const f = () => f();\nf();\n", ("RUN.RECURSION",), (1,), name="program.js"),
    Diagnosed("JSON.parse('{');\n", ("RUN.VALUE",), (1,), name="program.js"),
    Diagnosed("try { y; } catch (error) { console.log('caught'); }\n", name="program.js"),
    Diagnosed("console.error('Error: no trace');\nprocess.exit(1);\n", name="program.js"),
)
