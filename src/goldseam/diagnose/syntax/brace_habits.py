"""How code of a language, and of the file itself, is usually written: how surprising a sequence of tokens is.

Interpolated trigrams over token classes with line ends and the enclosing bracket as context (naturalness of
code locates syntax faults: Campbell, Hindle, Amaral 2014). Each count of the file's own text weighs more than
one of the language's, which were counted over packages and shipped as `brace_habits.json`.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from math import log2
from typing import NamedTuple

from goldseam.diagnose.syntax.brace_tokens import CLOSER, OPENER, Kind, Lines, Token

OWN_WEIGHT = 3
_CLASSES = {
    Kind.NUMBER: "n", Kind.STRING: "s", Kind.REGEX: "re", Kind.OPEN: "open", Kind.ALIEN: "alien",
    Kind.OUTSIDE: "out", Kind.NAME: "$v",
}  # fmt: skip
_TEMPLATES = {(True, True): "`}{", (True, False): "`}", (False, True): "`{", (False, False): "`"}

KEYWORDS = {
    "script": frozenset(
        ["break", "case", "catch", "class", "const", "continue", "debugger", "default", "delete", "do", "else", "export", "extends", "finally", "for", "function", "if", "import", "in", "instanceof", "let", "new", "return", "static", "super", "switch", "this", "throw", "try", "typeof", "var", "void", "while", "with", "yield", "async", "await", "of", "get", "set", "null", "true", "false", "from", "as", "interface", "type", "enum", "public", "private", "protected", "readonly", "abstract", "implements", "declare", "namespace", "is", "keyof", "infer", "never", "any", "string", "number", "boolean", "undefined"]
    ),
    "php": frozenset(
        ["abstract", "and", "array", "as", "break", "callable", "case", "catch", "class", "clone", "const", "continue", "declare", "default", "do", "echo", "else", "elseif", "empty", "enddeclare", "endfor", "endforeach", "endif", "endswitch", "endwhile", "extends", "final", "finally", "fn", "for", "foreach", "function", "global", "goto", "if", "implements", "include", "include_once", "instanceof", "insteadof", "interface", "isset", "list", "match", "namespace", "new", "or", "print", "private", "protected", "public", "readonly", "require", "require_once", "return", "static", "switch", "throw", "trait", "try", "unset", "use", "var", "while", "xor", "yield", "null", "true", "false", "self", "string", "int", "bool", "float", "void", "mixed", "parent", "exit", "die"]
    ),
}


class Place(NamedTuple):
    """The brackets around a token, innermost first."""

    context: str
    outer: "Place | None"


TOP = Place("top", None)


def symbol_of(token: Token, keywords: frozenset[str]) -> str:
    """The class of a token: keywords and signs are their own."""
    kind, text = token.kind, token.text
    if kind is Kind.WORD:
        return text if text in keywords else text.lower() if text.lower() in keywords else "id"
    if kind is Kind.SIGN:
        return text
    if kind is Kind.TEMPLATE:
        return _TEMPLATES[text.startswith("}"), text.endswith("${")]
    return _CLASSES.get(kind, "?")


def turn(lines: Lines, left: Token, right: Token) -> str:
    """The line end between two tokens with the way that the indent goes, or an empty text."""
    upper, lower = lines.number(left.start), lines.number(right.start)
    if upper == lower:
        return ""
    if left.kind in (Kind.STRING, Kind.TEMPLATE, Kind.OUTSIDE) and lines.number(left.end - 1) == lower:
        return ""
    before, after = lines.width(upper), lines.width(lower)
    return "¶=" if before == after else "¶+" if after > before else "¶-"


def entered(place: Place, before: Sequence[str], symbol: str) -> Place:
    """The place after `symbol`; `before` are the symbols that precede it."""
    if symbol in CLOSER or symbol in ("`{", "#["):
        return Place(_context(before, symbol), place)
    if symbol in OPENER or symbol == "`}":
        return place.outer or place
    return place


_BEFORE_OBJECT = frozenset(["=", "(", ",", ":", "[", "?", "return", "||", "&&", "??", "+=", "=>", "default"])
_HEADS = frozenset(["if", "while", "for", "switch", "catch", "with", "foreach", "elseif", "match"])


def _context(before: Sequence[str], symbol: str) -> str:
    words = [one for one in before[-3:] if one[0] != "¶"]
    last = words[-1] if words else ""
    earlier = words[-2] if len(words) > 1 else ""
    if symbol == "{":
        return "object" if last in _BEFORE_OBJECT and last != "=>" else "block"
    if symbol == "(":
        if last in _HEADS:
            return "head"
        if "function" in (last, earlier) or last in ("fn", "async"):
            return "params"
        return "call" if last in ("id", ")", "]", "array", "isset", "super", "list") else "group"
    if symbol == "[":
        return "index" if last in ("id", ")", "]", "$v") else "list"
    return symbol


Counts = dict[str, dict[str, int]]


def histories(context: str, before: str, last: str) -> tuple[str, str, str]:
    """The keys under which a symbol is counted."""
    return f"{before} {last}", f"@{context} {last}", last


def count(symbols: Iterable[tuple[str, str]], into: Counts) -> None:
    """Count (symbol, context) pairs of one file."""
    before = last = "¶="
    for symbol, context in symbols:
        for key in histories(context, before, last):
            row = into.setdefault(key, {})
            row[symbol] = row.get(symbol, 0) + 1
        before, last = last, symbol


class Reading(NamedTuple):
    """The code tokens of a text with what their habits need: `gaps[i]` stands before token i."""

    tokens: list[Token]
    symbols: list[str]
    gaps: list[str]
    places: list[Place]
    lines: Lines

    def flow(self) -> Iterator[tuple[str, str]]:
        """Symbols, line ends among them, each with its context."""
        for symbol, gap, place in zip(self.symbols, self.gaps, self.places, strict=True):
            if gap:
                yield gap, place.context
            yield symbol, place.context


def read(tokens: Sequence[Token], text: str, keywords: frozenset[str]) -> Reading:
    """Classes, line ends and places of code tokens."""
    lines = Lines(text)
    symbols = [symbol_of(token, keywords) for token in tokens]
    gaps = ["¶=", *(turn(lines, a, b) for a, b in zip(tokens, tokens[1:], strict=False))][: len(tokens)]
    places, place = [], TOP
    for number, symbol in enumerate(symbols):
        places.append(place)
        place = entered(place, symbols[max(0, number - 3) : number], symbol)
    return Reading(list(tokens), symbols, gaps, places, lines)


@lru_cache(maxsize=4)
def prior(family: str) -> tuple[Mapping[str, Mapping[str, int]], Mapping[str, int]]:
    """Counts of a language by history, and their sums."""
    shipped = files("goldseam.diagnose.syntax").joinpath("brace_habits.json")
    table = json.loads(shipped.read_text(encoding="utf-8")).get(family, {}) if shipped.is_file() else {}
    return table, {key: sum(row.values()) for key, row in table.items()}


class Habits:
    """Bits of surprise, from the language's counts and the file's own."""

    def __init__(self, family: str, reading: Reading) -> None:
        self._prior, self._prior_sums = prior(family)
        own: Counts = defaultdict(dict)
        count(reading.flow(), own)
        self._own = own
        self._own_sums = {key: sum(row.values()) for key, row in own.items()}
        self._known: dict[tuple[str, str, str, str, int], float] = {}

    def bits(self, context: str, before: str, last: str, symbol: str, *, without: int = 0) -> float:
        """Surprise of `symbol`; `without` occurrences of the file's own are left out."""
        asked = (context, before, last, symbol, without)
        known = self._known.get(asked)
        if known is None:
            pair, here, single = histories(context, before, last)
            p = (
                0.5 * self._share(pair, symbol, without)
                + 0.35 * self._share(here, symbol, without)
                + 0.149 * self._share(single, symbol, without)
                + 0.0001
            )
            known = self._known[asked] = -log2(p)
        return known

    def _share(self, key: str, symbol: str, without: int) -> float:
        own = max(0, self._own.get(key, {}).get(symbol, 0) - without)
        own_sum = max(0, self._own_sums.get(key, 0) - without)
        row = self._prior.get(key)
        count = own * OWN_WEIGHT + (row.get(symbol, 0) if row else 0)
        return count / (own_sum * OWN_WEIGHT + self._prior_sums.get(key, 0) + 2.0)

    def surprise_after(
        self, history: Sequence[str], place: Place, symbols: Sequence[str], without: int
    ) -> float:
        """Bits of a sequence that follows `history` (two symbols at least) inside `place`."""
        total = 0.0
        seen = list(history)
        for symbol in symbols:
            total += self.bits(place.context, seen[-2], seen[-1], symbol, without=without)
            place = entered(place, seen, symbol)
            seen.append(symbol)
        return total
