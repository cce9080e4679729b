"""Rulings, rules, and the examples that prove a rule."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from goldseam.verify.policy.change import FileChange
from goldseam.verify.policy.context import Context


class Decision(IntEnum):
    """What the policy says of a repair; the strictest ruling counts."""

    ALLOW = 0
    REVIEW = 1
    REJECT = 2


@dataclass(frozen=True, slots=True)
class Ruling:
    """One objection: `line` counts from 1 in the repaired file (or the old one, for what is gone)."""

    decision: Decision
    rule: str
    path: str
    line: int
    reason: str

    @property
    def text(self) -> str:
        """One line for a person and for a model alike."""
        return f"{self.path}, line {self.line}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Objection:
    """What a rule finds in one file."""

    decision: Decision
    line: int
    reason: str


def review(line: int, reason: str) -> Objection:
    """A person should look at it."""
    return Objection(Decision.REVIEW, line, reason)


def reject(line: int, reason: str) -> Objection:
    """No repair of ours does this."""
    return Objection(Decision.REJECT, line, reason)


@dataclass(frozen=True, slots=True)
class Example:
    """A change and what the rule must say of it.

    `project` holds other files, `failing` the uncaught exception and the old line that raised it.
    """

    old: str
    new: str
    decision: Decision = Decision.REJECT
    expected: str | None = None
    failing: tuple[str, int] | None = None
    project: Mapping[str, str] = field(default_factory=dict)
    path: str = "job.py"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule with its proof: examples that it must object to, and near misses that it must allow."""

    name: str
    check: Callable[[FileChange, Context], Iterable[Objection]]
    hits: tuple[Example, ...]
    misses: tuple[Example, ...]
