"""All root faults of a text that does not parse, by cascade collapse.

What is evident is mended at once. Then, as long as the checker objects: moves around its complaint, where a
string does not end and where brackets disagree with the indentation are weighed, the most usual ones are
tried in one question, and those after which the complaint moves on or ends are followed, a few side by side.
At last every move without which the text parses as well is taken back.
"""

import itertools
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import NamedTuple

from goldseam.diagnose.syntax.brace_dialect import Check, Dialect, Problem
from goldseam.diagnose.syntax.brace_evident import evident_moves, pasted_moves
from goldseam.diagnose.syntax.brace_habits import Habits
from goldseam.diagnose.syntax.brace_layout import layout
from goldseam.diagnose.syntax.brace_moves import Action, Error, Move, Splice, Weigher, applied, local_moves
from goldseam.diagnose.syntax.brace_quotes import quote_moves
from goldseam.diagnose.syntax.brace_reading import Reading, read, spliced
from goldseam.diagnose.syntax.brace_settled import settled
from goldseam.diagnose.syntax.brace_tokens import CLOSER, OPENER, code_of
from goldseam.diagnose.syntax.brace_words import evident_words, glued_openers, headless_functions, word_moves

FIRST_BATCH = 14
BATCH = 30
MOST_TRIES = 4
MOST_STEPS = 60
FURTHER_BITS = 5.0
EDIT_BITS = 6.0
MOST_GAIN = 14.0
DISAGREEMENT_BITS = 7.0
SOBERED = 5
STANDSTILL = -12.0
"""Gain of what settles a disagreement far from the complaint, which stays where it is."""
CROWDED, REPEATED = 6.0, 14.0
MOST_PAIRED = 9
"""Of so many moves each two are doubted."""
GRAMMAR = "syntax error"
"""What PHP calls a file that its grammar refuses; all other complaints come after those."""


class State(NamedTuple):
    """A text on the way, `moves` made so far; the less `score`, the likelier.

    `cost` is what the moves cost to believe, without what speaks for the progress that they made.
    """

    score: float
    text: str
    moves: tuple[Move, ...]
    problem: Problem | None
    before: Reading | None = None
    cost: float = 0.0


class Found(NamedTuple):
    """The moves that mend a text, each with its splices in the original, and what remained wrong."""

    moves: tuple[tuple[Move, tuple[Splice, ...]], ...]
    text: str
    remaining: Problem | None


