"""Repairs of indentation: the fewest lines are moved so that blocks, clauses and statements fit each other.

A beam search over logical lines. A state is the stack of open blocks; each line keeps its indentation for
free, or takes another one for a price; a line moved as the line before it is nearly free, so that a block
moves as one. It runs only around the lines that do not fit.
"""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from goldseam.core.fault import Code
from goldseam.diagnose.syntax.judge import Splice
from goldseam.diagnose.syntax.python_lines import Logical
from goldseam.diagnose.syntax.repair import Repair

BEAM = 14
COMMON = "    "
BEFORE, BEHIND = 40, 10
"""How many lines before the first misfit may be at fault, and how many quiet ones behind end the search."""
MOVED, MOVED_ALONG, EMPTY, MISFIT, UNREACHABLE, LONE_METHOD, OTHER_STEP = 1.0, 0.12, 1.3, 3.0, 0.25, 0.5, 0.2
LONE_SELF = 0.8
DEFINITION = 0.35
"""What it costs more to move a definition."""
CLEARLY, MOST_BEHIND, MOST_BEHIND_BEST = 0.15, 60, 2.5
_MAY_FOLLOW = {
    "else": frozenset({"if", "elif", "for", "while", "except", "async"}),
    "elif": frozenset({"if", "elif"}),
    "except": frozenset({"try", "except"}),
    "finally": frozenset({"try", "except", "else"}),
}
_DECORATED = frozenset({"@", "def", "class", "async"})
_LEAVES = frozenset({"return", "raise", "break", "continue"})


class Block(NamedTuple):
    """An open block: its indentation, what opened it, and the word of its last statement."""

    indent: str
    kind: str
    last: str


class State(NamedTuple):
    """Where the search stands: `awaited` is the header whose block must come, `shift` the last move.

    `moves` are (line number, new indentation; None: an empty body is filled before the line).
    """

    cost: float
    blocks: tuple[Block, ...]
    awaited: str = ""
    shift: int = 0
    moves: tuple[tuple[int, str | None], ...] = ()
    touched: int = -1


START = State(0.0, (Block("", "module", ""),))


@dataclass(frozen=True, slots=True)
class Layout:
    """The logical lines of a text, and the white space that one level of blocks takes."""

    text: str
    lines: Sequence[Logical]
    unit: str


def unit_of(lines: Sequence[Logical]) -> str:
    """The most common step by which a block is indented."""
    steps = [
        after.indent[len(line.indent) :]
        for line, after in itertools.pairwise(lines)
        if line.is_header and after.indent.startswith(line.indent) and len(after.indent) > len(line.indent)
    ]
    best = max(sorted(set(steps)), key=steps.count, default=COMMON)
    return best if steps.count(best) > 1 and steps.count(best) > steps.count(COMMON) else COMMON


def layouts(
    text: str, lines: Sequence[Logical], most: int = 4, late: Callable[[], bool] = lambda: False
) -> list[list[Repair]]:
    """Ways to make the indentation fit, cheapest first; none if it grew too late to find them."""
    layout = Layout(text, lines, unit_of(lines))
    states, at = [START], 0
    trail: list[State] = [START]
    while at < len(lines):
        kept = _keep(states[0], lines[at], at)
        if len(states) == 1 and kept is not None:
            states = [kept]
            trail.append(kept)
            at += 1
            continue
        if late():
            return []
        first = max(0, at - BEFORE)
        if states[0].moves:
            first = max(first, states[0].touched + 1)
        states, at = _search(layout, trail[first]._replace(), first, at)
        ended = states[0]
        trail += [ended] * (at + 1 - len(trail))
        trail[at] = ended
        if at < len(lines):
            states = states[:1]
    ends = [_closed(state, len(lines)) for state in states[:most]]
    return [_repairs(layout, state) for state in sorted(ends)]


def _closed(state: State, count: int) -> State:
    if not state.awaited:
        return state
    return state._replace(cost=state.cost + EMPTY, moves=(*state.moves, (count, None)))


def _search(layout: Layout, start: State, first: int, misfit: int) -> tuple[list[State], int]:
    """States behind the misfit, once it is quiet again."""
    states = [start]
    at = first
    while at < len(layout.lines):
        grown: dict[tuple[object, ...], State] = {}
        for state in states:
            for after in _steps(state, layout, at):
                key = (after.blocks, after.awaited, after.shift)
                if key not in grown or after.cost < grown[key].cost:
                    grown[key] = after
        states = sorted(grown.values(), key=_cost)[:BEAM]
        best = states[0]
        states = [state for state in states if state.cost <= best.cost + MOST_BEHIND_BEST]
        at += 1
        rival = len(states) > 1 and states[1].cost < best.cost + CLEARLY and at < misfit + MOST_BEHIND
        if at > misfit + BEHIND and best.touched < at - BEHIND and best.shift == 0 and not rival:
            break
    return states, at


def _cost(state: State) -> float:
    return state.cost


def _keep(state: State, line: Logical, at: int) -> State | None:
    """The state behind a line that stays where it is, if it fits."""
    after = _placed(state, line, line.indent, at)
    return after if after is not None and after.cost - state.cost < MOVED / 2 else None


