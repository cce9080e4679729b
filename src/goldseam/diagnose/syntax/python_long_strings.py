"""Repairs of triple quotes: which of them open and which close is read off their lines and what lies between.

A quote that begins its line opens, one that ends it closes; code inside of a string or prose outside of one
costs. The cheapest reading tells between which two quotes one is missing (Viterbi over open and closed);
which line it belongs to is told by the lines that parse.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from goldseam.core.fault import Code
from goldseam.diagnose.syntax.judge import Judge, Splice, spliced
from goldseam.diagnose.syntax.python_lines import logical_lines
from goldseam.diagnose.syntax.python_long_places import PROSE, Gap, closings, openings
from goldseam.diagnose.syntax.python_statements import unparsable
from goldseam.diagnose.syntax.python_tokens import Kind, tokens_of
from goldseam.diagnose.syntax.repair import Repair

MISSING, ODD_ROLE, ODD_NEIGHBOUR = 2.0, 1.5, 0.5
INSIDE, OUTSIDE, MOST_INSIDE, MOST_OUTSIDE = 0.3, 0.4, 3.0, 2.8
BROKEN = 0.4
"""What a logical line costs that does not parse after a repair."""
MOST_IDEAS, MOST_COUNTED, MOST_READINGS = 24, 6, 5
MANY_BROKEN, MOST_QUOTES = 4, 600
_CODE = re.compile(
    r"^[ \t]*(?:(?:async )?def \w+\(|class \w+.*:$|import \w+$|from \S+ import |return\b.*[\w)\]]$"
    r"|@\w[\w.]*(?:\(.*\))?$|(?:if|elif|for|while|with)\b.*:$|else:$|try:$|except\b.*:$"
    r"|[\w.]+(?:\[.*\])?(?:: [\w\[\], .|'\"]+)? [-+*/]?= \S"
    r"|(?:self\.)?[a-z_][\w.]*\(.*\)$|raise \w+\(|\w+: [\w.]+(?:\[.*\])?$)",
    re.MULTILINE,
)
_DOCTEST = re.compile(r"^[ \t]*(?:>>>|\.\.\.) .*$", re.MULTILINE)
_OPENS_AFTER = re.compile(r"(?:^|[=(\[{,:+%]|\breturn|\bin|\bprint)\s*$")
_CLOSES_BEFORE = re.compile(r"\s*(?:$|[)\]},.%:;+]|if\b|#|\\)")
_PREFIX = re.compile(r"(?<![\w])[rRbBuUfF]{1,2}$")


class Quote(NamedTuple):
    """A triple quote with the letters before it, and how little it looks like one that opens or closes.

    `alone`: nothing else stands in its line.
    """

    start: int
    end: int
    opens: float
    closes: float
    alone: bool


Flip = tuple[int, bool]
"""A quote is missing before that of this number (or the end), and whether a string is open there."""


class Reading(NamedTuple):
    """The quotes that are missing, and what it costs to believe it."""

    cost: float
    flips: list[Flip]


def long_strings(text: str, sign: str, judge: Judge, *, strange: bool) -> list[Repair]:
    """The triple quotes of a sign that are missing; an even number is doubted only in a `strange` text."""
    quotes = _quotes(text, sign)
    if len(quotes) > MOST_QUOTES or (len(quotes) % 2 == 0 and not strange):
        return []
    readings = _readings(text, quotes)
    if readings and len(readings[0].flips) > 1:
        firsts = [_ideas(text, sign, quotes, flip, judge)[:1] for flip in readings[0].flips]
        repairs = [repair for first in firsts for repair in first]
        return repairs if _helps(text, repairs, judge) else []
    ideas = [
        repair._replace(cost=reading.cost + repair.cost)
        for reading in readings
        for repair in _ideas(text, sign, quotes, reading.flips[0], judge)
    ]
    return [_best(text, ideas, judge)] if ideas else []


def _helps(text: str, repairs: Sequence[Repair], judge: Judge) -> bool:
    """Several quotes are missed only if as they are many lines do not parse, and far fewer with them."""
    before = len(unparsable(logical_lines(text, tokens_of(text)), text, judge))
    if before < MANY_BROKEN:
        return False
    mended = spliced(text, [splice for repair in repairs for splice in repair.splices])
    return len(unparsable(logical_lines(mended, tokens_of(mended)), mended, judge)) <= before // 2


def _best(text: str, ideas: Sequence[Repair], judge: Judge) -> Repair:
    """The cheapest idea after which the whole parses, or else one that leaves few broken lines."""
    ranked = sorted(ideas, key=lambda idea: idea.cost)[:MOST_IDEAS]
    texts = [spliced(text, idea.splices) for idea in ranked]
    verdicts = judge.judge(texts, [(number, ()) for number in range(len(texts))])
    for idea, problem in zip(ranked, verdicts, strict=False):
        if problem is None:
            return idea
    few = zip(ranked[:MOST_COUNTED], texts, strict=False)
    scores = [
        idea.cost + BROKEN * len(unparsable(logical_lines(one, tokens_of(one)), one, judge))
        for idea, one in few
    ]
    return ranked[scores.index(min(scores))]


def _ideas(text: str, sign: str, quotes: Sequence[Quote], flip: Flip, judge: Judge) -> list[Repair]:
    """Places for the quote that one reading misses, likely ones first."""
    number, is_open = flip
    before = quotes[number - 1].end if number else 0
    after = quotes[number].start if number < len(quotes) else len(text)
    mate = quotes[number - 1] if is_open else quotes[number] if number < len(quotes) else None
    gap = Gap(text, before, after, mate is not None and mate.alone)
    places = closings(gap, judge) if is_open else openings(gap, judge)
    role = "closes" if is_open else "opens"
    code = Code.SYN_UNTERMINATED_STRING if is_open else Code.SYN_UNOPENED_STRING
    message = f"no {sign} {role} this string"
    return [Repair(cost, (Splice(at, at, sign),), code, message, sign) for cost, at in places]


def _quotes(text: str, sign: str) -> list[Quote]:
    found: list[Quote] = []
    if sign not in text:
        return found
    others = [
        (token.start, token.end)
        for token in tokens_of(text)
        if token.kind is Kind.STRING and sign not in token.text[:5] and sign in token.text
    ]
    for match in re.finditer(re.escape(sign), text):
        if any(first < match.start() < last for first, last in others):
            continue
        start = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.end())
        end = end if end >= 0 else len(text)
        before, after = text[start : match.start()], text[match.end() : end]
        if before.endswith("\\") or before.lstrip().startswith("#"):
            continue
        prefix = _PREFIX.search(before)
        before = before[: prefix.start()] if prefix else before
        opens = 0.0 if _OPENS_AFTER.search(before) else ODD_ROLE
        closes = 0.0 if _CLOSES_BEFORE.match(after) else ODD_ROLE
        if closes == 0.0 and not before.strip() and after.strip() and after.strip()[0] not in ")]},.%":
            closes = ODD_ROLE
        alone = not before.strip() and not after.strip()
        if alone:
            opens, closes = _roles_alone(text, start, end)
        found.append(Quote(start + len(before), match.end(), opens, closes + ODD_ROLE * bool(prefix), alone))
    return found


def _roles_alone(text: str, start: int, end: int) -> tuple[float, float]:
    """How little a quote alone on its line opens, and closes, by the lines around it."""
    above = text[:start].rstrip()[-200:].rpartition("\n")[2]
    below = text[end : end + 400].lstrip("\n").partition("\n")[0]
    opens = ODD_NEIGHBOUR * (bool(PROSE.match(above)) + bool(_CODE.match(below)))
    closes = ODD_NEIGHBOUR * (2 * above.endswith(":") * bool(_CODE.match(above)) + bool(PROSE.match(below)))
    return opens, closes


def _readings(text: str, quotes: Sequence[Quote]) -> list[Reading]:
    """Where quotes may be missing, likely readings first; one of several that are missing is alone."""
    gaps = [_gap(text, quotes, number) for number in range(len(quotes) + 1)]
    best = _cheapest(gaps, quotes)
    if len(best) != 1:
        return [Reading(0.0, best)] if best else []
    ahead = [Reading(cost, [flip]) for cost, flip in sorted(_single(gaps, quotes))[:MOST_READINGS]]
    return [reading._replace(cost=reading.cost - ahead[0].cost) for reading in ahead]


def _gap(text: str, quotes: Sequence[Quote], number: int) -> tuple[float, float]:
    """What it costs to read what lies before a quote as part of a string, and as code."""
    start = quotes[number - 1].end if number else 0
    end = quotes[number].start if number < len(quotes) else len(text)
    gap = text[start:end]
    inside = min(MOST_INSIDE, INSIDE * len(_CODE.findall(_DOCTEST.sub("", gap))))
    return inside, min(MOST_OUTSIDE, OUTSIDE * len(PROSE.findall(gap)))


def _cheapest(gaps: Sequence[tuple[float, float]], quotes: Sequence[Quote]) -> list[Flip]:
    """The quotes that the cheapest reading misses."""
    paths: dict[bool, tuple[float, list[Flip]]] = {False: (0.0, [])}
    for number, gap in enumerate(gaps):
        across: dict[bool, tuple[float, list[Flip]]] = {}
        for is_open, (cost, flips) in paths.items():
            stay = (cost + gap[not is_open], flips)
            turn = (cost + MISSING, [*flips, (number, is_open)])
            for state, path in ((is_open, stay), (not is_open, turn)):
                if state not in across or path[0] < across[state][0]:
                    across[state] = path
        paths = across
        if number < len(quotes):
            paths = {
                not is_open: (cost + _role(quotes[number], is_open), flips)
                for is_open, (cost, flips) in across.items()
            }
    return paths[False][1] if False in paths else []


def _single(gaps: Sequence[tuple[float, float]], quotes: Sequence[Quote]) -> Iterator[tuple[float, Flip]]:
    """The cost of each reading that misses one quote."""
    total = len(quotes)
    ahead, is_open = [0.0], False
    for number in range(total):
        ahead.append(ahead[-1] + gaps[number][not is_open] + _role(quotes[number], is_open))
        is_open = not is_open
    behind, is_open = [gaps[total][1]], True
    for number in range(total - 1, -1, -1):
        behind.append(behind[-1] + _role(quotes[number], is_open) + gaps[number][not is_open])
        is_open = not is_open
    behind.reverse()
    for number in range(total + 1):
        rest = behind[number] - gaps[number][number % 2 == 1] if number <= total else 0.0
        yield ahead[number] + rest + MISSING, (number, number % 2 == 1)


def _role(quote: Quote, is_open: bool) -> float:
    return quote.closes if is_open else quote.opens
