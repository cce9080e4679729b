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
from goldseam.diagnose.syntax.python_lines import Logical, logical_lines
from goldseam.diagnose.syntax.python_statements import unparsable
from goldseam.diagnose.syntax.python_tokens import CLOSERS, KEYWORDS, OPENERS, STARTERS, tokens_of
from goldseam.diagnose.syntax.repair import Repair

MISSING, ODD_ROLE = 2.0, 1.5
MOST_LINES, MOST_IDEAS, MOST_COUNTED, MOST_READINGS, MOST_TURNS = 80, 24, 5, 5, 3
MANY_BROKEN, MOST_QUOTES = 4, 600
_CODE = re.compile(
    r"^[ \t]*(?:(?:async )?def \w+\(|class \w+.*:$|import \w+$|from \S+ import |return\b.*[\w)\]]$"
    r"|@\w[\w.]*(?:\(.*\))?$|(?:if|elif|for|while|with)\b.*:$|else:$|try:$|except\b.*:$"
    r"|[\w.]+(?:\[.*\])?(?:: [\w\[\], .|'\"]+)? [-+*/]?= \S"
    r"|(?:self\.)?[a-z_][\w.]*\(.*\)$|raise \w+\(|\w+: [\w.]+\[.*\]$)",
    re.MULTILINE,
)
_PROSE = re.compile(
    r"^[ \t]*(?:(?![#@])[\w*`:-][^\n=()\[\]{}'\"#]*(?: [\w`'-]+){3,}[,.;:]?[ \t]*$"
    r"|[-*] \w+ \w+|>>> |\.\. \w+::|:\w+ ?\w*: |[-=~]{4,}$)",
    re.MULTILINE,
)
_DOCTEST = re.compile(r"^[ \t]*(?:>>>|\.\.\.) .*$", re.MULTILINE)
_OPENS_AFTER = re.compile(r"(?:^|[=(\[{,:+%]|\breturn|\bin|\bprint)\s*[rRbBuUfF]{0,2}$")
_CLOSES_BEFORE = re.compile(r"\s*(?:$|[)\]},.%:;+]|if\b|#|\\)")


class Quote(NamedTuple):
    """A triple quote, and how little it looks like one that opens or closes a string."""

    start: int
    opens: float
    closes: float


def long_strings(text: str, judge: Judge, *, strange: bool) -> Iterator[Repair]:
    """The triple quotes that are missing; an even number of them is doubted only in a `strange` text."""
    for sign in ('"""', "'''"):
        quotes = _quotes(text, sign)
        if len(quotes) > MOST_QUOTES or (len(quotes) % 2 == 0 and not strange):
            continue
        for flips in _readings(text, quotes)[:1]:
            if len(flips) > 1 and not _helps(text, sign, quotes, flips, judge):
                return
            if len(flips) > 1:
                yield from (
                    repair for flip in flips for repair in _ideas(text, sign, quotes, flip, judge)[:1]
                )
                return
        ideas = [
            repair._replace(cost=0.2 + 0.01 * rank)
            for rank, flips in enumerate(_readings(text, quotes))
            for repair in _ideas(text, sign, quotes, flips[0], judge)
        ]
        if ideas:
            best = _best(text, ideas[:MOST_IDEAS], judge)
            yield best
            if judge.judge([spliced(text, best.splices)], [(0, ())]) == [None]:
                return


def _helps(
    text: str, sign: str, quotes: Sequence[Quote], flips: Sequence[tuple[int, bool]], judge: Judge
) -> bool:
    """Several quotes are missed only if as they are many lines do not parse, and far fewer with them."""
    before = len(unparsable(logical_lines(text, tokens_of(text)), text, judge))
    if before < MANY_BROKEN:
        return False
    splices = [
        splice
        for flip in flips
        for idea in _ideas(text, sign, quotes, flip, judge)[:1]
        for splice in idea.splices
    ]
    mended = spliced(text, splices)
    return len(unparsable(logical_lines(mended, tokens_of(mended)), mended, judge)) <= before // 2


def _best(text: str, ideas: Sequence[Repair], judge: Judge) -> Repair:
    """The first idea after which the whole parses, or else the most logical lines do."""
    texts = [spliced(text, idea.splices) for idea in ideas]
    verdicts = judge.judge(texts, [(number, ()) for number in range(len(texts))])
    for idea, problem in zip(ideas, verdicts, strict=False):
        if problem is None:
            return idea
    few = list(zip(ideas, texts, strict=True))[:MOST_COUNTED]
    counts = [len(unparsable(logical_lines(one, tokens_of(one)), one, judge)) for _, one in few]
    return few[counts.index(min(counts))][0]


