"""Repairs of quotes: the shape of what a string holds says where it begins and ends."""

import re
from collections.abc import Iterator

from goldseam.core.fault import Code
from goldseam.diagnose.syntax.judge import Splice
from goldseam.diagnose.syntax.python_tokens import Kind, Token, tokens_of
from goldseam.diagnose.syntax.repair import Repair, Scene

MOST = 24
_CODE = re.compile(r"\w\(|\)\s*[:;]|[!=]=|\s=\s|\b(?:def|return|import|lambda|self\.)\b")
_WORD = re.compile(r"[\w./@:%-]+")
_BEFORE = re.compile(
    r"(?<=[\w\s.!?%*/#)\]}>+\\-])"
    r"(?=[,)\]}:;]|\s+(?:(?:if|and|or|in|else|is|for|not|as)\b|==|\+|%|-)|\s*\.\w|\s*%|\s*$)|$"
)
_METHOD = re.compile(r"\.(?:format|join|split|encode|strip|replace)\(")
_OPENINGS = re.compile(
    r"(?<=[(\[{,=:+%\s])(?=\S)|(?<=[(\[{,=:+\s][rRbBuUfF])(?=\S)|(?<=[(\[{,=])(?=\s)|(?<=[)\]}\w])(?=[^\w\s])"
)


def missing_quotes(scene: Scene) -> Iterator[Repair]:
    """For each string without an end: a quote behind it, or one before it that made this one an opener."""
    for token in scene.tokens:
        if token.kind is Kind.OPEN and token.text.lstrip("rRbBuUfF")[:3] not in ('"""', "'''"):
            yield from _quotes_around(scene, token)


def _quotes_around(scene: Scene, token: Token) -> Iterator[Repair]:
    start = scene.text.rfind("\n", 0, token.start) + 1
    line = scene.text[start : token.end]
    own = token.text.lstrip("rRbBuUfF")[0]
    at = token.start - start
    ideas: list[tuple[float, int, str]] = []
    for quote in sorted({own, *(q for q in "\"'" if line.count(q) % 2)}, key=lambda q: q != own):
        for place in _places(line, at):
            mended = line[:place] + quote + line[place:]
            ideas.append(
                (
                    0.2
                    + _shape_penalty(mended)
                    + 0.1 * (place <= at)
                    + 0.05 * (quote != own)
                    - 0.12 * bool(_METHOD.match(line, place)),
                    place,
                    quote,
                )
            )
    message = f"this string lacks its closing {own}"
    for cost, place, quote in sorted(ideas)[:MOST]:
        opens = place <= at
        code = Code.SYN_UNOPENED_STRING if opens else Code.SYN_UNTERMINATED_STRING
        said = f"this {own} closes a string that nothing opens" if opens else message
        yield Repair(cost, (Splice(start + place, start + place, quote),), code, said, quote)
    quote_at = token.start + token.text.index(own)
    message = f"this {own} should not be here"
    yield Repair(0.75, (Splice(quote_at, quote_at + 1, ""),), Code.SYN_UNTERMINATED_STRING, message)


def _places(line: str, at: int) -> list[int]:
    behind = {at + 1 + match.start() for match in _BEFORE.finditer(line[at + 1 :])}
    before = {match.start() for match in _OPENINGS.finditer(line[: at + 1])} | {
        len(line) - len(line.lstrip())
    }
    return sorted(place for place in behind | before if place <= len(line))


def _shape_penalty(line: str) -> float:
    """How little the strings of a line look like strings."""
    penalty = 0.0
    for token in tokens_of(line):
        if token.kind is Kind.OPEN:
            penalty += 0.3
        if token.kind is Kind.STRING:
            penalty += _content_penalty(token.text.lstrip("rRbBuUfF")[1:-1])
    return penalty


def _content_penalty(content: str) -> float:
    penalty = 0.0
    if _CODE.search(content):
        penalty += 0.25
    if _WORD.fullmatch(content):
        penalty -= 0.1
    if content[:1] in tuple(",:)]};=") and content[:1]:
        penalty += 0.15
    if content.startswith(" ") and len(content) > 1:
        penalty += 0.04
    if content[-1:] in tuple(",([{=") and content:
        penalty += 0.12
    unbalanced = sum(abs(content.count(a) - content.count(b)) for a, b in ("()", "[]", "{}"))
    return penalty + 0.08 * min(3, unbalanced)
