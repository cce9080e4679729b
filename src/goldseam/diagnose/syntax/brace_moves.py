"""Single edits that may mend a text, each with what it costs in bits of surprise.

A move's bits are those of the sequence after it less those before it, and a price for its kind.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from goldseam.diagnose.syntax.brace_habits import Habits
from goldseam.diagnose.syntax.brace_reading import KEYWORDS, Place, Reading, symbol_of
from goldseam.diagnose.syntax.brace_tokens import CLOSER, OPENER, Kind, Token, words


class Action(Enum):
    """What a move does to the text."""

    INSERT = "insert"
    DROP = "drop"
    REPLACE = "replace"
    QUOTE = "quote"
    EVIDENT = "evident"


class Splice(NamedTuple):
    """Replace `[start, end)` of a text by `new`."""

    start: int
    end: int
    new: str


class Move(NamedTuple):
    """Splices that belong together; `expected` is what was missing, `wrong` what stood there instead.

    `why` names the evidence; moves of one `group` settle the same disagreement of layout.
    """

    bits: float
    action: Action
    splices: tuple[Splice, ...]
    expected: str = ""
    wrong: str = ""
    why: str = ""
    group: int = 0


def applied(text: str, splices: Iterable[Splice]) -> str:
    """The text after splices that do not overlap."""
    for start, end, new in sorted(splices, reverse=True):
        text = text[:start] + new + text[end:]
    return text


PRICES = {"insert": 4.0, "drop": 5.0, "replace": 8.0}
LONE_BRACKET = 5.0
_TIGHT = frozenset(words("-> . :: ?."))

LAYOUT_BONUS = 8.0
DISTANCE_BITS = 0.35
FAR = 12.0
WINDOW_BACK = 18
WINDOW_AHEAD = 3
LEAST_LIKELY = 8.5
GLUED = 12.0
"""Bits of two words with nothing between them."""
FURTHER_CLOSER, LOST_SIGN, HEAD_ASSIGNS = 0.7, 5.0, 3.0
EVEN_CHAIN = 4.0
"""What it costs to begin a line with a `->` that is indented no deeper than the line above."""
CHOICE_BONUS, FARTHEST_CHOICE = 7.0, 60

_JOINED = frozenset(
    words("=> === !== && || -> :: += -= *= /= .= <= >= == != ?? ?. ** ++ -- ... %= |= &= <<= ||= &&= ??= ?->")
)
_SPACED = frozenset(words("!= !== % && * + += - -= / < <= = == === => > >= ? ?? as in instanceof of ||"))

SIGNS = {
    "script": words(
        ", ; : ( ) [ ] { } = . + - * < > ? => === == !== && || ! ... ?. += | & function const let var"
        " return new class case if else async await import from export of in typeof extends instanceof"
        " default get static catch try as type"
    ),
    "php": words(
        ", ; : ( ) [ ] { } = . + - * < > ? => -> :: === == !== && || ! & @ .= ?? function return new"
        " class case if else as echo public private protected static use instanceof extends foreach const"
        " array"
    ),
}
SWAPS = {
    ";": (",", ":", "."), ",": (";", ":", ".", "=>"), ":": (";", ",", "=", "::"), ".": (",", "->", ":"),
    "=": (":", "==", "=>", "===", "->"), "->": ("=>", ".", "-"), "=>": ("->", "=", ":"),
    ":=": ("=",), ")": ("]", "}"), "]": (")", "}"), "}": (")", "]"), "(": ("[", "{"), "[": ("(", "{"),
    "{": ("(", "["), "|": ("||",), "&": ("&&",), "<": ("(",), "::": ("->", ":"), "===": ("=",),
    "==": ("=",), ">": ("=>",), "-": ("->", "="), "+": ("=",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Error:
    """What the checker says of a text: tokens `first` to `last` are where it stumbled."""

    offset: int
    message: str
    first: int
    last: int


class Flow:
    """The symbols of a reading in one row, line ends among them."""

    def __init__(self, reading: Reading) -> None:
        self.symbols: list[str] = ["¶=", "¶="]
        self.places: list[Place] = []
        self.token_at: list[int] = []
        first = reading.places[0] if reading.places else Place("top", None)
        self.places += [first, first]
        for symbol, gap, place in zip(reading.symbols, reading.gaps, reading.places, strict=True):
            if gap:
                self.symbols.append(gap)
                self.places.append(place)
            self.token_at.append(len(self.symbols))
            self.symbols.append(symbol)
            self.places.append(place)
        self.token_at.append(len(self.symbols))
        self.places.append(self.places[-1])


class Weigher:
    """Bits of moves in one text."""

    def __init__(self, reading: Reading, habits: Habits, family: str) -> None:
        self.reading = reading
        self.habits = habits
        self.family = family
        self.keywords = KEYWORDS[family]
        self.signs = SIGNS[family]
        self.flow = Flow(reading)
        self._old: dict[tuple[int, int], float] = {}

    def change(self, at: int, removed: int, added: Sequence[str], tail: int = 3) -> float:
        """Bits gained or lost when `removed` symbols of the flow at `at` become `added`."""
        flow = self.flow
        place = flow.places[min(at, len(flow.places) - 1)]
        history = flow.symbols[max(0, at - 4) : at]
        length = removed + tail
        old = self._old.get((at, length))
        if old is None:
            symbols = flow.symbols[at : at + length]
            old = self._old[at, length] = self.habits.surprise_after(history, place, symbols, 1)
        new = [*added, *flow.symbols[at + removed : at + removed + tail]]
        return self.habits.surprise_after(history, place, new, 0) - old

    def symbol(self, sign: str) -> str:
        return sign if sign in self.keywords or not sign[0].isalpha() else "id"


def insertions(weigher: Weigher, index: int, signs: Sequence[str] | None = None) -> Iterator[Move]:
    """A sign before a token: on the line before where a line ends between, and in the token's own line.

    Without `signs`, those that are not unheard of here.
    """
    flow, reading = weigher.flow, weigher.reading
    at = flow.token_at[index]
    inside = index < len(reading.tokens)
    ends = inside and bool(reading.gaps[index]) and index > 0
    if ends or not inside:
        yield from _inserted(weigher, index, signs, at - ends, after=index - 1)
    if inside:
        yield from _inserted(weigher, index, signs, at, after=None)


def _inserted(
    weigher: Weigher, index: int, signs: Sequence[str] | None, at: int, *, after: int | None
) -> Iterator[Move]:
    flow = weigher.flow
    before, last = flow.symbols[at - 2], flow.symbols[at - 1]
    if signs is None:
        signs = weigher.habits.likely(flow.places[at].context, before, last, weigher.signs, LEAST_LIKELY)
    for sign in signs:
        bits = PRICES["insert"] + weigher.change(at, 0, (weigher.symbol(sign),))
        splice = _place(weigher, index, sign, after)
        bits += 2.0 * sign[0].isalpha() + (0.0 if after is not None else _spacing(weigher, index, sign))
        bits += HEAD_ASSIGNS * (sign == "=" and flow.places[at].context == "head")
        bits -= CHOICE_BONUS * (sign == ":" and is_chosen(weigher.reading, index))
        yield Move(bits, Action.INSERT, (splice,), expected=sign)


def is_chosen(reading: Reading, index: int) -> bool:
    """A `?` before the token, in the same brackets and statement, still lacks its `:`."""
    place, asked = reading.places[index] if index < len(reading.places) else None, 0
    for at in range(index - 1, max(-1, index - FARTHEST_CHOICE), -1):
        symbol = reading.symbols[at]
        if reading.places[at] is not place:
            if symbol in ("{", ";"):
                break
            continue
        if symbol in (";", "{", "}", ","):
            break
        asked += (symbol == "?") - (symbol == ":")
    return asked > 0


def _spacing(weigher: Weigher, index: int, sign: str) -> float:
    """Bits for the blanks that a sign left behind."""
    tokens = weigher.reading.tokens
    if index == 0 or weigher.reading.gaps[index]:
        return EVEN_CHAIN * (sign in _TIGHT and index > 0 and weigher.reading.gaps[index] == "¶=")
    blanks = tokens[index].start - tokens[index - 1].end
    if sign in _TIGHT and not (sign == "." and weigher.family == "php"):
        if blanks:
            return 5.0
        names = sign == "->" and tokens[index - 1].kind is Kind.WORD
        return -GLUED if _are_glued(weigher, index) and not names else -2.0
    if sign in _SPACED or sign[0].isalpha() or sign == ".":
        return (2.0, 1.0, -4.0)[min(blanks, 2)]
    if sign in ",;":
        return (1.0, -1.5, 1.0)[min(blanks, 2)]
    return -4.0 if blanks > 1 else 0.0


def _place(weigher: Weigher, index: int, sign: str, after: int | None) -> Splice:
    """Where a sign goes, with the blanks that it brings."""
    tokens = weigher.reading.tokens
    spaced = sign in _SPACED or sign[0].isalpha()
    if sign == "{" and (waiting := _waiting_opener(weigher, index)):
        return waiting
    if after is not None:
        offset = tokens[after].end if after >= 0 else 0
        return Splice(offset, offset, f" {sign}" if spaced or sign == "{" else sign)
    offset = tokens[index].start
    glued = index == 0 or tokens[index - 1].end == offset
    if sign == "." and weigher.family == "php" and not glued:
        return Splice(offset, offset, ". ")
    if tokens[index - 1].end == offset - 2 and (spaced or sign == ":") and not weigher.reading.gaps[index]:
        return Splice(offset - 1, offset - 1, sign)
    if sign in (",", ";", ":", ")", "]", ".") and not glued and not weigher.reading.gaps[index]:
        offset = tokens[index - 1].end
        return Splice(offset, offset, sign)
    new = f"{' ' if glued and spaced else ''}{sign}{' ' if spaced or sign in ',;:{' else ''}"
    return Splice(offset, offset, new)


def _waiting_opener(weigher: Weigher, index: int) -> Splice | None:
    """The blank line behind a head, where its brace stood."""
    reading = weigher.reading
    if not 0 < index < len(reading.tokens) or not reading.gaps[index]:
        return None
    lines = reading.lines
    head = lines.number(reading.tokens[index - 1].end - 1)
    if head + 1 >= reading.rows[index]:
        return None
    start, end = lines.span(head + 1)
    if lines.text[start:end].strip():
        return None
    return Splice(start, end, f"{lines.indent(head)}{{")


def drops(weigher: Weigher, index: int) -> Iterator[Move]:
    """The text without a token; one that is doubled is the more likely."""
    flow, tokens = weigher.flow, weigher.reading.tokens
    at, token = flow.token_at[index], tokens[index]
    alone = flow.symbols[at - 1][0] == "¶" and at + 1 < len(flow.symbols) and flow.symbols[at + 1][0] == "¶"
    bits = PRICES["drop"] + weigher.change(at, 1 + alone, ())
    if token.kind in (Kind.STRING, Kind.TEMPLATE, Kind.WORD, Kind.NAME, Kind.NUMBER):
        bits += 7.0 + min(12.0, 0.3 * len(token.text)) + _lost_sign(weigher, index)
    doubled = any(
        0 <= other < len(tokens) and tokens[other].text == token.text for other in (index - 1, index + 1)
    )
    if token.kind is Kind.SIGN and not doubled and (token.text in CLOSER or token.text in OPENER):
        bits += LONE_BRACKET + (4.0 if token.text in CLOSER else 2.0)
    yield Move(
        bits - 3.0 * doubled, Action.DROP, (Splice(*_with_blank(weigher, index), ""),), wrong=token.text
    )


def _lost_sign(weigher: Weigher, index: int) -> float:
    """Bits of two blanks beside a token, or none: a sign was lost there, the token is not too much."""
    tokens, gaps = weigher.reading.tokens, weigher.reading.gaps
    places = [at for at in (index, index + 1) if 0 < at < len(tokens) and not gaps[at]]
    if any(_are_glued(weigher, at) for at in places):
        return GLUED
    return LOST_SIGN * any(tokens[at].start - tokens[at - 1].end > 1 for at in places)


def _are_glued(weigher: Weigher, index: int) -> bool:
    """`self$name`: two words, and nothing between them."""
    left, right = weigher.reading.tokens[index - 1 : index + 1]
    words = (Kind.WORD, Kind.NAME)
    return left.kind in words and right.kind in words and left.end == right.start


def _with_blank(weigher: Weigher, index: int) -> tuple[int, int]:
    """A token's place with the blank before it, where one stands on both sides."""
    tokens, text = weigher.reading.tokens, weigher.reading.lines.text
    start, end = tokens[index].start, tokens[index].end
    if start and text[start - 1] in " \t" and text[end : end + 1] in (" ", "\n", "\r", ""):
        start -= 1
    return start, end


