"""Faults where results are wrong: the statements that failing tests and runs went through, ranked."""

from collections.abc import Iterator

from goldseam.core.case import Case
from goldseam.core.example import Diagnosed
from goldseam.core.fault import Code, Evidence, Fault, Suspect
from goldseam.core.ports import Analyzer
from goldseam.diagnose.localize import wrong_result
from goldseam.plugins import hookimpl

MAX_SUSPECTS = 10
SHARE_OF_HIGHEST = 0.4
MOST_SUSPICIOUS = 0.85
"""Below what an error's own line has: a wrong result shows elsewhere than where it is made."""


def analyze(case: Case) -> Iterator[Fault]:
    """The most suspicious statements where a result, not an error, is what is wrong."""
    seen = case.observation
    code = wrong_result(seen)
    if code is None:
        return
    ranked = case.suspects[:MAX_SUSPECTS]
    for suspect in ranked:
        if suspect.suspiciousness >= SHARE_OF_HIGHEST * ranked[0].suspiciousness:
            yield _fault(suspect, code)


def _fault(suspect: Suspect, code: Code) -> Fault:
    told = "; ".join(suspect.evidence)
    return Fault(
        code,
        suspect.path,
        suspect.span,
        f"this {suspect.kind} is among the likeliest causes of the wrong result",
        "find out what it gives for the failing input, and make it give what is expected",
        suspiciousness=MOST_SUSPICIOUS * suspect.suspiciousness,
        detail=suspect.kind,
        evidence=(Evidence("coverage", told),),
        static=False,
    )


@hookimpl
def goldseam_analyzers() -> tuple[Analyzer, ...]:
    return (analyze,)


_SIGN = """def sign(n):
    if n > 0:
        return 1
    if n < 0:
        return 1
    return 0
"""
_SIGN_TEST = """import program

def test_positive():
    assert program.sign(3) == 1

def test_zero():
    assert program.sign(0) == 0

def test_negative():
    assert program.sign(-3) == -1
"""

EXAMPLES = (
    Diagnosed(_SIGN, ("LOG.WRONG_RESULT",) * 3, (5, 4, 2), test=_SIGN_TEST),
    Diagnosed("print('Total: 5')\n", ("LOG.WRONG_OUTPUT",), (1,), expected="Total: 6"),
    Diagnosed(
        "def double(a):\n    return a / 0\n",
        test="import program\n\ndef test_it():\n    assert program.double(3) == 6\n",
    ),
    Diagnosed("print(total)\n", expected="Total: 6"),
)
