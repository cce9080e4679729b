"""All root faults of a text that does not parse, by cascade collapse.

What is evident is mended at once. Then, as long as the checker objects: moves around its complaint, where a
string does not end and where brackets disagree with the indentation are weighed, the most usual ones are
tried in one question, and those after which the complaint moves on or ends are followed, a few side by side.
At last every move without which the text parses as well is taken back.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from goldseam.diagnose.syntax.brace_dialect import Check, Dialect, Problem
from goldseam.diagnose.syntax.brace_evident import evident_moves
from goldseam.diagnose.syntax.brace_habits import Habits, Reading, read
from goldseam.diagnose.syntax.brace_layout import layout
from goldseam.diagnose.syntax.brace_moves import (
    Action,
    Error,
    Move,
    Splice,
    Weigher,
    applied,
    local_moves,
    settled,
)
from goldseam.diagnose.syntax.brace_quotes import quote_moves
from goldseam.diagnose.syntax.brace_tokens import CLOSER, OPENER, code_of
from goldseam.diagnose.syntax.brace_words import evident_words, word_moves

BATCH = 28
BEAM = 3
DEPTH = 16
FURTHER_BITS = 5.0
MOST_TRIES = 4
MOST_GAIN = 14.0
DISAGREEMENT_BITS = 7.0


class State(NamedTuple):
    """A text on the way, `moves` made so far; the less `score`, the likelier."""

    score: float
    text: str
    moves: tuple[Move, ...]
    problem: Problem | None


class Found(NamedTuple):
    """The moves that mend a text, each with its splices in the original, and what remained wrong."""

    moves: tuple[tuple[Move, tuple[Splice, ...]], ...]
    text: str
    remaining: Problem | None


@dataclass(slots=True)
class Search:
    """One search; `seconds` after `began` it gives what it has."""

    dialect: Dialect
    check: Check
    clock: Callable[[], float]
    deadline: float
    habits: Habits | None = None

    def find(self, text: str, problem: Problem) -> Found:
        """The root faults of `text`, of which the checker says `problem`."""
        start = self.evident(State(0.0, text, (), problem))
        best = self.climb(start)
        kept = self.needed(text, best)
        return kept

    def late(self) -> bool:
        return self.clock() >= self.deadline

    def view(self, text: str) -> tuple[Reading, Weigher]:
        reading = read(code_of(self.dialect.tokens(text)), text, self.dialect.keywords)
        if self.habits is None:
            self.habits = Habits(self.dialect.family, reading)
        return reading, Weigher(reading, self.habits, self.dialect.keywords)

    def evident(self, state: State) -> State:
        """The state after all that shows at a glance."""
        tokens = self.dialect.tokens(state.text)
        reading = read(code_of(tokens), state.text, self.dialect.keywords)
        moves = apart(evident_moves(reading, tokens, self.dialect.family))
        state = self.after(state, moves)
        if state.problem is None:
            return state
        _, weigher = self.view(state.text)
        return self.after(state, apart(evident_words(weigher, self.dialect.family)))

    def after(self, state: State, moves: Sequence[Move]) -> State:
        if not moves:
            return state
        text = applied(state.text, [splice for move in moves for splice in move.splices])
        if not self.dialect.may_be(state.text, text):
            return state
        for move in reversed(sorted(moves, key=lambda move: move.splices[0])):
            state = state._replace(text=applied(state.text, move.splices), moves=(*state.moves, move))
        return state._replace(problem=self.check([text])[0])

    def climb(self, start: State) -> State:
        """The best state that parses, or the one that came furthest."""
        front, solved, furthest = [start], None, start
        for _ in range(DEPTH):
            if start.problem is None:
                return start
            children = [child for state in front for child in self.children(state)]
            children.sort(key=lambda child: child.score)
            done = [child for child in children if child.problem is None]
            if done and (solved is None or done[0].score < solved.score):
                solved = done[0]
            front = distinct(child for child in children if child.problem is not None)
            if not front or self.late():
                break
            if solved is not None and solved.score <= front[0].score + FURTHER_BITS:
                break
            furthest = front[0]
        return solved or furthest

    def children(self, state: State) -> list[State]:
        if self.late() or state.problem is None:
            return []
        reading, weigher = self.view(state.text)
        moves = self.moves(reading, weigher, state.problem)
        found: list[State] = []
        for tried in range(MOST_TRIES):
            batch = moves[tried * BATCH : (tried + 1) * BATCH]
            if not batch or self.late():
                break
            found += self.tried(state, batch)
            if found:
                break
        return self.sober(state, reading, found)

    def moves(self, reading: Reading, weigher: Weigher, problem: Problem) -> list[Move]:
        """All that may help, the likeliest first."""
        error = error_in(reading, problem)
        family, lines = self.dialect.family, reading.lines
        last_line = lines.number(min(problem.end, len(lines.text))) + 1
        every = [
            *local_moves(weigher, error, family),
            *word_moves(weigher, error, family),
            *quote_moves(weigher, self.dialect.line_tokens, 0, last_line),
            *(move for one in layout(reading).proposals if (move := settled(weigher, one))),
        ]
        best: dict[tuple[Splice, ...], Move] = {}
        for move in every:
            known = best.get(move.splices)
            if known is None or move.bits < known.bits:
                best[move.splices] = move
        return sorted(best.values(), key=lambda move: move.bits)

    def tried(self, state: State, batch: Sequence[Move]) -> list[State]:
        """The children of a state that parse or whose problem lies further on."""
        made = [(move, applied(state.text, move.splices)) for move in batch]
        made = [(move, text) for move, text in made if self.dialect.may_be(state.text, text)]
        answers = self.check([text for _, text in made])
        found = []
        for (move, text), problem in zip(made, answers, strict=True):
            gain = MOST_GAIN if problem is None else progress(state, move, problem)
            if gain is not None:
                score = state.score + move.bits - gain
                found.append(State(score, text, (*state.moves, move), problem))
        return found

    def sober(self, state: State, reading: Reading, found: list[State]) -> list[State]:
        """Brackets that only push the complaint away are as bad as the disagreements that they make."""
        before = None
        judged = []
        for child in sorted(found, key=lambda child: child.score)[: 3 * BEAM]:
            move = child.moves[-1]
            if child.problem is not None and is_bracket(move):
                before = layout(reading).count if before is None else before
                after = layout(self.view(child.text)[0]).count
                child = child._replace(score=child.score + DISAGREEMENT_BITS * (after - before))
            judged.append(child)
        return judged

    def needed(self, text: str, state: State) -> Found:
        """Without the moves that the text parses as well without."""
        traced = list(zip(state.moves, in_original(state.moves), strict=True))
        if state.problem is None and len(traced) > 1:
            without = [
                applied_all(text, [splices for at, (_, splices) in enumerate(traced) if at != left])
                for left in range(len(traced))
            ]
            answers = self.check([one if one is not None else text for one in without])
            kept = [one for one, answer in zip(traced, answers, strict=True) if answer or stays(one[0])]
            mended = applied_all(text, [splices for _, splices in kept])
            if mended is not None and self.check([mended])[0] is None:
                return Found(tuple(kept), mended, None)
        return Found(tuple(traced), state.text, state.problem)


def stays(move: Move) -> bool:
    """Whether a move that the parser does not ask for is right nevertheless."""
    return move.why == "keyword"


def is_bracket(move: Move) -> bool:
    signs = {*move.expected, *move.wrong}
    return move.action is not Action.QUOTE and bool(signs & (CLOSER.keys() | OPENER.keys()))


def progress(state: State, move: Move, problem: Problem) -> float | None:
    """Bits for how far the complaint moved on, or None if it did not."""
    old = state.problem
    if old is None:
        return None
    shift = sum(len(new) - (end - start) for start, end, new in move.splices if start <= old.start)
    ahead = problem.start - (old.start + shift)
    if ahead > 0:
        return min(MOST_GAIN, 1.0 + ahead / 12)
    if (move.group and ahead == 0) or (move.group and old.start >= len(state.text.rstrip()) - 1 and ahead >= -2):
        return 0.0
    return None


def error_in(reading: Reading, problem: Problem) -> Error:
    """The tokens of a problem's place."""
    starts = [token.start for token in reading.tokens]
    first = max(0, bisect_right(starts, problem.start) - 1)
    if reading.tokens and reading.tokens[first].end <= problem.start:
        first += 1
    last = first if problem.exact else max(first, bisect_right(starts, problem.end) - 1)
    return Error(problem.start, problem.message, first, last)


