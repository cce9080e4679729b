"""Repairs of brackets that are not closed, or closed by another: indentation and line ends say where."""

from collections.abc import Iterator

from goldseam.core.fault import Code
from goldseam.diagnose.syntax.judge import Splice
from goldseam.diagnose.syntax.python_tokens import CLOSERS, OPENERS, Kind, Token
from goldseam.diagnose.syntax.repair import Repair, Scene

LEFT_BEHIND = 0.15
"""What a line of white space with the indentation of a closer speaks for it."""
FARTHEST = 160
"""A closer is doubted so many tokens before the one that it leaves alone."""
_COMPARING = frozenset(
    {"==", "!=", "<", ">", "<=", ">=", "and", "or", "not", "in", "is", "if", "else", "for"}
)


def missing_closers(scene: Scene) -> Iterator[Repair]:
    """A closer behind each token at which a bracket is open."""
    for number, token in enumerate(scene.tokens):
        stack = scene.stacks[number + 1]
        if not stack or (token.kind is Kind.NAME and not token.is_value):
            continue
        opener = scene.tokens[stack[-1]]
        closer = OPENERS[opener.text]
        splice = _place_of_closer(scene, number, stack[-1], closer)
        message = f"the '{opener.text}' {_where(scene, opener)} is never closed"
        left_behind = splice.start > token.end and scene.text[splice.start - 1 : splice.start] in (" ", "\t")
        yield Repair(
            _closer_cost(scene, number, stack) - LEFT_BEHIND * left_behind,
            (splice,),
            Code.SYN_UNCLOSED_BRACKET,
            message,
            closer,
        )


def _where(scene: Scene, opener: Token) -> str:
    start = scene.text.rfind("\n", 0, opener.start) + 1
    return f"of '{scene.text[start : opener.start + 1].strip()[-30:]}'"


def _closer_cost(scene: Scene, number: int, stack: tuple[int, ...]) -> float:
    tokens = scene.tokens
    token, last = tokens[number], number + 1 == len(tokens)
    opener = stack[-1]
    cost = 0.5 + 0.5 * (token.text in (",", ".", "=", "+", "-", "*", ":") and not scene.ends_line(number))
    if number == opener and opener and tokens[opener - 1].kind is not Kind.NAME:
        cost += 0.1
    if last:
        return (
            cost
            - 0.24
            + 0.4 * (scene.deeper and token.text != ":")
            + _holds_comparison(scene, opener, number)
        )
    after = tokens[number + 1]
    if number + 2 == len(tokens) and after.text == ":":
        return cost - 0.26 + _holds_comparison(scene, opener, number)
    if after.text in CLOSERS and CLOSERS[after.text] != tokens[opener].text:
        return cost - 0.3 + (0.1 if not scene.ends_line(number) else 0.0)
    if scene.ends_line(number):
        apart = scene.indent_of(number + 1) - scene.indent_of(opener)
        opens_line = scene.ends_line(opener)
        if apart < 0 or (apart == 0 and opens_line):
            return cost - 0.3
        if not opens_line and scene.column_of(number + 1) <= scene.column_of(opener):
            return cost - 0.26
        return cost - 0.1
    if token.is_value and after.opens_value:
        return cost + 0.1
    if after.text in CLOSERS:
        return cost - 0.02
    return cost + 0.05 * (after.text == ",") + 0.02 * len(stack)


def _holds_comparison(scene: Scene, opener: int, number: int) -> float:
    """A call rarely holds a comparison: its bracket is to be closed before that."""
    if not opener or scene.tokens[opener - 1].kind is not Kind.NAME or not scene.tokens[opener - 1].is_value:
        return 0.0
    depth = len(scene.stacks[opener]) + 1
    inner = {
        token.text
        for at, token in enumerate(scene.tokens[: number + 1])
        if at > opener and len(scene.stacks[at]) == depth
    }
    return 0.32 if inner & _COMPARING - {"for", "if", "else"} and "for" not in inner else 0.0


