"""TST.FLAKY: a test passes and fails without a change."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example, Proof

ENTRY = Entry(
    code=Code.TST_FLAKY,
    title="A test passes and fails without a change",
    cause="It depends on time, on chance, on order or on what another test left behind.",
    hint="make the test independent of time, chance and order",
    found_by={
        "python": (
            "the unchanged files are run several times; where a result differs, `diagnose` and "
            "`heal` decline with the reason `flaky`"
        ),
        "javascript": (
            "the unchanged files are run several times; where a result differs, `diagnose` and "
            "`heal` decline with the reason `flaky`"
        ),
        "php": (
            "the unchanged files are run several times; where a result differs, `diagnose` and "
            "`heal` decline with the reason `flaky`"
        ),
    },
    examples=(
        Example(
            language="python",
            broken="""\
import random


def test_draw():
    assert random.choice(["head", "tail"]) == "head"
""",
            mended="""\
import random


def test_draw():
    assert random.choice(["head", "tail"]) in ("head", "tail")
""",
            proof=Proof.TOLD,
        ),
    ),
    rungs=(),
    unserved="where the same bytes pass and fail, no run proves a repair",
)