def apart(moves: Iterator[Move]) -> list[Move]:
    """Moves that do not overlap those before them."""
    kept: list[Move] = []
    for move in moves:
        if not any(touches(one, other) for one in move.splices for k in kept for other in k.splices):
            kept.append(move)
    return kept


def touches(one: Splice, other: Splice) -> bool:
    return one.start <= other.end and other.start <= one.end


def distinct(states: Iterator[State]) -> list[State]:
    seen: set[str] = set()
    unlike = (one for one in states if not (one.text in seen or seen.add(one.text)))  # type: ignore[func-returns-value]
    return list(islice(unlike, BEAM))


def in_original(moves: Sequence[Move]) -> list[tuple[Splice, ...]]:
    """The splices of moves made one after another, as places in the text before all of them."""
    done: list[tuple[Splice, ...]] = []
    for number, move in enumerate(moves):
        splices = move.splices
        for earlier in reversed(moves[:number]):
            splices = tuple(
                Splice(before(start, earlier.splices), before(end, earlier.splices), new)
                for start, end, new in splices
            )
        done.append(splices)
    return done


def before(position: int, splices: Sequence[Splice]) -> int:
    """Where a position of a text was before splices made it."""
    shift = 0
    for start, end, new in sorted(splices):
        if position <= start + shift:
            break
        if position < start + shift + len(new):
            return start
        shift += len(new) - (end - start)
    return position - shift


def applied_all(text: str, moves: Sequence[tuple[Splice, ...]]) -> str | None:
    """The text after all moves; None if they overlap."""
    every = sorted(splice for splices in moves for splice in splices)
    if any(left.end > right.start for left, right in zip(every, every[1:], strict=False)):
        return None
    return applied(text, every)
