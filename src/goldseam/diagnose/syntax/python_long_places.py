"""Where a triple quote may be missing between two others: where code turns into prose, or prose into code.

A line that holds nothing but the indentation of its string is what a quote alone on its line leaves behind.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from goldseam.diagnose.syntax.judge import Judge
from goldseam.diagnose.syntax.python_lines import Logical, logical_lines
from goldseam.diagnose.syntax.python_statements import unparsable
from goldseam.diagnose.syntax.python_tokens import CLOSERS, KEYWORDS, OPENERS, STARTERS, tokens_of

MOST_LINES, MOST_TURNS = 300, 3
MOST_BLANKED = 12
MISFIT = 0.45
"""What a line costs that is code inside of the string or prose outside of it."""
LEFT_ALONE, BLANKED, ON_ITS_OWN, BEHIND_HEADER, IN_HEAD = 1.2, 0.8, 0.4, 0.2, 0.2
PROSE = re.compile(
    r"^[ \t]*(?:(?![#@])(?!(?:import|from|for|if|elif|while|with|return|assert|raise|del|yield|async) )"
    r"[\w*`:-][^\n=()\[\]{}'\"#]*(?: [\w`'-]+){3,}[,.;:]?[ \t]*$"
    r"|[-*] \w+ \w+|>>> |\.\. \w+::|:\w+ ?\w*: |[-=~]{4,}$)",
    re.MULTILINE,
)
_BLANKED = re.compile(r"(?<=\n)[ \t]+(?=\n)")
_PREFIX = re.compile(r"\s*[rRfFbBuU](?=[A-Z])")
_TAIL = re.compile(r"[)\]},]*\s*$")
_INNER = re.compile(r"\s*(?:[\w.\[\]'\"]+ *=\s*|return\b\s*|.*[(,]\s*)(?=[rRbBuUfF]{0,2})")


class Place(NamedTuple):
    """Where a quote may go, and how little speaks for it."""

    cost: float
    at: int


@dataclass(frozen=True, slots=True)
class Gap:
    """The text between two quotes: `alone` if the quote at the other end of the string has its own line."""

    text: str
    start: int
    end: int
    alone: bool

    def spans(self) -> list[tuple[int, int]]:
        """The lines that are not blank, at most so many at either end."""
        spans, at = [], self.start
        while at < self.end:
            stop = self.text.find("\n", at)
            stop = self.end if stop < 0 else min(stop, self.end)
            if self.text[at:stop].strip():
                spans.append((at, stop))
            at = stop + 1
        return spans if len(spans) <= MOST_LINES else [*spans[: MOST_LINES // 2], *spans[-MOST_LINES // 2 :]]

    def blanks_behind(self, place: int) -> list[str]:
        """The blank lines behind the end of a line."""
        found, at = [], place
        while at < self.end:
            stop = self.text.find("\n", at + 1)
            line = self.text[at + 1 : stop if stop >= 0 else len(self.text)]
            if line.strip() or (stop if stop >= 0 else len(self.text)) > self.end:
                break
            found.append(line)
            at = stop if stop >= 0 else self.end
        return found


def closings(gap: Gap, judge: Judge) -> list[Place]:
    """Where a string whose text begins with the gap may end, likely places first."""
    spans = gap.spans()
    odd = odd_lines(gap.text, spans, judge)
    turns = _turns([_misfits(odd[1 : n + 1], odd[n + 1 :]) for n in range(len(spans))])
    head = gap.text.rfind("\n", 0, gap.start) + 1
    line = gap.text[head : gap.start]
    indent = line[: len(line) - len(line.lstrip())]
    in_call = line.count("(") > line.count(")")
    found = [*_blanked(gap, spans, odd, indent)]
    for number, cost in turns:
        first, stop = spans[number]
        if (price := _own_line_cost(gap, stop, indent, several=number > 0)) is not None:
            found.append(Place(cost + price, stop + 1))
        tail = _TAIL.search(gap.text, first, stop)
        if tail and tail[0].strip() and (in_call or not gap.text[first : tail.start()].strip()):
            found.append(Place(cost - 0.2, tail.start()))
        found.append(Place(cost, stop))
    return _ranked(found)


def _blanked(
    gap: Gap, spans: Sequence[tuple[int, int]], odd: Sequence[float], indent: str
) -> Iterator[Place]:
    """The lines of white space, one of which a quote may have been alone on."""
    found = [match.span() for match in _BLANKED.finditer(gap.text, gap.start, gap.end)]
    least = min((_misfits(odd[1 : n + 1], odd[n + 1 :]) for n in range(len(spans))), default=0.0)
    for start, end in found[:MOST_BLANKED]:
        number = sum(stop <= start for _, stop in spans)
        misfit = _misfits(odd[1:number], odd[number:]) - least
        fits = gap.text[start:end] == indent
        yield Place(min(1.0, MISFIT * misfit) - (LEFT_ALONE if fits else BLANKED) / len(found), end)


def _own_line_cost(gap: Gap, stop: int, indent: str, *, several: bool) -> float | None:
    """What speaks for the empty line behind a line, outside of any block, as the place of a quote."""
    blanks = gap.blanks_behind(stop)
    if not blanks or indent or blanks[0]:
        return None
    usual = several and len(blanks) > 1
    return -ON_ITS_OWN if gap.alone else -0.1 if usual else 0.6


def openings(gap: Gap, judge: Judge) -> list[Place]:
    """Where a string that ends with the gap may begin, likely places first."""
    spans = gap.spans()
    odd = odd_lines(gap.text, spans, judge)
    turns = _turns([_misfits(odd[n:], odd[:n]) for n in range(len(spans))])
    found: list[Place] = []
    for number, cost in turns:
        first, stop = spans[number]
        line = gap.text[first:stop]
        margin = len(line) - len(line.lstrip())
        above = gap.text[: max(0, first - 1)]
        last = above[above.rfind("\n") + 1 :] if first else "-"
        headed = above.rstrip().endswith(":")
        cost -= BEHIND_HEADER * headed
        if (
            not last.strip()
            and odd[number]
            and (price := _empty_cost(gap, first, last, line[:margin])) is not None
        ):
            found.append(Place(cost + price, first - 1))
        found.append(Place(cost, first + margin))
        found += [Place(cost + price, at) for price, at in _above(gap, first)]
        if prefix := _PREFIX.match(line):
            found.append(Place(cost - 0.1, first + prefix.end()))
        inner = _INNER.match(line)
        if inner and inner.end() > margin:
            found.append(Place(cost + 0.1, first + inner.end()))
    return _ranked(found)


def _empty_cost(gap: Gap, first: int, blank: str, indent: str) -> float | None:
    """What speaks for a blank line above the first line of a string as the place of its quote."""
    if blank:
        return -LEFT_ALONE if blank == indent or indent.startswith(blank) else None
    if first == 1:
        return -LEFT_ALONE
    if indent or not (gap.alone or gap.text[first - 3 : first - 1] == "\n\n"):
        return None
    short = gap.text[first : gap.end].strip().count("\n") == 0
    doubled = gap.text[first - 3 : first - 1] == "\n\n"
    return (-ON_ITS_OWN if short or doubled else 0.3) if gap.alone else 0.6


def _above(gap: Gap, first: int) -> Iterator[tuple[float, int]]:
    """The end of the line above, where it waits for a value."""
    line = gap.text[gap.text.rfind("\n", 0, max(0, first - 1)) + 1 : max(0, first - 1)]
    bare = line.rstrip().removesuffix("\\").rstrip()
    if bare.endswith(("(", "=")) and gap.start <= first - 1:
        yield (-LEFT_ALONE if line.rstrip().endswith("\\") else -IN_HEAD), first - 1 - len(line) + len(bare)


def _turns(misfits: Sequence[float]) -> list[tuple[int, float]]:
    """Lines at which code and prose may part, each with its cost."""
    least = min(misfits, default=0.0)
    ranked = sorted(range(len(misfits)), key=lambda number: (misfits[number], number))
    return [(number, MISFIT * (misfits[number] - least)) for number in ranked[:MOST_TURNS]]


def _ranked(places: Sequence[Place]) -> list[Place]:
    best: dict[int, Place] = {}
    for place in places:
        if place.at not in best or place.cost < best[place.at].cost:
            best[place.at] = place
    return sorted(best.values(), key=lambda place: place.cost)


def odd_lines(text: str, spans: Sequence[tuple[int, int]], judge: Judge) -> list[float]:
    """How much each line is rather prose (1) than code (0); what stands in brackets may be either."""
    parsed = [logical_lines(text, tokens_of(text, *span)) for span in spans]
    broken = set(unparsable([line for lines in parsed for line in lines], text, judge))
    found, depth = [], 0
    for (start, stop), lines in zip(spans, parsed, strict=True):
        said = bool(PROSE.match(text[start:stop]))
        if said or (lines and lines[0].word in STARTERS):
            depth = 0
        inside = depth > 0
        depth = max(0, depth + sum(map(_steps, lines)))
        odd = any(line in broken or _is_word(line) for line in lines) or (said and not lines)
        found.append(0.2 if odd and (inside or depth) and not said else float(odd))
    return found


def _steps(line: Logical) -> int:
    return sum((token.text in OPENERS) - (token.text in CLOSERS) for token in line.tokens)


def _misfits(prose: Sequence[float], code: Sequence[float]) -> float:
    return sum(code) + 0.7 * (len(prose) - sum(prose))


def _is_word(line: Logical) -> bool:
    """A name alone does nothing: it is rather a word of a text."""
    words = [token.text for token in line.tokens if token.text not in (":", ".")]
    dots = sum(token.text == "." for token in line.tokens)
    return len(words) == 1 + dots and words[0] not in KEYWORDS and all(word.isidentifier() for word in words)
