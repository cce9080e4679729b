"""Regular expressions: how often a part may come, a flag, an anchor, a dot that is meant as one."""

import re
from collections.abc import Iterator

from goldseam.propose.mutating.mutant import Change, Family, Site, hit, miss, replaced
from goldseam.propose.trees.tree import Expression, Kind
from goldseam.propose.trees.writing import Piece

_PYTHON = re.compile(r"re\.(compile|search|match|fullmatch|split|findall|finditer|subn?)")
_PHP = re.compile(r"preg_\w+")
_TEXT = re.compile(r"""([rR]?)(["'])(.*)\2""")
_DELIMITED = re.compile(r"""(["']?)([/#~%])(.*)\2([a-zA-Z]*)\1""")
_ATOM = re.compile(
    r"(?P<atom>\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\.|\)|(?<!\()\w)(?P<many>[+*?]\??|\{\d+(?:,\d*)?\}\??)?"
)
_OFTEN = {"": ("+", "*"), "+": ("*", "+?", ""), "*": ("+", "*?"), "?": ("", "*"), "+?": ("+",), "*?": ("*",)}
_FLAGS = {"python": "", "javascript": "gim", "php": "ius"}
_MOST_PARTS = 12


def of_expression(at: Expression, site: Site) -> Iterator[Change]:
    if at.kind is Kind.OTHER and at.text.startswith("/"):
        yield from _changed(at, _DELIMITED, _FLAGS["javascript"])
    elif at.kind is Kind.CALL and at.positional and at.positional[0].kind is Kind.STRING:
        if _PYTHON.fullmatch(at.parts[0].text):
            yield from _changed(at.positional[0], _TEXT, "")
        elif _PHP.fullmatch(at.parts[0].text):
            yield from _changed(at.positional[0], _DELIMITED, _FLAGS["php"])


def _changed(at: Expression, literal: re.Pattern[str], flags: str) -> Iterator[Change]:
    match = literal.fullmatch(at.text)
    if match is None:
        return
    start, end = match.span(3)
    for pattern, cost in _patterns(match[3]):
        yield replaced(at, Piece(at.text[:start] + pattern + at.text[end:]), cost)
    if flags:
        begin, now = match.start(4), match[4]
        for flag in flags:
            others = now.replace(flag, "") if flag in now else now + flag
            yield replaced(at, Piece(at.text[:begin] + others + at.text[match.end(4) :]), 0.8)


def _patterns(pattern: str) -> Iterator[tuple[str, float]]:
    """Other patterns, each with its cost."""
    for match in [*_ATOM.finditer(pattern)][:_MOST_PARTS]:
        atom, many = match["atom"], match["many"] or ""
        is_letter = re.fullmatch(r"\w", atom) is not None
        for other in () if is_letter and not many else _OFTEN.get(many, ()):
            yield pattern[: match.start()] + atom + other + pattern[match.end() :], 0.8
        if atom == ".":
            yield pattern[: match.start()] + "\\" + pattern[match.start() :], 0.8
    for mark, is_there in (("^", pattern.startswith("^")), ("$", pattern.endswith("$"))):
        inner = pattern[1:] if mark == "^" else pattern[:-1]
        outer = f"^{pattern}" if mark == "^" else f"{pattern}$"
        yield (inner if is_there else outer), 0.9


_SLUG = 'import re\n\n\ndef slug(text):\n    return re.sub(r"[^a-z]", "-", text)\n'

FAMILY = Family(
    "patterns",
    (
        hit(_SLUG, "[^a-z]", "[^a-z]+"),
        hit(_SLUG, "[^a-z]", "^[^a-z]"),
        hit('import re\nP = re.compile("<.+>")\n', ".+", ".+?"),
        hit('import re\nP = re.compile("a.b$")\n', "a.b", "a\\.b"),
        hit('import re\nP = re.compile("a.b$")\n', "$", ""),
        hit("function f(t) {\n  return t.replace(/[&<]/, '');\n}\n", "/[&<]/", "/[&<]/g", name="program.js"),
        hit("<?php\n$p = preg_match('/^a\\d/', $t);\n", "'/^a\\d/'", "'/^a\\d/i'", name="program.php"),
        hit("<?php\n$p = preg_match('/^a\\d/', $t);\n", "\\d", "\\d+", name="program.php"),
        miss('def f(t):\n    return t.split("[a]")\n', "[a]", "[a]+"),
        miss(_SLUG, '"-"', '"-+"'),
        miss("function f(a, b) {\n  return a / b / 2;\n}\n", "a / b / 2", "a / b / 2g", name="program.js"),
    ),
    of_expression,
)
