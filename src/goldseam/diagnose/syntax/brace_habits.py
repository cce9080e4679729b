"""How code of a language, and of the file itself, is usually written: how surprising a sequence of tokens is.

Interpolated trigrams over token classes with line ends and the enclosing bracket as context (naturalness of
code locates syntax faults: Campbell, Hindle, Amaral 2014). Each count of the file's own text weighs more than
one of the language's, which were counted over packages and shipped as `brace_habits.json`.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from math import log2

from goldseam.diagnose.syntax.brace_reading import BRACKETS, Place, Reading, entered

OWN_WEIGHT = 3
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
        self._likely: dict[tuple[str, str, str], tuple[str, ...]] = {}

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

    def likely(
        self, context: str, before: str, last: str, signs: Sequence[str], limit: float
    ) -> tuple[str, ...]:
        """Those of a fixed list of signs that cost no more than `limit` here."""
        asked = (context, before, last)
        known = self._likely.get(asked)
        if known is None:
            known = tuple(sign for sign in signs if self.bits(context, before, last, sign) <= limit)
            self._likely[asked] = known
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
            if symbol in BRACKETS:
                place = entered(place, seen, symbol)
            seen.append(symbol)
        return total