def _ideas(
    text: str, sign: str, quotes: Sequence[Quote], flip: tuple[int, bool], judge: Judge
) -> list[Repair]:
    """Places for the quote that one reading misses, likely ones first."""
    number, is_open = flip
    before = quotes[number - 1].start + 3 if number else 0
    after = quotes[number].start if number < len(quotes) else len(text)
    places = _closings(text, before, after, judge) if is_open else _openings(text, before, after, judge)
    role = "closes" if is_open else "opens"
    code = Code.SYN_UNTERMINATED_STRING if is_open else Code.SYN_UNOPENED_STRING
    message = f"no {sign} {role} this string"
    return [Repair(0.2, (Splice(place, place, sign),), code, message, sign) for place in places]


def _quotes(text: str, sign: str) -> list[Quote]:
    found = []
    for match in re.finditer(re.escape(sign), text):
        start = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.end())
        before, after = text[start : match.start()], text[match.end() : end if end >= 0 else len(text)]
        if before.endswith("\\") or before.lstrip().startswith("#"):
            continue
        opens = 0.0 if _OPENS_AFTER.search(before) else ODD_ROLE
        closes = 0.0 if _CLOSES_BEFORE.match(after) else ODD_ROLE
        if closes == 0.0 and not before.strip() and after.strip() and after.strip()[0] not in ")]},.%":
            closes = ODD_ROLE
        found.append(Quote(match.start(), opens, closes))
    return found


def _readings(text: str, quotes: Sequence[Quote]) -> list[list[tuple[int, bool]]]:
    """Where quotes may be missing: before which one (or the end), and whether a string is open there."""
    gaps = [_gap(text, quotes, number) for number in range(len(quotes) + 1)]
    best = _cheapest(gaps, quotes)
    if len(best) != 1:
        return [best] if best else []
    ahead = _single(gaps, quotes)
    return [[flip] for _, flip in sorted(ahead)[:MOST_READINGS]]


def _gap(text: str, quotes: Sequence[Quote], number: int) -> tuple[float, float]:
    """What it costs to read what lies before a quote as part of a string, and as code."""
    start = quotes[number - 1].start + 3 if number else 0
    end = quotes[number].start if number < len(quotes) else len(text)
    gap = text[start:end]
    inside = min(2.4, 0.3 * len(_CODE.findall(_DOCTEST.sub("", gap))))
    return inside, min(2.8, 0.4 * len(_PROSE.findall(gap)))


def _cheapest(gaps: Sequence[tuple[float, float]], quotes: Sequence[Quote]) -> list[tuple[int, bool]]:
    """The quotes that the cheapest reading misses."""
    paths: dict[bool, tuple[float, list[tuple[int, bool]]]] = {False: (0.0, [])}
    for number, gap in enumerate(gaps):
        across: dict[bool, tuple[float, list[tuple[int, bool]]]] = {}
        for is_open, (cost, flips) in paths.items():
            stay = (cost + gap[not is_open], flips)
            turn = (cost + MISSING, [*flips, (number, is_open)])
            for state, path in ((is_open, stay), (not is_open, turn)):
                if state not in across or path[0] < across[state][0]:
                    across[state] = path
        paths = across
        if number < len(quotes):
            paths = {
                not is_open: (cost + quotes[number][1 + is_open], flips)
                for is_open, (cost, flips) in across.items()
            }
    return paths[False][1] if False in paths else []


def _single(
    gaps: Sequence[tuple[float, float]], quotes: Sequence[Quote]
) -> Iterator[tuple[float, tuple[int, bool]]]:
    """The cost of each reading that misses one quote."""
    total = len(quotes)
    ahead, is_open = [0.0], False
    for number in range(total):
        ahead.append(ahead[-1] + gaps[number][not is_open] + quotes[number][1 + is_open])
        is_open = not is_open
    behind, is_open = [gaps[total][1]], True
    for number in range(total - 1, -1, -1):
        behind.append(behind[-1] + quotes[number][1 + is_open] + gaps[number][not is_open])
        is_open = not is_open
    behind.reverse()
    for number in range(total + 1):
        rest = behind[number] - gaps[number][number % 2 == 1] if number <= total else 0.0
        yield ahead[number] + rest + MISSING, (number, number % 2 == 1)


