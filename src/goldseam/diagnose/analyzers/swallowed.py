"""Errors that a red run swallowed: a broad `except` that was entered and goes on as if nothing were wrong.

Such handlers are common in healthy programs, so that their text alone says nothing. One that a failing run
went through, and that neither raises, calls nor names the error, hides what the run should have shown.
"""

import ast
from collections.abc import Iterator

from goldseam.core.case import Case
from goldseam.core.example import Diagnosed
from goldseam.core.fault import Code, Evidence, Fault
from goldseam.core.observation import Observation, TestOutcome
from goldseam.core.ports import Analyzer
from goldseam.core.source import Span, line_span
from goldseam.languages.python import encoding_of
from goldseam.languages.python_view import parsed
from goldseam.plugins import hookimpl

MOST_FILES = 20
_BROAD = frozenset({"Exception", "BaseException"})


def analyze(case: Case) -> Iterator[Fault]:
    """The broad, silent handlers that a failing run entered."""
    if case.verdict.plausible:
        return
    for path, lines in list(_ran(case.observation).items())[:MOST_FILES]:
        data = case.current.files.get(path)
        module = parsed(path, data, encoding_of) if data and path.endswith(".py") else None
        for handler in module.every(ast.ExceptHandler) if module else ():
            if data and _is_silent(handler) and handler.body[0].lineno in lines:
                yield _fault(path, line_span(data, handler.lineno), handler.body[0].lineno)


def _fault(path: str, span: Span, line: int) -> Fault:
    return Fault(
        Code.SEM_MASKED_FAILURE,
        path,
        span,
        "any error is caught here, and the run goes on as if there were none",
        "catch only the error that is meant, and tell of it",
        suspiciousness=0.55,
        detail="silent",
        evidence=(Evidence("coverage", f"a failing run reached line {line}: an error was swallowed"),),
    )


def _ran(seen: Observation) -> dict[str, frozenset[int]]:
    """The lines of each file that failing tests, or else the failing run, went through."""
    failed = {name for name, result in seen.tests.items() if result.outcome is TestOutcome.FAILED}
    ran: dict[str, frozenset[int]] = {}
    for name, lines in seen.lines.items():
        if name in failed or (not name and not failed):
            for path, numbers in lines.items():
                ran[path] = ran.get(path, frozenset()) | numbers
    return ran


def _is_silent(handler: ast.ExceptHandler) -> bool:
    """Whether a handler takes any error and does nothing with it."""
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    broad = any(kind is None or (isinstance(kind, ast.Name) and kind.id in _BROAD) for kind in kinds)
    inside = [node for statement in handler.body for node in ast.walk(statement)]
    speaks = any(isinstance(node, ast.Raise | ast.Call) for node in inside)
    named = any(isinstance(node, ast.Name) and node.id == handler.name for node in inside)
    return broad and not speaks and not named


@hookimpl
def goldseam_analyzers() -> tuple[Analyzer, ...]:
    return (analyze,)


EXAMPLES = (
    Diagnosed(
        "def f(x):\n    try:\n        return int(x) * rate\n    except Exception:\n        return 0\n"
        "print(f('2'))\n",
        ("SEM.MASKED_FAILURE",),
        (4,),
        "4",
    ),
    Diagnosed(
        "total = 0\nfor x in ['1', 'b', '2']:\n    try:\n        total += int(y)\n    except:\n        pass\n"
        "print(total)\n",
        ("SEM.MASKED_FAILURE",),
        (5,),
        "3",
    ),
    Diagnosed(
        "def f(x):\n    try:\n        return int(x)\n    except Exception:\n        return 0\n"
        "print(f('2'))\n",
        expected="4",
    ),
    Diagnosed(
        "def f(x):\n    try:\n        return int(x)\n    except ValueError:\n        return 0\n"
        "print(f('b'))\n",
        expected="4",
    ),
    Diagnosed(
        "def f(x):\n    try:\n        return int(x)\n    except Exception as e:\n        print(e)\n"
        "print(f('b'))\n",
        expected="4",
    ),
)
