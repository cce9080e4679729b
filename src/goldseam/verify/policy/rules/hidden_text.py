"""Characters that a reader cannot see, or takes for others."""

import ast
import re
import unicodedata
from collections.abc import Iterator

from goldseam.verify.policy.change import FileChange
from goldseam.verify.policy.context import Context
from goldseam.verify.policy.ruling import Decision, Example, Objection, Rule, reject, review

_HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f\U000e0100-\U000e01ef]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_WORD = re.compile(r"[^\W\d]\w*")
_EMOJI = "\ufe0f\u200d"


def check(change: FileChange, _: Context) -> Iterator[Objection]:
    """Hidden and control characters, names in mixed or unusual scripts."""
    known = set(_WORD.findall(change.old))
    for line, text in change.added:
        visible = text.removeprefix("\ufeff") if line == 1 else text
        hidden = [c for c in _HIDDEN.findall(visible) if not _in_emoji(visible, c)]
        if hidden and any(c not in change.old for c in hidden):
            yield reject(line, f"a character that cannot be seen: U+{ord(hidden[0]):04X}")
        elif (control := _CONTROL.search(visible)) and control[0] not in change.old:
            yield reject(line, f"a control character: U+{ord(control[0]):04X}")
        for word in set(_WORD.findall(visible)) - known:
            if len(scripts := _scripts(word)) > 1:
                yield reject(line, f"'{word}' mixes letters of {' and '.join(sorted(scripts))}")
    for name, line in _strange_names(change):
        if name not in known:
            yield review(line, f"the name '{name}' is not written in plain letters")


def _in_emoji(text: str, character: str) -> bool:
    """Joiners and selectors after a pictogram are how emoji are written."""
    position = text.find(character)
    return character in _EMOJI and position > 0 and unicodedata.category(text[position - 1]) in ("So", "Sk")


def _scripts(word: str) -> set[str]:
    names = (unicodedata.name(c, "").partition(" ")[0] for c in word if c.isalpha())
    return {
        name for name in names if name in ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "FULLWIDTH")
    }


def _strange_names(change: FileChange) -> Iterator[tuple[str, int]]:
    """Identifiers beyond ASCII; Python reads some as other, plain names (NFKC)."""
    if change.new_tree is None:
        return
    defined = {
        name
        for node in ast.walk(change.new_tree)
        if (name := getattr(node, "id", None) or getattr(node, "name", None) or getattr(node, "arg", None))
        and isinstance(name, str)
    }
    for line, text in change.added:
        for word in _WORD.findall(text):
            plain = unicodedata.normalize("NFKC", word)
            if not word.isascii() and (plain in defined) and (plain != word or _scripts(word) - {"LATIN"}):
                yield word, line


_OLD = "def check(user):\n    return user == 'admin'\n"
RULE = Rule(
    "hidden text",
    check,
    hits=(
        Example(_OLD, _OLD.replace("'admin'", "'admin\u200b'")),
        Example(_OLD, _OLD.replace("'admin'", "'admin\u202e' \u2066")),
        Example(_OLD, _OLD.replace("user", "us\u0435r")),
        Example(_OLD, _OLD.replace("check", "\uff43heck")),
        Example(_OLD, _OLD.replace("user", "\u0430\u0435"), Decision.REVIEW),
        Example("a = 1;\n", "a\u200b = 1;\n", path="job.js"),
    ),
    misses=(
        Example(_OLD, _OLD.replace("'admin'", "'администратор'")),
        Example(_OLD, _OLD.replace("'admin'", "'Grüße ✓'")),
        Example(_OLD, _OLD.replace("'admin'", "'❤\ufe0f'")),
        Example(_OLD, _OLD.replace("user", "größe")),
    ),
)
