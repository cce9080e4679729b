"""A repair of syntax stays where the compiler points, and writes no more than parsing needs."""

import ast
import keyword
import re
from collections.abc import Iterator
from difflib import get_close_matches

from goldseam.verify.policy.change import FileChange, TextEdit, edits_between
from goldseam.verify.policy.context import Context
from goldseam.verify.policy.ruling import Decision, Example, Objection, Rule, reject, review

NEAR_LINES = 12
WORDS_WRITTEN = 8
_WORD = re.compile(r"[^\W\d]\w*")
_CALL = re.compile(r"[\w.]+\s*\(")


def check(change: FileChange, context: Context) -> Iterator[Objection]:
    """Words lost or written by the syntax repair; further changes that no symptom asked for."""
    if not change.was_broken or change.new_tree is None:
        return
    yield from _needed(change)
    if change.old_tree is not None and ast.dump(change.old_tree) != ast.dump(change.new_tree):
        yield from _further(change, context)


def _needed(change: FileChange) -> Iterator[Objection]:
    inserted = [word for edit in change.syntax_edits for word in _WORD.findall(edit.inserted)]
    written = [word for word in inserted if not keyword.iskeyword(word)]
    for edit in change.syntax_edits:
        line = change.old.count("\n", 0, edit.start) + 1
        lost = [word for word in _lost(change, edit) if not get_close_matches(word, inserted, cutoff=0.6)]
        if lost and _CALL.search(change.old[edit.start : edit.end]):
            yield reject(line, f"broken code is deleted instead of repaired: {lost[0]}")
        elif lost:
            yield review(line, f"'{lost[0]}' is deleted to make the file parse")
        if edit.inserted.strip().startswith("#"):
            yield reject(line, "broken code is commented out instead of repaired")
    known = set(_WORD.findall(change.old))
    if len([word for word in written if word not in known]) > WORDS_WRITTEN:
        line = change.old.count("\n", 0, change.syntax_edits[0].start) + 1
        yield review(line, "much is written where only the syntax is broken")


def _lost(change: FileChange, edit: TextEdit) -> list[str]:
    """Names that the edit removes and that become rarer in the file."""
    removed = [
        word for word in _WORD.findall(change.old[edit.start : edit.end]) if not keyword.iskeyword(word)
    ]
    before, after = _WORD.findall(change.old), _WORD.findall(change.new)
    return [word for word in removed if after.count(word) < before.count(word)]


def _further(change: FileChange, context: Context) -> Iterator[Objection]:
    """Edits beyond parsing, far from every symptom, or without anything but the parser to judge them.

    Where the mended file was run and failed, more than its syntax is broken, and shrinking has left only what
    the oracle needs.
    """
    edits = edits_between(change.baseline, change.new)
    told = [edit for edit in edits if not _is_blank(change, edit)]
    lines = sorted({change.baseline.count("\n", 0, edit.start) + 1 for edit in told})
    if not lines:
        return
    if not context.has_commands:
        yield review(lines[0], "changes more than the broken syntax, and only the parser judges it")
        return
    if context.has_failed_when_run:
        return
    places = context.places(change.path) | {
        change.old.count("\n", 0, edit.start) + 1 for edit in change.syntax_edits
    }
    for line in lines:
        if all(abs(line - place) > NEAR_LINES for place in places):
            yield review(line, "changes code far from the broken syntax, where nothing was seen to fail")
            return


def _is_blank(change: FileChange, edit: TextEdit) -> bool:
    return not (change.baseline[edit.start : edit.end] + edit.inserted).strip()


_OLD = "def total(rows)\n    check(rows)\n    return sum(rows)\n"
_FAR = "def f(a, b):\n    return a + b\n" + "x = 1\n" * 20 + _OLD
RULE = Rule(
    "locality",
    check,
    hits=(
        Example(_OLD, "def total(rows):\n    return sum(rows)\n"),
        Example("a = 1\nprint(total(a)\nb = 2\n", "a = 1\nb = 2\n"),
        Example("a = 1\nprint(total(a)\nb = 2\n", "a = 1\n# print(total(a)\nb = 2\n"),
        Example(
            _FAR,
            _FAR.replace("(rows)\n    check", "(rows):\n    check").replace("a + b", "a * b"),
            Decision.REVIEW,
        ),
    ),
    misses=(
        Example(_OLD, _OLD.replace("(rows)\n    check", "(rows):\n    check")),
        Example("a = 1\nprint(total(a)\nb = 2\n", "a = 1\nprint(total(a))\nb = 2\n"),
        Example("retrun = 1\nx = [1, 2\n", "retrun = 1\nx = [1, 2]\n"),
        Example("def f(x):\nreturn x\n", "def f(x):\n    return x\n"),
        Example("fro i in range(3):\n    print(i)\n", "for i in range(3):\n    print(i)\n"),
        Example("print('Hello)\n", "print('Hello')\n"),
    ),
)
