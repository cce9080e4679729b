"""Faults from failed assertions that no frame of the code under test explains: the functions they name.

A test that asserts on a returned value fails in the test, not in the code. The failure's text still names
what was called (`where 3255 = subtotal(...)`, or the asserting line), and that is where to look first.
"""

import re
from collections import Counter
from collections.abc import Iterator

from goldseam.core.case import Case
from goldseam.core.example import Diagnosed
from goldseam.core.fault import Code, Fault
from goldseam.core.observation import Failure
from goldseam.core.ports import Analyzer
from goldseam.core.source import Span
from goldseam.plugins import hookimpl

_WORD = re.compile(r"[^\W\d]\w*")
MAX_SUSPECTS = 3


def analyze(case: Case) -> Iterator[Fault]:
    """The functions of files under repair that failed assertions name, the most often named first."""
    failures = [failure for failure in case.verdict.observation.failures if not _is_explained(failure, case)]
    named = Counter(word for failure in failures for word in set(_WORD.findall(_text(failure))))
    places = [(named[name], path, span) for name, path, span in _definitions(case) if name in named]
    places.sort(key=lambda place: (-place[0], place[1], place[2]))
    for rank, (_, path, span) in enumerate(places[:MAX_SUSPECTS]):
        yield Fault(
            Code.LOG_WRONG_RESULT,
            path,
            span,
            f"a test of it fails: {failures[0].kind}: {' '.join(failures[0].message.split())}",
            "make it give what the tests expect",
            suspiciousness=0.6 - 0.1 * rank,
        )


def _is_explained(failure: Failure, case: Case) -> bool:
    return any(frame.path in case.current.files for frame in failure.frames)


def _text(failure: Failure) -> str:
    return " ".join([failure.message, *(frame.source for frame in failure.frames[-1:])])


def _definitions(case: Case) -> Iterator[tuple[str, str, Span]]:
    """Name, path and head of every function of the files under repair, by their head lines."""
    for path, data in case.current.files.items():
        for match in re.finditer(rb"^[ \t]*(?:async\s+def|def|function)\s+(\w+)[^\n]*", data, re.MULTILINE):
            yield match[1].decode("utf-8", "replace"), path, Span(*match.span())


@hookimpl
def goldseam_analyzers() -> tuple[Analyzer, ...]:
    return (analyze,)


EXAMPLES = (
    Diagnosed(
        "def other(a):\n    return a\n\ndef double(a):\n    return a + 1\n",
        ("LOG.WRONG_RESULT",),
        (4,),
        test="import program\n\ndef test_it():\n    assert program.double(3) == 6\n",
    ),
    Diagnosed(
        "def double(a):\n    return a / 0\n",
        test="import program\n\ndef test_it():\n    assert program.double(3) == 6\n",
    ),
    Diagnosed("raise AssertionError('double')\n"),
)
