"""Code tokens with their classes, line ends and enclosing brackets, kept up to date by edits."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from goldseam.diagnose.syntax.brace_tokens import CLOSER, OPENER, Kind, Lines, Token, code_of, words

_CLASSES = {
    Kind.NUMBER: "n", Kind.STRING: "s", Kind.REGEX: "re", Kind.OPEN: "open", Kind.ALIEN: "alien",
    Kind.OUTSIDE: "out", Kind.NAME: "$v",
}  # fmt: skip
_TEMPLATES = {(True, True): "`}{", (True, False): "`}", (False, True): "`{", (False, False): "`"}

KEYWORDS = {
    "script": frozenset(
        words(
            "abstract any as async await boolean break case catch class const continue debugger declare"
            " default delete do else enum export extends false finally for from function get if implements"
            " import in infer instanceof interface is keyof let namespace never new null number of private"
            " protected public readonly return set static string super switch this throw true try type"
            " typeof undefined var void while with yield"
        )
    ),
    "php": frozenset(
        words(
            "abstract and array as bool break callable case catch class clone const continue declare"
            " default die do echo else elseif empty enddeclare endfor endforeach endif endswitch endwhile"
            " exit extends false final finally float fn for foreach function global goto if implements"
            " include include_once instanceof insteadof int interface isset list match mixed namespace new"
            " null or parent print private protected public readonly require require_once return self"
            " static string switch throw trait true try unset use var void while xor yield"
        )
    ),
}


BRACKETS = frozenset([*CLOSER, *OPENER, "`{", "`}"])


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


def entered(place: Place, before: Sequence[str], symbol: str) -> Place:
    """The place after `symbol`; `before` are the symbols that precede it."""
    if symbol in CLOSER or symbol == "`{":
        return Place(_context(before, symbol), place)
    if symbol in OPENER or symbol == "`}":
        return place.outer or place
    return place


_BEFORE_OBJECT = frozenset(words("&& ( += , : = => ? ?? [ default return ||"))
_HEADS = frozenset(words("catch elseif for foreach if match switch while with"))


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


class Reading(NamedTuple):
    """The code tokens of a text: `gaps[i]` is the line end before token i, `rows[i]` its line."""

    tokens: list[Token]
    symbols: list[str]
    rows: list[int]
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
    symbols = [symbol_of(token, keywords) for token in tokens]
    return _laid(list(tokens), symbols, Lines(text))


def _laid(tokens: list[Token], symbols: list[str], lines: Lines) -> Reading:
    rows = rows_of(tokens, lines)
    return Reading(tokens, symbols, rows, list(_gaps(tokens, rows, lines)), _places(symbols), lines)


def rows_of(tokens: Sequence[Token], lines: Lines) -> list[int]:
    """The line of each token."""
    starts, row, rows = [*lines.starts, len(lines.text) + 1], 0, []
    for token in tokens:
        start = token.start
        while starts[row + 1] <= start:
            row += 1
        rows.append(row)
    return rows


def _gaps(tokens: Sequence[Token], rows: Sequence[int], lines: Lines) -> Iterator[str]:
    above = -1
    for index, row in enumerate(rows):
        if row == above:
            yield ""
            continue
        before = tokens[index - 1] if index else None
        if before is not None and before.kind in _LONG and lines.number(before.end - 1) == row:
            yield ""
        else:
            upper, lower = lines.width(max(above, 0)), lines.width(row)
            yield "¶=" if upper == lower else "¶+" if lower > upper else "¶-"
        above = row


_LONG = (Kind.STRING, Kind.TEMPLATE, Kind.OUTSIDE)


def _places(symbols: Sequence[str]) -> list[Place]:
    places, place = [], TOP
    for number, symbol in enumerate(symbols):
        places.append(place)
        if symbol in BRACKETS:
            place = entered(place, symbols[max(0, number - 3) : number], symbol)
    return places


Lex = Callable[[str], Sequence[Token]]


def spliced(
    old: Reading, text: str, first: int, last: int, shift: int, lex: Lex, keywords: frozenset[str]
) -> Reading | None:
    """The reading of `text`, of which only the old lines `first` to `last` changed, by `shift` bytes.

    None where a token of the lines is not read the same without what stands before them.
    """
    start, end = old.lines.starts[first], old.lines.span(last)[1]
    head, tail = _index(old, first), _index(old, last + 1)
    if head and old.tokens[head - 1].end > start:
        return None
    if _moved(lex(old.lines.text[start:end]), start) != old.tokens[head:tail]:
        return None
    middle = _moved(lex(text[start : end + shift]), start)
    after = [Token(kind, said, a + shift, b + shift) for kind, said, a, b in old.tokens[tail:]]
    symbols = [symbol_of(token, keywords) for token in middle]
    return _laid(
        [*old.tokens[:head], *middle, *after],
        [*old.symbols[:head], *symbols, *old.symbols[tail:]],
        Lines(text),
    )


def _index(reading: Reading, row: int) -> int:
    """The first token on a line or after it."""
    return bisect_left(reading.rows, row)


def _moved(tokens: Sequence[Token], shift: int) -> list[Token]:
    return [Token(kind, said, a + shift, b + shift) for kind, said, a, b in code_of(tokens)]