@dataclass(slots=True)
class Search:
    """One search; after the `deadline` it gives what it has."""

    dialect: Dialect
    check: Check
    clock: Callable[[], float]
    deadline: float
    habits: Habits | None = None

    def find(self, text: str, problem: Problem) -> Found:
        """The root faults of `text`, of which the checker says `problem`."""
        start = self.evident(State(0.0, text, (), problem))
        return self.needed(text, self.climb(start))

    def late(self) -> bool:
        return self.clock() >= self.deadline

    def reading(self, state: State) -> Reading:
        """The reading of a state's text, from that before its last move if that is possible."""
        if state.before is not None:
            made = respliced(state.before, state.text, state.moves[-1], self.dialect)
            if made is not None:
                return made
        return read(code_of(self.dialect.tokens(state.text)), state.text, self.dialect.keywords)

    def weigher(self, reading: Reading) -> Weigher:
        if self.habits is None:
            self.habits = Habits(self.dialect.family, reading)
        return Weigher(reading, self.habits, self.dialect.family)

    def evident(self, state: State) -> State:
        """The state after all that shows at a glance."""
        state = self.after(state, apart(pasted_moves(state.text, self.dialect.family)))
        if state.problem is None:
            return state
        tokens = self.dialect.tokens(state.text)
        reading = read(code_of(tokens), state.text, self.dialect.keywords)
        seen = self.after(state, apart(evident_moves(reading, tokens, self.dialect.family)))
        if seen.problem is None:
            return seen
        if seen is not state:
            reading = self.reading(seen)
        return self.after(seen, apart(evident_words(self.weigher(reading))))

    def after(self, state: State, moves: Sequence[Move]) -> State:
        if not moves:
            return state
        text = applied(state.text, [splice for move in moves for splice in move.splices])
        conflicts = any(move.why == "conflict" for move in moves)
        if not conflicts and not self.dialect.may_be(state.text, text):
            return state
        backwards = sorted(moves, key=lambda move: move.splices[0], reverse=True)
        return state._replace(
            text=text, moves=(*state.moves, *backwards), problem=self.check([text])[0], before=None
        )

    def climb(self, start: State) -> State:
        """The best state that parses, or the one that came furthest."""
        heap, number, furthest = [(start.score, 0, start)], 0, start
        for _ in range(MOST_STEPS):
            if not heap:
                break
            state = heappop(heap)[2]
            if state.problem is None:
                solved = [other for _, _, other in heap if other.problem is None]
                return min([state, *solved], key=lambda state: state.cost)
            furthest = max(furthest, state, key=lambda one: one.problem.start if one.problem else 0)
            if self.late():
                break
            for child in self.children(state):
                number += 1
                rank = child.score + (FURTHER_BITS if child.problem is None else 0.0)
                heappush(heap, (rank, number, child))
        solved = [state for _, _, state in heap if state.problem is None]
        return min(solved, default=furthest, key=lambda state: state.cost)

    def children(self, state: State) -> list[State]:
        if state.problem is None:
            return []
        reading = self.reading(state)
        moves = self.moves(reading, self.weigher(reading), state.problem)
        state = state._replace(before=reading)
        start, size = 0, FIRST_BATCH
        for _ in range(MOST_TRIES):
            batch = moves[start : start + size]
            found = self.tried(state, batch) if batch and not self.late() else []
            if found or not batch:
                return self.sober(state, found)
            start, size = start + size, BATCH
        return []

    def moves(self, reading: Reading, weigher: Weigher, problem: Problem) -> list[Move]:
        """All that may help, the likeliest first."""
        error = error_in(reading, problem)
        lines = reading.lines
        last_line = lines.number(min(problem.end, len(lines.text))) + 1
        every = [
            *local_moves(weigher, error),
            *word_moves(weigher, error),
            *headless_functions(weigher, error),
            *glued_openers(weigher, error),
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
                bits = move.bits + EDIT_BITS + crowding(state, move)
                moves = (*state.moves, move)
                found.append(
                    State(state.score + bits - gain, text, moves, problem, state.before, state.cost + bits)
                )
        return found

    def sober(self, state: State, found: list[State]) -> list[State]:
        """Brackets that only push the complaint away are as bad as the disagreements that they make."""
        found.sort(key=lambda child: child.score)
        count = None
        for at, child in enumerate(found[:SOBERED]):
            if child.problem is not None and is_bracket(child.moves[-1]) and state.before is not None:
                count = layout(state.before).disagreements if count is None else count
                change = layout(self.reading(child)).disagreements - count
                found[at] = child._replace(score=child.score + DISAGREEMENT_BITS * change)
        return found

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
            kept = self.without_pairs(text, kept)
            mended = applied_all(text, [splices for _, splices in kept])
            if mended is not None and self.check([mended])[0] is None:
                return Found(tuple(joined(text, kept)), mended, None)
        return Found(tuple(joined(text, traced)), state.text, placed(state))

    def without_pairs(self, text: str, kept: list["Traced"]) -> list["Traced"]:
        """The moves without two that only undo one another."""
        while 2 < len(kept) <= MOST_PAIRED and not self.late():
            pairs = [
                (i, j)
                for i, j in itertools.combinations(range(len(kept)), 2)
                if not stays(kept[i][0]) and not stays(kept[j][0])
            ]
            texts = [
                applied_all(text, [splices for at, (_, splices) in enumerate(kept) if at not in pair])
                for pair in pairs
            ]
            answers = self.check([one if one is not None else text for one in texts])
            spare = next((pair for pair, answer in zip(pairs, answers, strict=True) if answer is None), None)
            if spare is None:
                break
            kept = [one for at, one in enumerate(kept) if at not in spare]
        return kept


def placed(state: State) -> Problem | None:
    """What remains wrong, in places of the original."""
    problem = state.problem
    if problem is None:
        return None
    start, end = problem.start, problem.end
    for move in reversed(state.moves):
        start, end = before(start, move.splices), before(end, move.splices)
    return problem._replace(start=start, end=max(start, end))


Traced = tuple[Move, tuple[Splice, ...]]


def joined(text: str, traced: Sequence[Traced]) -> list[Traced]:
    """Moves that touch in the original are one: a bracket dropped and another put there is one replaced."""
    found: list[Traced] = []
    for move, splices in sorted(traced, key=lambda one: one[1][0]):
        last = found[-1] if found else None
        if (
            last is None
            or Action.EVIDENT in (move.action, last[0].action)
            or not meets(text, last[1], splices)
        ):
            found.append((move, splices))
            continue
        left, right = last[1][-1], splices[0]
        between = text[left.end : right.start]
        both = Splice(left.start, max(left.end, right.end), left.new + between + right.new)
        found[-1] = (union(last[0], move), (*last[1][:-1], both, *splices[1:]))
    return found


def meets(text: str, left: Sequence[Splice], right: Sequence[Splice]) -> bool:
    between = text[left[-1].end : right[0].start]
    return not between.strip() and "\n" not in between


def union(left: Move, right: Move) -> Move:
    expected, wrong = left.expected + right.expected, left.wrong + right.wrong
    quoted = next((one for one in (left, right) if one.action is Action.QUOTE), None)
    if quoted is not None:
        return quoted
    action = Action.REPLACE if expected and wrong else Action.INSERT if expected else Action.DROP
    return left._replace(action=action, expected=expected, wrong=wrong)


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
    if GRAMMAR in old.message and GRAMMAR not in problem.message:
        return MOST_GAIN
    shift = sum(len(new) - (end - start) for start, end, new in move.splices if start <= old.start)
    ahead = problem.start - (old.start + shift)
    if ahead > 0:
        return min(MOST_GAIN, 1.0 + ahead / 12)
    if move.group and old.start >= len(state.text.rstrip()) - 1 and ahead >= -2:
        return 0.0
    return STANDSTILL if move.group and ahead == 0 else None


def crowding(state: State, move: Move) -> float:
    """Bits for an edit right beside one made just before."""
    if not state.moves:
        return 0.0
    last = state.moves[-1]
    ends = {place for start, _, new in last.splices for place in (start, start + len(new))}
    if not any(start in ends or end in ends for start, end, _ in move.splices):
        return 0.0
    return REPEATED if move.expected and move.expected == last.expected else CROWDED


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


def respliced(old: Reading, text: str, move: Move, dialect: Dialect) -> Reading | None:
    """The reading after a move, or None where more than its lines may read differently."""
    if any(sign in splice.new for splice in move.splices for sign in ("`", "/*", "<", "?>")):
        return None
    if dialect.family == "php" and move.action is Action.QUOTE:
        return None
    first = old.lines.number(min(splice.start for splice in move.splices))
    last = old.lines.number(max(splice.end for splice in move.splices))
    return spliced(
        old, text, first, last, len(text) - len(old.lines.text), dialect.line_tokens, dialect.keywords
    )


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
    if any(left.end > right.start for left, right in itertools.pairwise(every)):
        return None
    return applied(text, every)
