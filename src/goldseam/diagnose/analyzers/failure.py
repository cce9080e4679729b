"""Faults from uncaught exceptions: the innermost frame inside the project, the exception's own words."""

import re
from collections.abc import Iterator

from goldseam.core.case import Case
from goldseam.core.example import Diagnosed
from goldseam.core.fault import Code, Fault
from goldseam.core.incident import Frame
from goldseam.core.observation import Failure
from goldseam.core.ports import Analyzer
from goldseam.core.redaction import REDACTED
from goldseam.core.source import Span, line_span
from goldseam.plugins import hookimpl

_KINDS: dict[str, tuple[Code, str]] = {
    "NameError": (Code.NAM_UNDEFINED, "define or import this name, or correct its spelling"),
    "UnboundLocalError": (
        Code.NAM_UNBOUND_LOCAL,
        "give the variable a value on every path before it is read",
    ),
    "AttributeError": (Code.NAM_WRONG_ATTRIBUTE, "use an attribute that the object has"),
    "ImportError": (Code.NAM_WRONG_IMPORT, "import a name that the module has"),
    "ModuleNotFoundError": (Code.ENV_MISSING_PACKAGE, "install the package, or correct the module's name"),
    "ZeroDivisionError": (Code.RUN_ZERO_DIVISION, "handle the case in which the divisor is zero"),
    "IndexError": (Code.RUN_INDEX, "keep the index inside the sequence"),
    "KeyError": (Code.RUN_KEY, "use a key that the mapping has, or handle a missing one"),
    "ValueError": (Code.RUN_VALUE, "pass a value that the call accepts"),
    "RecursionError": (Code.RUN_RECURSION, "add or correct the base case of the recursion"),
    "MemoryError": (Code.RUN_MEMORY, "do not hold all of it in memory"),
    "FileNotFoundError": (Code.RUN_FILE, "use a path that exists, or create the file first"),
    "UnicodeDecodeError": (Code.RUN_ENCODING, "read the bytes in their own encoding"),
    "UnicodeEncodeError": (Code.RUN_ENCODING, "write in an encoding that holds the text"),
    "AssertionError": (Code.LOG_WRONG_RESULT, "make the code give what the check expects"),
}

_TYPE_ERRORS: tuple[tuple[str, Code, str], ...] = (
    (r"'NoneType' object", Code.TYP_NONE_ACCESS, "find out why the value is None, or handle None"),
    (
        r"positional argument|keyword argument|missing \d+ required",
        Code.TYP_ARITY,
        "call it with its own arguments",
    ),
)

_SUGGESTION = re.compile(r"Did you mean:? '([^']+)'")
_NO_NAME = re.compile(r"name '([^']+)' is not defined")


def analyze(case: Case) -> Iterator[Fault]:
    """A fault for each distinct failure whose traceback reaches a file under repair."""
    seen: set[tuple[str, Span, str]] = set()
    for failure in case.verdict.observation.failures:
        fault = _fault_of(failure, case)
        if fault and (key := (fault.path, fault.span, fault.message)) not in seen:
            seen.add(key)
            yield fault


def _fault_of(failure: Failure, case: Case) -> Fault | None:
    frame = next((f for f in reversed(failure.frames) if _is_true(f, case)), None)
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
    if match := _NO_NAME.search(failure.message):
        offset = data.find(match[1].encode(), span.start, span.end)
        if offset >= 0:
            return Span(offset, offset + len(match[1].encode()))
    return span


def classify(failure: Failure) -> tuple[Code, str]:
    """Code and hint of a failure, with the suggestion that the interpreter made."""
    suggestion = _SUGGESTION.search(failure.message)
    if match := _NO_NAME.search(failure.message):
        spelling = f" ('{suggestion[1]}'?)" if suggestion else ""
        return Code.NAM_UNDEFINED, f"import or define '{match[1]}', or correct its spelling{spelling}"
    code, hint = _code_of(failure)
    return code, f"use '{suggestion[1]}' instead" if suggestion else hint


def _code_of(failure: Failure) -> tuple[Code, str]:
    if failure.kind in ("TypeError", "AttributeError"):
        for pattern, code, hint in _TYPE_ERRORS:
            if re.search(pattern, failure.message):
                return code, hint
    if failure.kind == "TypeError":
        return Code.TYP_MISMATCH, "bring the values to the types that the operation takes"
    fallback = (Code.RUN_ERROR, "handle or prevent this error")
    return _KINDS.get(failure.kind.rpartition(".")[2], fallback)


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
)