def swaps(weigher: Weigher, index: int) -> Iterator[Move]:
    """Another sign in place of one."""
    token = weigher.reading.tokens[index]
    if token.kind is Kind.SIGN:
        for sign in SWAPS.get(token.text, ()):
            yield replacement(weigher, index, sign, PRICES["replace"])
        yield from _joined(weigher, index)


def _joined(weigher: Weigher, index: int) -> Iterator[Move]:
    """An operator that a blank cut in two."""
    tokens = weigher.reading.tokens
    if index + 1 == len(tokens):
        return
    left, right = tokens[index], tokens[index + 1]
    sign = left.text + right.text
    if right.kind is not Kind.SIGN or right.start != left.end + 1 or sign not in _JOINED:
        return
    at = weigher.flow.token_at[index]
    bits = PRICES["drop"] + weigher.change(at, 2, (sign,))
    wrong = f"{left.text} {right.text}"
    yield Move(bits, Action.REPLACE, (Splice(left.end, right.start, ""),), expected=sign, wrong=wrong)


def replacement(weigher: Weigher, index: int, text: str, price: float, why: str = "") -> Move:
    """Another text in place of a token."""
    token = weigher.reading.tokens[index]
    words = text.split() or [text]
    symbols = [symbol_of(Token(_kind(word), word, 0, 0), weigher.keywords) for word in words]
    bits = price + weigher.change(weigher.flow.token_at[index], 1, symbols)
    splice = Splice(token.start, token.end, text)
    return Move(bits, Action.REPLACE, (splice,), expected=text, wrong=token.text, why=why)


def _kind(word: str) -> Kind:
    if word[0] == "$" and len(word) > 1:
        return Kind.NAME
    return Kind.WORD if word[0].isalpha() or word[0] == "_" else Kind.SIGN


def local_moves(weigher: Weigher, error: Error) -> Iterator[Move]:
    """Insertions, drops and swaps around the place where the checker stumbled."""
    count = len(weigher.reading.tokens)
    for index in range(max(0, error.first - WINDOW_BACK), min(count, error.last + WINDOW_AHEAD) + 1):
        away = max(0, error.first - index, index - error.last)
        price = min(FAR, DISTANCE_BITS * away)
        for move in _at(weigher, index):
            yield move._replace(bits=move.bits + price)


def _at(weigher: Weigher, index: int) -> Iterator[Move]:
    yield from insertions(weigher, index)
    if index < len(weigher.reading.tokens):
        yield from drops(weigher, index)
        yield from swaps(weigher, index)