def _place_of_closer(scene: Scene, number: int, opener: int, closer: str) -> Splice:
    """Behind the token; if the opener ends its line, on the line below that has its indentation."""
    end = scene.tokens[number].end
    if number + 1 < len(scene.tokens) and scene.tokens[number + 1].text == "->" and scene.ends_line(number):
        at = scene.tokens[number + 1].start
        at -= scene.indent_of(number + 1) == scene.indent_of(opener) + 1
        return Splice(at, at, closer)
    if not scene.ends_line(opener) or not scene.ends_line(number) or number == opener:
        return Splice(end, end, closer)
    wanted = scene.indent_of(opener)
    if number + 1 < len(scene.tokens):
        after = scene.tokens[number + 1]
        if scene.indent_of(number + 1) == wanted and after.text in (",", ".", ")", "]", "}", ":", "+"):
            return Splice(after.start, after.start, closer)
    place = blank_line(scene.text, end, wanted)
    return Splice(end, end, closer) if place is None else Splice(place, place, closer)


def blank_line(text: str, end: int, indent: int) -> int | None:
    """The end of the white space of a blank line below that has the indentation, before anything else."""
    at = text.find("\n", end)
    while at >= 0:
        stop = text.find("\n", at + 1)
        line = text[at + 1 : stop if stop >= 0 else len(text)]
        if line.strip() and not line.strip().startswith("#"):
            return None
        if len(line) == indent and not line.strip() and (indent or stop >= 0):
            return at + 1 + indent
        at = stop
    return None


def wrong_brackets(scene: Scene) -> Iterator[Repair]:
    """Closers that close nothing, or the wrong bracket."""
    tokens = scene.tokens
    for number in scene.lone_closers:
        token = tokens[number]
        doubled = any(
            tokens[at].text == token.text for at in (number - 1, number + 1) if 0 <= at < len(tokens)
        )
        opener = scene.opener_at(number)
        message = f"nothing opens this '{token.text}'"
        twin = number > 0 and tokens[number - 1].text == token.text and not scene.gap(number - 1)
        cost = 0.1 if twin else 0.22 if doubled else 0.4
        yield _edit(token, "", cost + 0.05 * bool(opener), message)
        if opener:
            right = OPENERS[opener]
            yield _edit(token, right, 0.2, f"'{token.text}' closes a '{opener}'", right)
        yield from _early_closers(scene, number)
    for number, token in enumerate(tokens):
        if token.text not in OPENERS:
            continue
        doubled = number + 1 < len(tokens) and tokens[number + 1].text == token.text
        message = f"nothing closes this '{token.text}'"
        yield _edit(token, "", 0.55 if doubled else 0.75, message)
        for other in OPENERS:
            if other != token.text and scene.lone_closers:
                yield _edit(token, other, 0.5, f"'{token.text}' is closed by another bracket", other)


def _early_closers(scene: Scene, lone: int) -> Iterator[Repair]:
    """Closers inside a line before that close what ends its own: then the lone one below had closed it."""
    tokens = scene.tokens
    for number in range(max(1, lone - FARTHEST), lone):
        stack = scene.stacks[number]
        if tokens[number].text != tokens[lone].text or len(stack) != len(scene.stacks[lone]) + 1:
            continue
        if scene.ends_line(stack[-1]) and not scene.ends_line(number - 1):
            twin = tokens[number - 1].text == tokens[number].text and not scene.gap(number - 1)
            message = f"nothing opens this '{tokens[number].text}'"
            yield _edit(tokens[number], "", 0.12 if twin else 0.3, message)


def _edit(token: Token, new: str, cost: float, message: str, expected: str = "") -> Repair:
    splice = Splice(token.start, token.end, new)
    return Repair(cost, (splice,), Code.SYN_UNMATCHED_BRACKET, message, expected)