def _closings(text: str, start: int, end: int, judge: Judge) -> list[int]:
    """Where a string whose text begins at `start` may end: where what is no code turns into code."""
    spans = _line_spans(text, start, end)
    odd = _odd_lines(text, spans, judge)
    turns = sorted(range(len(spans)), key=lambda n: (_misfits(odd[1 : n + 1], odd[n + 1 :]), n))
    head = text.rfind("\n", 0, start) + 1
    line = text[head:start]
    indent = line[: len(line) - len(line.lstrip())]
    in_call = line.count("(") > line.count(")")
    places: list[int] = []
    for number in turns[:MOST_TURNS]:
        stop = spans[number][1]
        blank = _blank_with(text, stop, indent, end) if spans[number][0] > start else None
        tail = re.search(r"[)\]},]*\s*$", text[spans[number][0] : stop])
        places += [blank] if blank is not None else []
        places += [stop - len(tail[0])] if tail and tail[0] and in_call else []
        places.append(stop)
    return list(dict.fromkeys(places))


def _openings(text: str, start: int, end: int, judge: Judge) -> list[int]:
    """Where a string that ends at `end` may begin: where code turns into what is none."""
    spans = _line_spans(text, start, end)
    odd = _odd_lines(text, spans, judge)
    turns = sorted(range(len(spans)), key=lambda n: (_misfits(odd[n:], odd[:n]), n))
    places: list[int] = []
    for number in turns[:MOST_TURNS]:
        first, stop = spans[number]
        line = text[first:stop]
        above = text[text.rfind("\n", 0, first - 1) + 1 : first - 1] if first else ""
        margin = len(line) - len(line.lstrip())
        inner = re.match(r"\s*(?:[\w.\[\]'\"]+ *=\s*|return\b\s*|.*[(,]\s*)[rRbBuUfF]{0,2}", line)
        if (number and above != "" and not above.strip() and line.startswith(above)) or (
            number and not above and first > 1 and not margin and spans[number - 1][1] < first - 2
        ):
            places.append(first - 1)
        places.append(first + margin)
        if inner and inner.end() > margin:
            places.append(first + inner.end())
    return list(dict.fromkeys(places))


def _line_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The lines between two places that are not blank, at most so many at either end."""
    spans, at = [], start
    while at < end:
        stop = text.find("\n", at)
        stop = end if stop < 0 else min(stop, end)
        if text[at:stop].strip():
            spans.append((at, stop))
        at = stop + 1
    return spans if len(spans) <= MOST_LINES else [*spans[: MOST_LINES // 2], *spans[-MOST_LINES // 2 :]]


def _odd_lines(text: str, spans: Sequence[tuple[int, int]], judge: Judge) -> list[float]:
    """How much each line is rather prose (1) than code (0); what stands in brackets may be either."""
    parsed = [logical_lines(text, tokens_of(text, *span)) for span in spans]
    broken = set(unparsable([line for lines in parsed for line in lines], text, judge))
    found, depth = [], 0
    for (start, stop), lines in zip(spans, parsed, strict=True):
        own = text[start:stop]
        if _PROSE.match(own) or (lines and lines[0].word in STARTERS):
            depth = 0
        inside = depth > 0
        depth = max(0, depth + sum(_steps(line) for line in lines))
        odd = bool(_PROSE.match(own)) or any(line in broken or _is_word(line) for line in lines)
        found.append(0.2 if odd and (inside or depth) and not _PROSE.match(own) else float(odd))
    return found


def _steps(line: Logical) -> int:
    return sum((token.text in OPENERS) - (token.text in CLOSERS) for token in line.tokens)


def _misfits(prose: Sequence[float], code: Sequence[float]) -> float:
    return sum(code) + 0.7 * (len(prose) - sum(prose))


def _blank_with(text: str, place: int, indent: str, end: int) -> int | None:
    """The end of the blank line behind `place` that the quote was alone on, by its indentation."""
    at = place
    while at < end:
        stop = text.find("\n", at + 1)
        stop = stop if stop >= 0 else len(text)
        line = text[at + 1 : stop]
        if line.strip() or stop > end:
            break
        if line == indent and (indent or stop < len(text)):
            return stop
        at = stop
    return None


def _is_word(line: Logical) -> bool:
    """A name alone does nothing: it is rather a word of a text."""
    words = [token.text for token in line.tokens if token.text not in (":", ".")]
    dots = sum(token.text == "." for token in line.tokens)
    return len(words) == 1 + dots and words[0] not in KEYWORDS and all(word.isidentifier() for word in words)
