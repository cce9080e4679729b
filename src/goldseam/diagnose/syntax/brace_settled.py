"""What settles a disagreement of brackets and indentation, as moves with their bits."""

from goldseam.diagnose.syntax.brace_layout import Proposal
from goldseam.diagnose.syntax.brace_moves import (
    FURTHER_CLOSER,
    LAYOUT_BONUS,
    LONE_BRACKET,
    PRICES,
    Action,
    Move,
    Splice,
    Weigher,
    drops,
    insertions,
    replacement,
)


def settled(weigher: Weigher, proposal: Proposal) -> Move | None:
    """A proposal of the layout as a move."""
    index, sign = proposal.at, proposal.sign
    if proposal.action == "insert" and proposal.own_line:
        return _on_own_line(weigher, proposal)
    if proposal.action == "drop_line":
        return _line_dropped(weigher, proposal)
    if proposal.action == "insert":
        made = min(insertions(weigher, index, (sign,)), default=None, key=lambda move: move.bits)
    elif proposal.action == "drop":
        made = next(drops(weigher, index))
    else:
        made = replacement(weigher, index, sign, PRICES["replace"])
    if made is None:
        return None
    return made._replace(bits=made.bits - LAYOUT_BONUS, why="indentation", group=proposal.group)


def _line_dropped(weigher: Weigher, proposal: Proposal) -> Move:
    """Without a line that holds nothing but closers."""
    reading, first, after = weigher.reading, proposal.at, proposal.width
    at = weigher.flow.token_at[first]
    bits = PRICES["drop"] + weigher.change(at - 1, after - first + 1, ()) - LAYOUT_BONUS
    row = reading.rows[first]
    while row + 1 < len(reading.lines.starts) and _is_same_line(weigher, row):
        row += 1
    start = reading.lines.starts[row]
    end = reading.lines.starts[row + 1] if row + 1 < len(reading.lines.starts) else len(reading.lines.text)
    wrong = reading.lines.text[reading.tokens[first].start : reading.tokens[after - 1].end]
    above = reading.lines.text[reading.lines.starts[row - 1] : start] if row else ""
    if above.strip() != wrong.strip():
        bits += LONE_BRACKET
    splice = Splice(start, end, "")
    return Move(bits, Action.DROP, (splice,), wrong=wrong, why="indentation", group=proposal.group)


def _is_same_line(weigher: Weigher, row: int) -> bool:
    """The next line is the same: of two closers it is the second that is too much."""
    lines = weigher.reading.lines
    return lines.text[slice(*lines.span(row))] == lines.text[slice(*lines.span(row + 1))]


def _on_own_line(weigher: Weigher, proposal: Proposal) -> Move:
    """A closer on a line of its own after the line before a token, into an empty line if one waits."""
    reading, flow, index = weigher.reading, weigher.flow, proposal.at
    lines, tokens = reading.lines, reading.tokens
    closers = list(proposal.sign)
    at = flow.token_at[index]
    has_gap = index < len(tokens) and bool(reading.gaps[index])
    bits = weigher.change(at - has_gap, 0, ("¶-", *closers))
    line = lines.number(tokens[index - 1].end - 1)
    indent = _indent(weigher, proposal.width)
    splice = _waiting_line(weigher, line, indent, proposal.sign)
    bits += PRICES["insert"] + FURTHER_CLOSER * (len(closers) - 1) - LAYOUT_BONUS - (4.0 if splice else 0.0)
    if splice is None:
        splice = _new_line(weigher, line, indent, proposal.sign)
    return Move(
        bits, Action.INSERT, (splice,), expected=proposal.sign, why="indentation", group=proposal.group
    )


def _waiting_line(weigher: Weigher, line: int, indent: str, sign: str) -> Splice | None:
    """An empty line that has exactly the indent of the closer."""
    lines = weigher.reading.lines
    for number in range(line + 1, min(line + 4, len(lines.starts))):
        start, end = lines.span(number)
        content = lines.text[start:end]
        if content.strip():
            return None
        if content == indent and (indent or number == line + 1):
            return Splice(end, end, sign)
    return None


def _new_line(weigher: Weigher, line: int, indent: str, sign: str) -> Splice:
    lines = weigher.reading.lines
    newline = "\r\n" if "\r\n" in lines.text[:10_000] else "\n"
    if line + 1 < len(lines.starts):
        start = lines.starts[line + 1]
        return Splice(start, start, f"{indent}{sign}{newline}")
    end = len(lines.text.rstrip())
    return Splice(end, end, f"{newline}{indent}{sign}")


def _indent(weigher: Weigher, width: int) -> str:
    """The blanks of a line of this width in the same text."""
    lines = weigher.reading.lines
    for number in range(len(lines.starts)):
        if lines.width(number) == width and lines.span(number)[1] > lines.starts[number]:
            return lines.indent(number)
    return " " * width