def _steps(state: State, layout: Layout, at: int) -> Iterator[State]:
    line = layout.lines[at]
    placed = False
    for indent, price in _indents(state, line, layout.unit):
        after = _placed(state, line, indent, at)
        if after is None:
            continue
        placed = True
        if state.awaited and indent != state.blocks[-1].indent + layout.unit:
            price += OTHER_STEP
        cost, kept = after.cost + price, indent == line.indent
        cost += DEFINITION * (not kept and line.word in ("def", "class"))
        moves = state.moves if kept else (*state.moves, (at, indent))
        shift, touched = len(indent) - len(line.indent), state.touched if kept else at
        yield State(cost, after.blocks, after.awaited, shift, moves, touched)
    if state.awaited:
        moves = (*state.moves, (at, None))
        filled = State(state.cost + EMPTY, state.blocks, "", 0, moves, at)
        after = _placed(filled, line, line.indent, at)
        if after is not None:
            placed = True
            yield after
    if not placed:
        yield _wild(state, line)


def _wild(state: State, line: Logical) -> State:
    """The state behind a line that fits nowhere."""
    number = max(n for n, block in enumerate(state.blocks) if len(block.indent) <= len(line.indent))
    blocks = (*state.blocks[:number], state.blocks[number]._replace(last=line.word))
    awaited = line.word if line.is_header else ""
    return State(state.cost + MISFIT, blocks, awaited, 0, state.moves, state.touched)


def _indents(state: State, line: Logical, unit: str) -> Iterator[tuple[str, float]]:
    """Indentations that a line may have had, with their prices."""
    yield line.indent, 0.0
    top = state.blocks[-1].indent
    others = [top + unit] if state.awaited else [block.indent for block in state.blocks]
    for indent in others:
        if indent == line.indent:
            continue
        along = state.shift and len(indent) - len(line.indent) == state.shift
        far = 0.02 * abs(len(indent) - len(line.indent))
        yield indent, MOVED_ALONG if along else MOVED + far
    if state.awaited and state.shift:
        moved = " " * (len(line.indent) + state.shift)
        if len(moved) > len(top) and moved != line.indent:
            yield moved, MOVED_ALONG


def _placed(state: State, line: Logical, indent: str, at: int) -> State | None:
    """The state behind a line with an indentation, or None if it does not fit there."""
    if state.blocks[-1].last == "@" and (
        indent != state.blocks[-1].indent or line.word not in _DECORATED or state.awaited
    ):
        return None
    blocks = _blocks_at(state, indent)
    if not blocks or not _may_follow(line.word, blocks[-1].last):
        return None
    cost = state.cost + _oddness(line, blocks)
    awaited = _kind(line) if line.is_header else ""
    blocks = (*blocks[:-1], blocks[-1]._replace(last=line.word))
    return State(cost, blocks, awaited, 0, state.moves, state.touched)


def _blocks_at(state: State, indent: str) -> tuple[Block, ...]:
    """The blocks that are open at an indentation; none where no block has it, or one must begin deeper."""
    if state.awaited:
        top = state.blocks[-1].indent
        deeper = indent.startswith(top) and len(indent) > len(top)
        return (*state.blocks, Block(indent, state.awaited, "")) if deeper else ()
    blocks = state.blocks
    while blocks and blocks[-1].indent != indent:
        blocks = blocks[:-1]
    return blocks


def _may_follow(word: str, last: str) -> bool:
    if last == "try" and word not in ("except", "finally"):
        return False
    return word not in _MAY_FOLLOW or last in _MAY_FOLLOW[word]


def _oddness(line: Logical, blocks: Sequence[Block]) -> float:
    """What speaks against a line in its place, though it parses."""
    cost = UNREACHABLE if blocks[-1].last in _LEAVES else 0.0
    if not _is_at_home(line.word, blocks):
        return cost + MOVED * 1.5
    if line.word == "self" and "def" not in {block.kind for block in blocks}:
        cost += LONE_SELF
    return cost + LONE_METHOD if _is_method(line) and blocks[-1].kind != "class" else cost


def _kind(line: Logical) -> str:
    if line.word == "async" and len(line.tokens) > 1:
        return line.tokens[1].text
    return line.word


def _is_method(line: Logical) -> bool:
    return len(line.tokens) > 3 and line.word == "def" and line.tokens[3].text in ("self", "cls")


def _is_at_home(word: str, blocks: Sequence[Block]) -> bool:
    """`return` stands in a function, `break` in a loop."""
    kinds = [block.kind for block in blocks]
    if word in ("return", "yield", "await", "nonlocal"):
        return "def" in kinds
    if word in ("break", "continue"):
        inner = kinds[len(kinds) - kinds[::-1].index("def") :] if "def" in kinds else kinds
        return bool({"for", "while"} & set(inner))
    return True


def _repairs(layout: Layout, state: State) -> list[Repair]:
    """One repair for each run of lines that move together, and for each empty body."""
    repairs: list[Repair] = []
    last, shift = -2, 0
    for number, indent in state.moves:
        if indent is None:
            repairs.append(_filled(layout, number))
            last = -2
            continue
        line = layout.lines[number]
        splice = Splice(line.start - len(line.indent), line.start, indent)
        by = len(indent) - len(line.indent)
        if number == last + 1 and by == shift:
            repairs[-1] = repairs[-1]._replace(splices=(*repairs[-1].splices, splice))
        else:
            message = "this line does not have the indentation of its block"
            repairs.append(Repair(0.2, (splice,), Code.SYN_INDENTATION, message))
        last, shift = number, by
    return repairs


def _filled(layout: Layout, number: int) -> Repair:
    header = layout.lines[number - 1]
    splice = Splice(header.end, header.end, f"\n{header.indent}{layout.unit}pass")
    return Repair(0.4, (splice,), Code.SYN_EMPTY_BODY, "this block has no statement", "pass")
