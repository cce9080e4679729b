"""What shows at a glance: merge conflicts, fences and prose around code, characters that only look like code,
comments of another language or without their other end."""

import re
from collections.abc import Iterator

from goldseam.diagnose.syntax.brace_moves import Action, Move, Splice
from goldseam.diagnose.syntax.brace_reading import Reading
from goldseam.diagnose.syntax.brace_tokens import MEANT, Kind, Lines, Token

_CONFLICT = re.compile(
    r"^<{7}(?: [^\n]*)?\n(?P<ours>.*?)(?P<base>^\|{7}[^\n]*\n.*?)?"
    r"^={7}[ \t]*\r?\n(?P<theirs>.*?)^>{7}[^\n]*(?:\n|\Z)",
    re.M | re.S,
)
_MARKER = re.compile(r"^(?:<{7}|>{7}|={7})(?: [^\n]*)?\r?(?:\n|\Z)", re.M)
_FENCE = re.compile(r"^[ \t]*(?:```|~~~)[\w+-]*[ \t]*\r?(?:\n|\Z)", re.M)
_PROSE = re.compile(
    r"(?:(?:[A-Z][a-z']+|I|I'm|I've|A)(?:[ ,][ ]?[\w'`./()-]+){3,}[.:!]?"
    r"|(?:Here|Sure|Note|This|Okay|Certainly)\b[\w ,'`-]*[.:!])"
)
_ANNOTATION = re.compile(r"/\*\s*[#@]__\w+__(?=\s)")
"""`/*#__PURE__*/`: a comment that minifiers read."""
_HASH = re.compile(r"#(?!!)(?=[ \t]|[A-Z]|\w+[ \t]+[a-z]+)")


def pasted_moves(text: str, family: str) -> Iterator[Move]:
    """Merge conflicts and fences, which keep the rest from being read."""
    yield from _conflicts(text)
    yield from _fences(text, family)


def evident_moves(reading: Reading, tokens: list[Token], family: str) -> Iterator[Move]:
    """What else shows at a glance; `tokens` are those of the text with its comments."""
    yield from _prose(reading, tokens)
    yield from _aliens(reading)
    yield from _comments(reading)
    yield from _walruses(reading)
    if family == "script":
        yield from _hashes(reading)


def _conflicts(text: str) -> Iterator[Move]:
    whole = list(_CONFLICT.finditer(text))
    for match in whole:
        ours = Splice(match.start(), match.start("ours"), "")
        rest = Splice(match.end("ours"), match.end(), "")
        yield _evident((ours, rest), "conflict", match[0][:7])
    for match in _MARKER.finditer(text):
        if not any(one.start() <= match.start() < one.end() for one in whole) and text[match.start()] in "<>":
            yield _evident((Splice(match.start(), match.end(), ""),), "conflict", match[0].strip())


def _fences(text: str, family: str) -> Iterator[Move]:
    found = list(_FENCE.finditer(text))
    if family == "script" and len(found) > 2:
        found = [found[0], found[-1]]
    for match in found:
        yield _evident((Splice(match.start(), match.end(), ""),), "pasted", match[0].strip())


def _prose(reading: Reading, tokens: list[Token]) -> Iterator[Move]:
    """Lines of prose outside strings and comments."""
    lines = reading.lines
    taken = {
        number
        for token in tokens
        if token.kind in (Kind.COMMENT, Kind.STRING, Kind.TEMPLATE, Kind.OUTSIDE)
        for number in range(lines.number(token.start), lines.number(max(token.start, token.end - 1)) + 1)
        if token.kind is not Kind.STRING or number > lines.number(token.start)
    }
    for number in range(len(lines.starts)):
        start, end = lines.span(number)
        if number not in taken and _PROSE.fullmatch(lines.text[start:end].strip()):
            after = lines.starts[number + 1] if number + 1 < len(lines.starts) else end
            yield _evident((Splice(start, after, ""),), "pasted", lines.text[start:end].strip()[:40])


