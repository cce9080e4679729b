"""Where a quote is missing or too many, by the shape of the string that it would make."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence, Set

from goldseam.diagnose.syntax.brace_moves import Action, Move, Splice, Weigher
from goldseam.diagnose.syntax.brace_reading import Reading, symbol_of
from goldseam.diagnose.syntax.brace_tokens import Kind, Token, code_of

LexLine = Callable[[str], Sequence[Token]]
PRICE = 3.0
QUOTES = frozenset("'\"")
RARE_QUOTE = 1.0
ENDLESS = 8.0
"""Bits of a string that never ends."""
MOST_PLACES = 70
LENGTH_BITS = 0.08
"""What a character costs that becomes part of a string instead of code."""
LONGEST_LINE = 400
_CODE_IN_TEXT = re.compile(
    r"\w\(|\)\s*[;{]|&&|\|\||[!=]==?|=>|->|\bfunction\b|\b(?:const|let|var|return)\b"
    r"|\$\w|\s\+\s|\s\.\s|\s\?\s"
)
_SEPARATED = re.compile(r"['\"`]\s*[,:.)\]]|[,(\[:]\s*['\"`]|, *['\"`]?\w+['\"`]? *[:,]")
_DECLARES = re.compile(r"(?:import|export|const|let|var|function|return|public|private|protected)\s.*[{(=;]")
_LISTED = re.compile(r"^(\w+)\s*,|,\s*(\w+)$")
_LONE_QUOTE = re.compile(r"(?<!\\)(?:\"|(?<!\w)'|'(?!\w))")
_CONTRACTION = re.compile(r"n't\b|[a-z]'(?:s|m|d|re|ve|ll)\b")
_ELISION = re.compile(r"(?<!\w)\w\w?$")
_ONE_WORD = re.compile(r"[\w./@:#*?&=%+-]+")
_AFTER_CLOSE = re.compile(r"[,;)\]}:.?]|\s|$|=>")
_BEFORE_OPEN = re.compile(r"(?:^|[(,\[=:+?!&|{\s.<>])$")


def quote_moves(weigher: Weigher, lex: LexLine, first: int, last: int) -> Iterator[Move]:
    """Moves for each string that never ends, between two lines."""
    lines = weigher.reading.lines
    for index, token in enumerate(weigher.reading.tokens):
        if token.kind is not Kind.OPEN or token.text[0] not in "'\"`}":
            continue
        if first <= lines.number(token.start) <= last:
            yield from _moves(weigher, lex, index, token)


def _moves(weigher: Weigher, lex: LexLine, index: int, token: Token) -> Iterator[Move]:
    reading = weigher.reading
    start, end = reading.lines.span(reading.lines.number(token.start))
    line, quote = reading.lines.text[start:end], token.text[0].replace("}", "`")
    if len(line) > LONGEST_LINE:
        start, line = token.start, token.text[:LONGEST_LINE]
    head = index
    while head > 0 and not reading.gaps[head] and reading.tokens[head - 1].start >= start:
        head -= 1
    at = weigher.flow.token_at[head]
    place = weigher.flow.places[at]
    history = weigher.flow.symbols[max(0, at - 4) : at]
    follow = _follow(weigher, index)
    stop = weigher.flow.token_at[index] + 1
    usual = weigher.habits.surprise_after(history, place, [*weigher.flow.symbols[at:stop], *follow], 1)
    usual_quote = _usual_quote(reading)
    names = {one.text for one in reading.tokens if one.kind is Kind.WORD and one is not token}
    for position, old, new, price in _variants(line, quote, token.start - start):
        price += RARE_QUOTE * (new in QUOTES and new != usual_quote)
        changed = line[:position] + new + line[position + len(old) :]
        tokens = code_of(lex(changed))
        symbols = [symbol_of(one, weigher.keywords) for one in tokens]
        bits = PRICE + price + weigher.habits.surprise_after(history, place, [*symbols, *follow], 0)
        bits += sum(_shape(one, names) for one in tokens) - usual - ENDLESS
        splice = Splice(start + position, start + position + len(old), new)
        is_closing = position > token.start - start
        yield Move(bits, Action.QUOTE, (splice,), expected=new, wrong="" if is_closing else "opening")


def _usual_quote(reading: Reading) -> str:
    """The quote that most strings of the text have."""
    counts = Counter(token.text[0] for token in reading.tokens if token.kind is Kind.STRING)
    return max(sorted(QUOTES), key=lambda quote: counts[quote])


def _follow(weigher: Weigher, index: int) -> list[str]:
    """What follows the line in the flow."""
    at = weigher.flow.token_at[index] + 1
    return weigher.flow.symbols[at : at + 2]


def _variants(line: str, quote: str, opened: int) -> Iterator[tuple[int, str, str, float]]:
    """(position, old, new, price) of each way to even the quotes out."""
    places = [
        position
        for position in range(len(line) - len(line.lstrip()), len(line) + 1)
        if _AFTER_CLOSE.match(line, position) or _BEFORE_OPEN.search(line[max(0, position - 1) : position])
    ]
    for position in places[:MOST_PLACES]:
        yield position, "", quote, 0.0
    for match in list(re.finditer(re.escape(quote), line))[:12]:
        yield match.start(), quote, "", 9.0
        if match.start() and match.end() < len(line) and line[match.start() - 1].isalpha():
            spoken = _CONTRACTION.match(line, match.start() - 1) or _ELISION.search(line, 0, match.start())
            yield match.start(), "", "\\", 1.0 if spoken else 6.0
            if not spoken and line[match.end()].isalpha():
                yield match.start(), quote, "", 1.0
        for other in "'\"`":
            if other != quote and line.count(other) % 2 == 1:
                yield match.start(), quote, other, 1.0
    for other in QUOTES - {quote}:
        if line.count(other) % 2 == 1:
            for match in list(re.finditer(other, line[opened + 1 :]))[:6]:
                yield opened + 1 + match.start(), other, quote, 1.0


def _shape(token: Token, names: Set[str]) -> float:
    """Bits by which a string does not look like one."""
    if token.kind is Kind.OPEN:
        return 30.0
    if token.kind not in (Kind.STRING, Kind.TEMPLATE) or len(token.text) < 2:
        return 0.0
    body = token.text[1:-1]
    bits = 0.0
    if _CODE_IN_TEXT.search(body):
        bits += 9.0
    if _SEPARATED.search(body):
        bits += 6.0
    bits += LENGTH_BITS * min(len(body), 60) + 12.0 * bool(_DECLARES.match(body))
    listed = _LISTED.search(body)
    bits += 6.0 * (len(_LONE_QUOTE.findall(body)) % 2)
    bits += 5.0 * (listed is not None and (listed[1] or listed[2]) in names)
    if body[:1] in (",", ":", ")", "]", "}", " ", ";"):
        bits += 2.5
    if body[-1:] in (",", "(", "[", "{", "=", " ", ";", ")"):
        bits += 3.0
    return bits - (2.0 if _ONE_WORD.fullmatch(body) else 0.0)
