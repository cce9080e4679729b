"""Repairs of Python 2: statements and literals that Python 3 writes in another way."""

import re
from collections.abc import Iterator

from goldseam.core.fault import Code
from goldseam.diagnose.syntax.judge import Splice
from goldseam.diagnose.syntax.python_tokens import Kind
from goldseam.diagnose.syntax.repair import Repair, Scene

_OCTAL = re.compile(r"0+[0-7]+$")
_LONG = re.compile(r"(?:0[xX][\da-fA-F]+|\d+)[lL]$")


def legacy_statements(scene: Scene) -> Iterator[Repair]:
    """`print x`, `exec x`, `except E, e`, `raise E, x`."""
    tokens = scene.tokens
    for number, token in enumerate(tokens[:-1]):
        if token.text in ("print", "exec") and (number == 0 or tokens[number - 1].text in (":", ";", "else")):
            yield from _called(scene, number)
    texts = [token.text for token in tokens]
    if scene.word == "except" and "," in texts:
        yield from _caught(scene, texts.index(","))
    if scene.word == "raise" and "," in texts:
        at = texts.index(",")
        rest = (
            Splice(tokens[at].start, tokens[at + 1].start, "("),
            Splice(tokens[-1].end, tokens[-1].end, ")"),
        )
        if at + 1 < len(tokens):
            yield _legacy(0.06, rest, "raise E, x", "raise E(x)")


def _called(scene: Scene, number: int) -> Iterator[Repair]:
    tokens = scene.tokens
    token, after = tokens[number], tokens[number + 1]
    last = next((at for at in range(number + 1, len(tokens)) if tokens[at].text == ";"), len(tokens)) - 1
    end = tokens[last]
    close = [Splice(end.end, end.end, ")")]
    if end.text == ",":
        close = [Splice(end.start, end.end, ", end=' ')")]
    if after.text == ">>":
        comma = next((at for at in range(number, last + 1) if tokens[at].text == ","), None)
        if comma is not None:
            stream = scene.text[after.end : tokens[comma].start].strip()
            cut = Splice(token.end, tokens[comma + 1].start, "(")
            yield _legacy(
                0.05, (cut, Splice(end.end, end.end, f", file={stream})")), "print >>", "print(file=)"
            )
        return
    if (after.opens_value and after.text != "(") or after.kind is Kind.STRING:
        yield _legacy(
            0.04, (Splice(token.end, after.start, "("), *close), f"{token.text} x", f"{token.text}(x)"
        )


def _caught(scene: Scene, comma: int) -> Iterator[Repair]:
    tokens = scene.tokens
    if comma + 2 >= len(tokens) or (tokens[1].text == "(" and comma < len(tokens) - 3):
        return
    name = tokens[comma + 1]
    errors = name.text[:1].isupper()
    both = (Splice(tokens[1].start, tokens[1].start, "("), Splice(tokens[-2].end, tokens[-2].end, ")"))
    yield _legacy(0.05 if errors else 0.2, both, "except A, B", "except (A, B)")
    named = (Splice(tokens[comma].start, tokens[comma].end, " as"),)
    yield _legacy(0.2 if errors else 0.04, named, "except E, e", "except E as e")


def legacy_literals(scene: Scene) -> Iterator[Repair]:
    """`0777`, `10L`, backticks and `ur''`."""
    ticks = [token for token in scene.tokens if token.text == "`"]
    for left, right in zip(ticks[::2], ticks[1::2], strict=False):
        both = (Splice(left.start, left.end, "repr("), Splice(right.start, right.end, ")"))
        yield _legacy(0.1, both, "`x`", "repr(x)")
    for token in scene.tokens:
        if token.kind is Kind.NUMBER and _OCTAL.match(token.text):
            yield _legacy(
                0.06, (Splice(token.start, token.start + 1, "0o"),), token.text, f"0o{token.text[1:]}"
            )
        elif token.kind is Kind.NUMBER and _LONG.match(token.text):
            yield _legacy(0.06, (Splice(token.end - 1, token.end, ""),), token.text, token.text[:-1])
        elif token.kind is Kind.STRING and token.text[:2].lower() == "ur":
            yield _legacy(0.06, (Splice(token.start, token.start + 1, ""),), token.text[:2], token.text[1:2])


def _legacy(cost: float, splices: tuple[Splice, ...], old: str, new: str) -> Repair:
    message = f"'{old}' is Python 2; Python 3 says '{new}'"
    return Repair(cost, splices, Code.SYN_FOREIGN_SYNTAX, message, new)
