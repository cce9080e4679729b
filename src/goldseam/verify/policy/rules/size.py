"""Changes out of proportion to what was diagnosed."""

from collections.abc import Iterator

from goldseam.verify.policy.change import FileChange
from goldseam.verify.policy.context import Context
from goldseam.verify.policy.ruling import Decision, Example, Objection, Rule, reject, review

LINES = 40
LINES_A_PLACE = 10
MANY = 5
SMALL_FILE = 30
KEPT = 0.3


def check(change: FileChange, context: Context) -> Iterator[Objection]:
    """More changed lines than the symptoms explain; most of a file replaced."""
    added = [text for _, text in change.added if text.strip()]
    removed = [text for _, text in change.removed if text.strip()]
    allowed = LINES + LINES_A_PLACE * len(context.places(change.path))
    changed = len(added) + len(removed)
    total = sum(bool(line.strip()) for line in change.old.split("\n"))
    first = change.added[0][0] if change.added else change.removed[0][0] if change.removed else 1
    if changed > MANY * allowed or (total > SMALL_FILE and total - len(removed) < KEPT * total):
        yield reject(first, f"{changed} lines change in a file of {total}: that is no repair of one fault")
    elif changed > allowed:
        yield review(first, f"{changed} lines change, more than the symptoms explain")


_LONG = "".join(f"x{i} = {i}\n" for i in range(60))
RULE = Rule(
    "size",
    check,
    hits=(
        Example(_LONG, "x0 = 0\n"),
        Example(_LONG, _LONG.replace("= 1", "= 2 + 1").replace("= 3", "= 2 + 3"), Decision.REVIEW),
        Example("a = 1;\n" * 50, "b = 1;\n", path="job.js"),
    ),
    misses=(
        Example(_LONG, _LONG.replace("x5 = 5", "x5 = 6")),
        Example("a = 1\nb = 2\n", "a = 2\nb = 3\n"),
    ),
)
