"""Python that the policy cannot read."""

from collections.abc import Iterator

from goldseam.verify.policy.change import FileChange
from goldseam.verify.policy.context import Context
from goldseam.verify.policy.ruling import Decision, Example, Objection, Rule, review


def check(change: FileChange, _: Context) -> Iterator[Objection]:
    """A repaired file without a tree was judged by its text alone."""
    if change.is_python and change.new_tree is None:
        yield review(1, "the repaired file cannot be read by the policy, so its text alone was checked")


RULE = Rule(
    "unreadable",
    check,
    hits=(Example("a = 1\n", "a = (\n", Decision.REVIEW),),
    misses=(Example("a = (\n", "a = ()\n"), Example("a = 1;\n", "a = (;\n", path="job.js")),
)
