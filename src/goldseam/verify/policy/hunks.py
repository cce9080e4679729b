"""Differing stretches of two sequences, in nearly linear time for long ones that differ little."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

MANY = 1_000
TOO_MANY = 20_000

Hunk = tuple[int, int, int, int]


def hunks(before: Sequence[str], after: Sequence[str]) -> Iterator[Hunk]:
    """`before[i1:i2]` became `after[j1:j2]`; what is too long to compare is one hunk."""
    head = _common(before, after)
    tail = _common(before[head:][::-1], after[head:][::-1])
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    if not old and not new:
        return
    if len(old) + len(new) > TOO_MANY:
        yield head, head + len(old), head, head + len(new)
        return
    matcher = SequenceMatcher(None, old, new, autojunk=len(old) > MANY)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            yield head + i1, head + i2, head + j1, head + j2


def _common(left: Sequence[str], right: Sequence[str]) -> int:
    for index, (a, b) in enumerate(zip(left, right, strict=False)):
        if a != b:
            return index
    return min(len(left), len(right))
