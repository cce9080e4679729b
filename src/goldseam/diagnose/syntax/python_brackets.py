"""Repairs of brackets: indentation, line ends and the file's habits say where one is missing."""

import builtins
from collections.abc import Iterator

from goldseam.core.fault import Code
from goldseam.diagnose.syntax.judge import Splice
from goldseam.diagnose.syntax.python_tokens import CLOSERS, OPENERS, Kind, Token
from goldseam.diagnose.syntax.repair import Repair, Scene

FARTHEST = 160
"""An opener is looked for in so many tokens before its closer."""
_CALLABLE = frozenset(name for name in dir(builtins) if name[0].islower())
_LIST_AFTER = frozenset({"=", "(", ",", "return", "in", "[", ":", "+", "+=", "{"})
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
        yield Repair(
            _closer_cost(scene, number, stack), (splice,), Code.SYN_UNCLOSED_BRACKET, message, closer
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
        if not opens_line and _column(scene, after) <= _column(scene, tokens[opener]):
            return cost - 0.26
        return cost - 0.1
    if token.is_value and after.opens_value:
        return cost + 0.1
    if after.text in CLOSERS:
        return cost - 0.02
    return cost + 0.05 * (after.text == ",") + 0.02 * len(stack)


def _column(scene: Scene, token: Token) -> int:
    return token.start - scene.text.rfind("\n", 0, token.start)


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
    if not scene.ends_line(opener) or not scene.ends_line(number) or number == opener:
        return Splice(end, end, closer)
    wanted = scene.indent_of(opener)
    if number + 1 < len(scene.tokens):
        after = scene.tokens[number + 1]
        if scene.indent_of(number + 1) == wanted and after.text in (",", ".", ")", "]", "}", ":", "+"):
            return Splice(after.start, after.start, closer)
    place = _blank_line(scene.text, end, wanted)
    return Splice(end, end, closer) if place is None else Splice(place, place, closer)


def _blank_line(text: str, end: int, indent: int) -> int | None:
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


def missing_openers(scene: Scene) -> Iterator[Repair]:
    """An opener before the closers that have none."""
    for closer in scene.lone_closers[:3]:
        opener = CLOSERS[scene.tokens[closer].text]
        stack = scene.stacks[closer]
        first = stack[-1] + 1 if stack else 0
        for number in range(max(first, closer - FARTHEST), closer + 1):
            if len(scene.stacks[number]) != len(stack):
                continue
            cost = _opener_cost(scene, number, closer, opener)
            at = _place_of_opener(scene, number, closer)
            message = f"nothing opens the '{scene.tokens[closer].text}' of this statement"
            end = (
                scene.tokens[number].start
                if not scene.text[at : scene.tokens[number].start].strip(" ")
                else at
            )
            yield Repair(cost, (Splice(at, end, opener),), Code.SYN_UNMATCHED_BRACKET, message, opener)


def glued_openers(scene: Scene) -> Iterator[Repair]:
    """`printname)`: a name that two others make when the bracket between them is missing."""
    if not scene.lone_closers:
        return
    closer = scene.tokens[scene.lone_closers[0]].text
    for number, token in enumerate(scene.tokens[: scene.lone_closers[0]]):
        if token.kind is not Kind.NAME or scene.habits.names[token.text] > 1:
            continue
        for at in range(2, len(token.text) - 1):
            left, right = token.text[:at], token.text[at:]
            known = (scene.habits.names[left] > 0 or left in _CALLABLE) + (scene.habits.names[right] > 0)
            heads = number == 1 and scene.word in ("def", "class")
            heads = heads or scene.habits.calls[left] > 0 or (left[:2] == left[-2:] == "__" and at > 4)
            if known and (known > 1 or heads) and not right[0].isdigit():
                place = token.start + at
                message = f"nothing opens the '{closer}' of this statement"
                splice = Splice(place, place, CLOSERS[closer])
                cost = 0.14 - 0.04 * known - 0.002 * min(10, len(right))
                yield Repair(cost, (splice,), Code.SYN_UNMATCHED_BRACKET, message, CLOSERS[closer])


def _place_of_opener(scene: Scene, number: int, closer: int) -> int:
    """Before the token; where a line ends, behind it or on a blank line that the closer aligns with."""
    token = scene.tokens[number]
    if not number:
        return token.start
    before = scene.tokens[number - 1]
    if not scene.ends_line(number - 1):
        return before.end if _is_callee(scene, number - 1) else token.start
    blank = _blank_line(scene.text[: token.start], before.end, scene.indent_of(closer))
    if blank is not None:
        return blank
    return before.end if _opens_behind_line(scene, number, closer) else token.start


def _opens_behind_line(scene: Scene, number: int, closer: int) -> bool:
    """The opener ends the line above: what it holds is deeper, or the closer returns to that line."""
    margin = scene.indent_of(number - 1)
    returns = _begins_line(scene, closer) and scene.indent_of(closer) == margin
    deeper = scene.indent_of(number) > margin and scene.tokens[number - 1].text != ","
    return scene.indent_of(number) > margin and (returns or deeper)


def _begins_line(scene: Scene, number: int) -> bool:
    return number > 0 and scene.ends_line(number - 1)


def _opener_cost(scene: Scene, number: int, closer: int, opener: str) -> float:
    tokens = scene.tokens
    token = tokens[number]
    before = tokens[number - 1] if number else None
    far = 0.004 * min(50, closer - number)
    if before is None:
        return 0.6 + far
    far -= 0.22 * _is_aligned_below(scene, number, closer)
    if scene.ends_line(number - 1):
        if not _opens_behind_line(scene, number, closer):
            return 0.34 + far
        returns = _begins_line(scene, closer) and scene.indent_of(closer) <= scene.indent_of(number)
        fits = before.is_value or before.text in _LIST_AFTER
        return (0.12 if returns and fits else 0.45) + far
    glued = before.end == token.start
    adjacent = before.is_value and (token.opens_value or token.text in CLOSERS or token.text in ("**", "*"))
    if opener == "(":
        return _call_cost(scene, number, glued, adjacent) + far
    if opener == "[" and _is_callee(scene, number - 1) and adjacent:
        known = scene.habits.subscripts[before.text] > 0
        return (0.12 if glued else 0.3) - 0.05 * known + far
    if before.text in _LIST_AFTER:
        return 0.3 + 0.5 * far
    return 0.6 + far


def _is_aligned_below(scene: Scene, number: int, closer: int) -> bool:
    """The next line begins a column behind the token: where it would stand if a bracket came before."""
    column = scene.tokens[number].start - scene.text.rfind("\n", 0, scene.tokens[number].start) - 1
    below = next((at for at in range(number + 1, closer + 1) if scene.ends_line(at - 1)), None)
    return below is not None and scene.indent_of(below) == column + 1


def _call_cost(scene: Scene, number: int, glued: bool, adjacent: bool) -> float:
    before, token = scene.tokens[number - 1], scene.tokens[number]
    if token.text == "(":
        return 0.6
    if scene.word in ("def", "class") and number == 2:
        return 0.04
    if _is_callee(scene, number - 1):
        known = scene.habits.calls[before.text] > 0 or before.text in _CALLABLE
        if token.text in CLOSERS and before.kind is not Kind.NAME:
            return 0.5
        if token.text in CLOSERS:
            return 0.2 - 0.08 * known + 0.1 * (not glued)
        if adjacent:
            return 0.16 + 0.2 * (not glued) - 0.06 * known
        return 0.5 - 0.15 * known
    if before.text in (
        "=",
        "return",
        "in",
        "(",
        ",",
        "and",
        "or",
        "not",
        "if",
        "[",
        "{",
        "+",
        "-",
        "*",
        "%",
        "==",
    ):
        return 0.36 + 0.05 * (before.text == ",") - 0.04 * (before.text in ("%", "(", "in", "="))
    return 0.55


def _is_callee(scene: Scene, number: int) -> bool:
    token = scene.tokens[number]
    return (token.kind is Kind.NAME and token.is_value) or token.text in (")", "]")


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
        cost = 0.22 if doubled else 0.4
        yield _edit(token, "", cost + 0.05 * bool(opener), message)
        if opener:
            right = OPENERS[opener]
            yield _edit(token, right, 0.2, f"'{token.text}' closes a '{opener}'", right)
    for number, token in enumerate(tokens):
        if token.text not in OPENERS:
            continue
        doubled = number + 1 < len(tokens) and tokens[number + 1].text == token.text
        message = f"nothing closes this '{token.text}'"
        yield _edit(token, "", 0.55 if doubled else 0.75, message)
        for other in OPENERS:
            if other != token.text and scene.lone_closers:
                yield _edit(token, other, 0.5, f"'{token.text}' is closed by another bracket", other)


def _edit(token: Token, new: str, cost: float, message: str, expected: str = "") -> Repair:
    splice = Splice(token.start, token.end, new)
    return Repair(cost, (splice,), Code.SYN_UNMATCHED_BRACKET, message, expected)
