"""Did you mean: the name nearest to a misspelt one.

The measure is Damerau's (1964) restricted edit distance with weights: a neighbour on the keyboard, a letter
of the other case, two letters swapped and a missing underscore cost less than another letter. Characters that
look alike are told apart first, by a skeleton as in Unicode Technical Standard 39.
"""

import builtins
import collections
import datetime
import functools
import json
import logging
import pathlib
import re
import string
import textwrap
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

_ROWS = ("1234567890-", "qwertyuiop", "asdfghjkl;", "zxcvbnm,.")
_NEAR, _CASE, _SWAPPED, _UNDERSCORE, _OTHER = 0.7, 0.3, 0.7, 0.5, 1.0
_ALIKE = str.maketrans(
    {
        character: plain
        for plain, same in {
            "o": "0OοоΟО", "l": "1Iіι|", "s": "5ѕ", "a": "аα", "e": "е", "c": "с", "p": "рρ", "x": "х",
            "y": "у", "h": "һ", "u": "υ", "v": "ν", "w": "ԝ", "j": "ј",
        }.items()
        for character in same
    }
)  # fmt: skip
_MAX_LENGTH = 80
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")


@dataclass(frozen=True, slots=True)
class Guess:
    """A name that may have been meant; `certain` if no other one is nearly as near."""

    name: str
    distance: float
    lookalike: bool = False
    certain: bool = True


def skeleton(word: str) -> str:
    """The same for words that look the same."""
    flat = unicodedata.normalize("NFKD", word)
    plain = "".join(character for character in flat if not unicodedata.combining(character))
    return plain.translate(_ALIKE).replace("rn", "m").replace("vv", "w")


def is_lookalike(a: str, b: str) -> bool:
    """Whether two different words look the same; letters of the other case do not."""
    return a != b and a.casefold() != b.casefold() and skeleton(a) == skeleton(b)


def distance(a: str, b: str) -> float:
    """Weighted edit distance; 0 for equal words."""
    if len(a) > _MAX_LENGTH or len(b) > _MAX_LENGTH:
        return float(max(len(a), len(b)))
    before: list[float] = []
    row = [0.0]
    for letter in b:
        row.append(row[-1] + _loss(letter))
    for i, x in enumerate(a):
        older, before = before, row
        row = [before[0] + _loss(x)]
        for j, y in enumerate(b):
            cost = min(before[j + 1] + _loss(x), row[j] + _loss(y), before[j] + _change(x, y))
            if i and j and x == b[j - 1] and y == a[i - 1] and x != y:
                cost = min(cost, older[j - 1] + _SWAPPED)
            row.append(cost)
    return row[-1]


def _loss(letter: str) -> float:
    return _UNDERSCORE if letter == "_" else _OTHER


def _change(x: str, y: str) -> float:
    if x == y:
        return 0.0
    if x.lower() == y.lower():
        return _CASE
    return _NEAR if _are_neighbours(x.lower(), y.lower()) else _OTHER


def _are_neighbours(x: str, y: str) -> bool:
    for number, row in enumerate(_ROWS):
        at = row.find(x)
        if at >= 0:
            near = row[max(0, at - 1) : at + 2]
            above = _ROWS[number - 1][at : at + 2] if number else ""
            below = _ROWS[number + 1][max(0, at - 1) : at + 1] if number + 1 < len(_ROWS) else ""
            return y in near or y in above or y in below
    return False


def limit(word: str) -> float:
    """How far a misspelling of `word` may be from what was meant."""
    if len(word) <= 2:
        return 0.3
    if len(word) <= 4:
        return 1.0
    return min(3.0, 0.36 * len(word))


def ranked(word: str, names: Iterable[str]) -> list[Guess]:
    """All names near enough to `word`, the nearest first."""
    bound = limit(word)
    found = []
    for name in set(names) - {word}:
        if is_lookalike(word, name):
            found.append(Guess(name, 0.0, lookalike=True))
        elif abs(len(name) - len(word)) <= bound / _UNDERSCORE and (d := distance(word, name)) <= bound:
            found.append(Guess(name, d))
    return sorted(found, key=lambda guess: (guess.distance, guess.name))


def nearest(word: str, names: Iterable[str]) -> Guess | None:
    """The nearest name, or None if all are too far."""
    found = ranked(word, names)
    if not found:
        return None
    first = found[0]
    certain = len(found) == 1 or found[1].distance - first.distance >= 0.5
    return Guess(first.name, first.distance, first.lookalike, certain)


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name in `snake_case` or `camelCase`, in small letters."""
    return tuple(word.lower() for word in _WORDS.findall(name))


@functools.lru_cache(maxsize=1)
def usual_words() -> frozenset[str]:
    """Words that the interpreter's own names and documentation use."""
    modules = (builtins, collections, datetime, functools, json, logging, pathlib, re, string, textwrap)
    documented = [getattr(module, name) for module in modules for name in dir(module)]
    members = [
        getattr(kind, name, None) for kind in documented if isinstance(kind, type) for name in dir(kind)
    ]
    texts = [text for one in (*modules, *documented, *members) if isinstance(text := one.__doc__, str)]
    return frozenset(word for text in (*texts, *dir(builtins), *dir(str)) for word in words_of(text))


def related(word: str, names: Iterable[str]) -> Guess | None:
    """A name that says the same in more or fewer words (`amount`, `amount_cents`), if only one does."""
    own = set(words_of(word))
    pairs = [(name, set(words_of(name))) for name in set(names) - {word}]
    found = [name for name, words in pairs if words and own and (words < own or own < words or words == own)]
    return Guess(found[0], limit(word), certain=False) if len(found) == 1 else None
