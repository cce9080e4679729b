"""The example jobs: their right repairs are allowed, as models write them."""

from pathlib import Path

import pytest

from goldseam.core.incident import Frame, OracleSpec
from goldseam.core.observation import Failure, Observation, SyntaxProblem
from goldseam.core.source import Snapshot, Span
from goldseam.verify.policy.judging import rule_on
from goldseam.verify.policy.project import project_at
from goldseam.verify.policy.ruling import Decision

JOBS = Path(__file__).parents[3] / "examples" / "jobs"

REPAIRS = {
    "missing colon": ("sum_job.py", [("(numbers)\n", "(numbers):\n")], "SyntaxError", 4),
    "import and misspelt method": (
        "frame_job.py",
        [("data = pd", "import pandas as pd\n\ndata = pd"), ("summ()", "sum()")],
        "NameError",
        3,
    ),
    "empty guard": (
        "crash_job.py",
        [("    return sum", "    if len(values) == 0:\n        return 0\n    return sum")],
        "ZeroDivisionError",
        7,
    ),
    "empty guard, conditional": (
        "crash_job.py",
        [("sum(values) / len(values)", "sum(values) / len(values) if values else 0.0")],
        "ZeroDivisionError",
        7,
    ),
    "tax": ("output_job.py", [("net * TAX", "net * (1 + TAX)")], None, 0),
    "tax, other words": (
        "output_job.py",
        [("return net * TAX", "tax = net * TAX\n    return net + tax")],
        None,
        0,
    ),
    "quantity": ("cart.py", [("price + quantity", "price * quantity")], "AssertionError", 0),
}


def spec_of(path):
    expected = JOBS / path.replace(".py", ".expected")
    if expected.exists():
        return OracleSpec(run=f"python3 {path}", expected=expected.read_bytes())
    return OracleSpec(test="python3 -m pytest -q test_cart.py")


def seen(path, kind, line):
    if kind == "SyntaxError":
        return Observation(syntax=(SyntaxProblem(path, Span(60, 61), "expected ':'"),))
    failures = (Failure(kind, "", (Frame(path, line, "f"),)),) if kind and line else ()
    return Observation(failures=failures)


@pytest.mark.parametrize(("path", "edits", "kind", "line"), REPAIRS.values(), ids=list(REPAIRS))
def test_the_repair_is_allowed(path, edits, kind, line):
    old = (JOBS / path).read_text()
    new = old
    for before, after in edits:
        assert before in new
        new = new.replace(before, after)
    rulings = rule_on(
        Snapshot({path: old.encode()}),
        Snapshot({path: new.encode()}),
        spec_of(path),
        [seen(path, kind, line)],
        project=project_at(JOBS),
    )
    assert not rulings, [ruling.text for ruling in rulings]


def test_a_band_aid_over_the_same_fault_is_not():
    old = (JOBS / "crash_job.py").read_text()
    new = old.replace(
        "    return sum(values) / len(values)\n",
        "    try:\n        return sum(values) / len(values)\n    except Exception:\n        return 0\n",
    )
    rulings = rule_on(
        Snapshot({"crash_job.py": old.encode()}),
        Snapshot({"crash_job.py": new.encode()}),
        spec_of("crash_job.py"),
        [seen("crash_job.py", "ZeroDivisionError", 7)],
        project=project_at(JOBS),
    )
    assert rulings[0].decision is Decision.REJECT
    assert "hides every error" in rulings[0].text