def _aliens(reading: Reading) -> Iterator[Move]:
    """Look-alikes, those of a line in one move."""
    rows: dict[int, list[Token]] = {}
    for token in reading.tokens:
        if token.kind is Kind.ALIEN:
            rows.setdefault(reading.lines.number(token.start), []).append(token)
    for row in rows.values():
        splices = tuple(Splice(one.start, one.end, MEANT[one.text]) for one in row)
        yield _evident(splices, "alien", row[0].text, MEANT[row[0].text])


def _walruses(reading: Reading) -> Iterator[Move]:
    for colon, equals in zip(reading.tokens, reading.tokens[1:], strict=False):
        if colon.text == ":" and equals.text == "=" and colon.end == equals.start:
            splice = Splice(colon.start, equals.end, "=")
            yield Move(-20.0, Action.REPLACE, (splice,), expected="=", wrong=":=", why="foreign")


def _hashes(reading: Reading) -> Iterator[Move]:
    for index, token in enumerate(reading.tokens):
        if token.text[0] != "#":
            continue
        _start, end = reading.lines.span(reading.lines.number(token.start))
        line = reading.lines.text[token.start : end]
        first = index == 0 or reading.gaps[index]
        if line[1:2] in (" ", "\t") or (
            first and _HASH.match(line) and not re.match(r"#\w+\s*(?:[=(;]|$)", line)
        ):
            yield _evident((Splice(token.start, token.start + 1, "//"),), "foreign", "#", "//")


def _comments(reading: Reading) -> Iterator[Move]:
    """A block comment without its end, or without its beginning."""
    lines = reading.lines
    for index, token in enumerate(reading.tokens):
        if token.kind is Kind.OPEN and token.text.startswith("/*"):
            if match := _ANNOTATION.match(token.text):
                at = token.start + match.end()
                yield _evident((Splice(at, at, "*/"),), "comment", "", "*/")
                continue
            first = lines.number(token.start)
            last = _starred(lines, first, 1)
            end = lines.span(last)[1]
            blank = lines.span(last + 1) if last + 1 < len(lines.starts) else (0, 0)
            left = blank[0] < blank[1] or (last > first and blank[1] > 0)
            if left and not lines.text[slice(*blank)].strip():
                yield _evident((Splice(blank[1], blank[1], "*/"),), "comment", "", "*/")
                continue
            stop = lines.text[lines.starts[last] : end].rstrip()
            yield _evident((Splice(end, end, "/" if stop.endswith("*") else " */"),), "comment", "", "*/")
        elif token.text == "*" and index + 1 < len(reading.tokens) and _ends_comment(reading, index):
            first = _starred(lines, lines.number(token.start), -1)
            start = lines.starts[first]
            indent = lines.indent(first).removesuffix(" ")
            newline = "\r\n" if "\r\n" in lines.text[:10_000] else "\n"
            waiting = lines.span(first - 1) if first else (0, 0)
            if first and not lines.text[slice(*waiting)].strip():
                yield _evident((Splice(waiting[1], waiting[1], "/**"),), "comment", "", "/**")
            else:
                yield _evident((Splice(start, start, f"{indent}/**{newline}"),), "comment", "", "/**")


def _ends_comment(reading: Reading, index: int) -> bool:
    token, following = reading.tokens[index], reading.tokens[index + 1]
    number = reading.lines.number(token.start)
    start, end = reading.lines.span(number)
    line = reading.lines.text[start:end].strip()
    return following.start == token.end and following.text[0] == "/" and line.startswith("*")


def _starred(lines: Lines, number: int, step: int) -> int:
    """The last line that begins with a star, from a line on."""
    while 0 <= number + step < len(lines.starts):
        start, end = lines.span(number + step)
        if not lines.text[start:end].lstrip().startswith("*"):
            break
        number += step
    return number


def _evident(splices: tuple[Splice, ...], why: str, wrong: str, expected: str = "") -> Move:
    return Move(-20.0, Action.EVIDENT, splices, expected=expected, wrong=wrong, why=why)
