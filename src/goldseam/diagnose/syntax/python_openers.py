"""Repairs of closers that nothing opens: the layout and the file's habits say where the opener was."""

import builtins
from collections.abc import Iterator

from goldseam.core.fault import Code
from goldseam.diagnose.syntax.judge import Splice
from goldseam.diagnose.syntax.python_brackets import blank_line
from goldseam.diagnose.syntax.python_tokens import CLOSERS, Kind
from goldseam.diagnose.syntax.repair import Repair, Scene

FARTHEST = 160
"""An opener is looked for in so many tokens before its closer."""
MOST_PAIRS = 3
"""So many pairs of brackets before a closer are doubted: theirs may be the closer of what was not opened."""
LONG_NAME = 6
"""A built-in name of so many letters at the end of another is no chance."""
_BUILTINS = frozenset(dir(builtins))
_CALLABLE = frozenset(name for name in _BUILTINS if name[0].islower())
_LIST_AFTER = frozenset({"=", "(", ",", "return", "in", "[", ":", "+", "+=", "{"})


def missing_openers(scene: Scene) -> Iterator[Repair]:
    """An opener before the closers that have none."""
    for closer in scene.lone_closers[:3]:
        stack = scene.stacks[closer]
        first = max(stack[-1] + 1 if stack else 0, closer - FARTHEST)
        for number in range(first, closer + 1):
            if len(scene.stacks[number]) == len(stack):
                yield _opened(scene, number, closer)
        yield from _inside_pairs(scene, first, closer)


def _inside_pairs(scene: Scene, first: int, closer: int) -> Iterator[Repair]:
    """An opener inside a pair before: the pair's closer closes it, and the lone one the pair."""
    wanted, depth = CLOSERS[scene.tokens[closer].text], len(scene.stacks[closer])
    pairs = [
        (opener, number)
        for number in range(first, closer)
        if scene.tokens[number].text == scene.tokens[closer].text
        and len(scene.stacks[number]) == depth + 1
        and scene.tokens[opener := scene.stacks[number][-1]].text == wanted
    ]
    for opener, mate in pairs[-MOST_PAIRS:]:
        laid = scene.ends_line(opener) and _begins_line(scene, closer)
        fits = laid and scene.indent_of(opener) == scene.indent_of(closer)
        for number in range(max(opener + 1, mate - FARTHEST), mate + 1):
            if len(scene.stacks[number]) == depth + 1:
                found = _opened(scene, number, mate)
                yield found._replace(cost=found.cost + (-0.1 if fits else 0.02))


def _opened(scene: Scene, number: int, closer: int) -> Repair:
    opener = CLOSERS[scene.tokens[closer].text]
    at, start = _place_of_opener(scene, number, closer), scene.tokens[number].start
    end = start if not scene.text[at:start].strip(" ") else at
    message = f"nothing opens the '{scene.tokens[closer].text}' of this statement"
    cost = _opener_cost(scene, number, closer, opener)
    return Repair(cost, (Splice(at, end, opener),), Code.SYN_UNMATCHED_BRACKET, message, opener)


def glued_openers(scene: Scene) -> Iterator[Repair]:
    """`printname)`: a name that two others make when the bracket between them is missing."""
    if not scene.lone_closers:
        return
    closer = scene.tokens[scene.lone_closers[0]].text
    for number, token in enumerate(scene.tokens[: scene.lone_closers[0]]):
        if token.kind is not Kind.NAME or scene.habits.names[token.text] > 1:
            continue
        for at in range(2, len(token.text)):
            cost = _glue_cost(scene, number, token.text[:at], token.text[at:])
            if cost is not None:
                place = token.start + at
                message = f"nothing opens the '{closer}' of this statement"
                splice = Splice(place, place, CLOSERS[closer])
                yield Repair(cost, (splice,), Code.SYN_UNMATCHED_BRACKET, message, CLOSERS[closer])


def _glue_cost(scene: Scene, number: int, left: str, right: str) -> float | None:
    """What it costs to read a name as two; None if nothing speaks for it."""
    habits, heads = scene.habits, number == 1 and scene.word in ("def", "class")
    uses = habits.calls[left] + habits.subscripts[left]
    if right[0].isdigit():
        return 0.1 if uses and right.isdigit() and not heads else None
    left_known = habits.names[left] > 0 or left in _CALLABLE
    right_known = habits.names[right] > 0 or right in _BUILTINS
    if heads:
        base = right[0].isupper() and len(right) > 2 if scene.word == "class" else right in ("self", "cls")
        return 0.03 if base and right_known else None
    if len(right) == 1:
        return 0.1 if uses and habits.names[right] > 1 else None
    special = left[:2] == left[-2:] == "__" and len(left) > 4
    if right in _BUILTINS and right[0].isupper() and len(right) >= LONG_NAME:
        return 0.12 - 0.04 * left_known
    if not (left_known and right_known) and not (special and (left_known or right_known)):
        return None
    return 0.14 - 0.04 * (left_known + right_known) - 0.002 * min(10, len(right))


def _place_of_opener(scene: Scene, number: int, closer: int) -> int:
    """Before the token; where a line ends, behind it or on a blank line that the closer aligns with."""
    token = scene.tokens[number]
    if not number:
        return token.start
    before = scene.tokens[number - 1]
    if not scene.ends_line(number - 1):
        return before.end if _is_callee(scene, number - 1) else token.start
    above = scene.text[: scene.text.rfind("\n", 0, token.start) + 1]
    blank = blank_line(above, before.end, scene.indent_of(closer))
    if blank is not None:
        return blank
    if not _opens_behind_line(scene, number, closer):
        return token.start
    return before.end + (scene.text[before.end : before.end + 2] == " \n")


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
        if before.text == "import" and scene.word == "from":
            return 0.05
        returns = _begins_line(scene, closer) and scene.indent_of(closer) <= scene.indent_of(number)
        fits = before.is_value or before.text in _LIST_AFTER
        return (0.12 if returns and fits else 0.45) + far
    glued = before.end == token.start
    adjacent = before.is_value and (token.opens_value or token.text in CLOSERS or token.text in ("**", "*"))
    if opener == "(":
        return _call_cost(scene, number, glued, adjacent) + far
    if opener == "[" and _is_callee(scene, number - 1) and (adjacent or (glued and token.text == ":")):
        known = scene.habits.subscripts[before.text] > 0
        return (0.12 if glued else 0.3) - 0.05 * known + 0.2 * (token.text == "[") + far
    if before.text in _LIST_AFTER:
        return 0.3 + 0.5 * far
    return 0.6 + far


def _is_aligned_below(scene: Scene, number: int, closer: int) -> bool:
    """The next line begins a column behind the token: where it would stand if a bracket came before."""
    column = scene.column_of(number)
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
        if token.text == "[" and scene.habits.subscripts[before.text] > 1:
            return 0.4
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
