"""Mends one logical line that does not parse: cheapest ideas first, each judged by the parser itself.

A line is judged alone, between what makes it a program: a clause gets its statement before it, a header a
body, a decorator a function.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

from goldseam.core.fault import Code
from goldseam.diagnose.syntax import (
    python_brackets,
    python_legacy,
    python_openers,
    python_operators,
    python_quotes,
    python_words,
)
from goldseam.diagnose.syntax.draft import translated
from goldseam.diagnose.syntax.judge import Judge, Problem, Splice, Variant, spliced
from goldseam.diagnose.syntax.python_lines import Logical
from goldseam.diagnose.syntax.python_tokens import CLOSERS, OPENERS, Kind, Token, tokens_of
from goldseam.diagnose.syntax.repair import Habits, Repair, Scene

Idea = Callable[[Scene], Iterable[Repair]]
IDEAS: tuple[Idea, ...] = (
    python_words.misspelt_keywords,
    python_words.glued_keywords,
    python_words.foreign_words,
    python_words.missing_keywords,
    python_brackets.missing_closers,
    python_openers.missing_openers,
    python_openers.glued_openers,
    python_brackets.wrong_brackets,
    python_operators.missing_colons,
    python_operators.missing_commas,
    python_operators.missing_operators,
    python_operators.glued_numbers,
    python_operators.other_operators,
    python_operators.extra_symbols,
    python_quotes.missing_quotes,
    python_legacy.legacy_statements,
    python_legacy.legacy_literals,
)
MOST_IDEAS = 500
LEAST_IDEAS, MOST_BYTES = 60, 400_000
MOST_TOKENS = 2_500
MOST_BROKEN = 5
"""If more elements, and a third of all, do not parse, it is what stands around them."""
FEW_IDEAS = 12
"""So many are tried on a line of more tokens."""
LONG_TEXT = 6_000
"""A longer one is searched for one more fault only."""
LONG = 60
"""A line of more tokens is mended by its elements, where it has them."""
FIRST_IDEAS = 70
NEAR = 0.06
"""An alternative is worth telling if it costs at most so much more than the best."""
BEAM = 4
DEPTH = 4
STEP = 0.25
"""What a further repair of the same line costs beside its own cost."""


@dataclass(frozen=True, slots=True)
class Place:
    """What surrounds a logical line, see `Scene`; `frame` is put around an element to make it a program."""

    habits: Habits
    deeper: bool
    above: str
    frame: tuple[str, str] | None = None
    margin: int = 0


@dataclass(frozen=True, slots=True)
class Mended:
    """Repairs, in the places of the line's own text, after which it parses."""

    cost: float
    repairs: tuple[Repair, ...]


@dataclass(frozen=True, slots=True)
class _Partial:
    score: float
    cost: float
    repairs: tuple[Repair, ...]
    text: str
    problem: Problem | None


_BLANKS = re.compile(r"(?:[ \t]*\n(?=[ \t]*(?:\n|\Z)))*(?:[ \t]+(?=\n))?\n?")
NOTHING = Repair(0.0, (), Code.SYN_INVALID, "")


def wrapped(line: str, indent: str) -> tuple[str, str]:
    """What goes before and behind a logical line so that it is a program."""
    body = f"{indent} pass"
    word = line[: _word_end(line)]
    before = "if 1:\n" if indent else ""
    ends = line.rstrip().endswith(":")
    after = f"\n{body}\n" if ends else "\n"
    if word in ("else", "elif"):
        before += f"{indent}if 1:\n{body}\n"
    elif word in ("except", "finally"):
        before += f"{indent}try:\n{body}\n"
    elif word == "case" and ends:
        before += f"{indent}match 1:\n"
        return before + indent + " ", f"\n{body} \n".replace(" pass", "  pass")
    elif word == "match" and ends:
        after = f"\n{indent} case _:\n{body.replace(' pass', '  pass')}\n"
    elif word == "try" and ends:
        after += f"{indent}finally:\n{body}\n"
    elif line.startswith("@"):
        after = f"\n{indent}def _():\n{body}\n"
    return before + indent, after


def _word_end(line: str) -> int:
    return next((at for at, sign in enumerate(line) if not (sign.isalnum() or sign == "_")), len(line))


def unparsable(lines: Sequence[Logical], text: str, judge: Judge) -> list[Logical]:
    """The logical lines that do not parse alone; where time ran out, none of the rest."""
    texts = []
    for line in lines:
        own = text[line.start : line.end]
        before, after = wrapped(own, line.indent)
        texts.append(f"{before}{own}{after}")
    verdicts = judge.judge(texts, [(number, ()) for number in range(len(texts))])
    return [line for line, problem in zip(lines, verdicts, strict=False) if problem is not None]


def mend(line: Logical, text: str, place: Place, judge: Judge) -> Mended | None:
    """The cheapest repairs of a line, in the places of `text`; long ones by their elements first."""
    own = text[line.start : _BLANKS.match(text, line.end).end()]  # type: ignore[union-attr]
    start = _Partial(0.0, 0.0, (), own, None)
    place = replace(place, margin=_margin(text, line.tokens[0]))
    if len(line.tokens) > LONG:
        start = _elements_mended(line, text, place, judge)
        whole = judge.judge(*_question(start.text, line.indent, [NOTHING], place))
        if start.repairs and whole == [None]:
            return Mended(start.cost, tuple(_moved(repair, line.start) for repair in start.repairs))
        start = replace(start, problem=whole[0] if whole else None)
    find = _search if len(line.tokens) <= MOST_TOKENS else _closed
    found = find(start, line.indent, place, judge) if judge.seconds_left > 0 else None
    if found is None:
        return (
            Mended(start.cost, tuple(_moved(r, line.start) for r in start.repairs)) if start.repairs else None
        )
    return Mended(found.cost, tuple(_moved(repair, line.start) for repair in found.repairs))


def _elements_mended(line: Logical, text: str, place: Place, judge: Judge) -> _Partial:
    """The line with those elements mended that do not parse between brackets like those around them."""
    found = elements_of(line, text)
    own = text[line.start : _BLANKS.match(text, line.end).end()]  # type: ignore[union-attr]
    if found is None:
        return _Partial(0.0, 0.0, (), own, None)
    frame, elements = found
    inner = Place(place.habits, deeper=False, above="", frame=frame)
    texts = [f"{frame[0]}{text[one.start : one.end]}{frame[1]}" for one in elements]
    verdicts = judge.judge(texts, [(number, ()) for number in range(len(texts))])
    if sum(problem is not None for problem in verdicts) > max(MOST_BROKEN, len(elements) // 3):
        return _Partial(0.0, 0.0, (), own, None)
    repairs: list[Repair] = []
    cost = 0.0
    for element, problem in zip(elements, verdicts, strict=False):
        mended = mend(element, text, inner, judge) if problem and judge.seconds_left > 0 else None
        if mended is not None:
            cost += mended.cost
            repairs += [_moved(repair, -line.start) for repair in mended.repairs]
    mended_text = spliced(own, [splice for repair in repairs for splice in repair.splices])
    return _Partial(0.0, cost, tuple(repairs), mended_text, None)


def elements_of(line: Logical, text: str) -> tuple[tuple[str, str], list[Logical]] | None:
    """What a bracket at the end of a line holds: what to put around an element, and the elements by line."""
    tokens = line.tokens
    first = next(
        (n for n in range(len(tokens) - 1) if tokens[n].text in OPENERS and _breaks(tokens, n, text)), None
    )
    if first is None:
        return None
    margin = _margin(text, tokens[first + 1])
    elements: list[list[Token]] = []
    for number in range(first + 1, len(tokens)):
        if _breaks(tokens, number - 1, text):
            indent = _margin(text, tokens[number])
            if indent < margin:
                break
            before = tokens[number - 1]
            joined = _is_string(before) and _is_string(tokens[number])
            separated = number == first + 1 or before.text == "," or joined
            if indent == margin and separated and tokens[number].text not in CLOSERS:
                elements.append([])
        if elements:
            elements[-1].append(tokens[number])
    opener = tokens[first].text
    frame = (f"_ = {opener}\n", f"\n{OPENERS[opener]}\n")
    if opener == "(":
        heads = {"def": ("def _(\n", "\n): pass\n"), "from": ("from _ import (\n", "\n)\n")}
        word = tokens[1].text if line.word == "async" else line.word
        frame = heads.get(word, ("_(\n", "\n)\n"))
    kept = [Logical("", tuple(one)) for one in elements if one[0].text not in ("*", "/") or len(one) > 2]
    return (frame, kept) if len(kept) > 1 else None


def _is_string(token: Token) -> bool:
    return token.kind in (Kind.STRING, Kind.OPEN)


def _breaks(tokens: Sequence[Token], number: int, text: str) -> bool:
    return "\n" in text[tokens[number].end : tokens[number + 1].start]


def _margin(text: str, token: Token) -> int:
    return token.start - text.rfind("\n", 0, token.start) - 1


def _moved(repair: Repair, by: int) -> Repair:
    def moved(splices: tuple[Splice, ...]) -> tuple[Splice, ...]:
        return tuple(Splice(a + by, b + by, new) for a, b, new in splices)

    return repair._replace(splices=moved(repair.splices), others=tuple(map(moved, repair.others)))


def _search(start: _Partial, indent: str, place: Place, judge: Judge) -> Mended | None:
    front = [start]
    for _ in range(DEPTH if len(start.text) < LONG_TEXT else 1):
        grown: list[_Partial] = []
        solved: list[Mended] = []
        for partial in front:
            if judge.seconds_left <= 0:
                break
            mended, failed = _step(partial, indent, place, judge)
            solved += mended
            grown += failed
        if solved:
            return _best(solved)
        front = sorted(grown, key=lambda one: one.score)[:BEAM]
    return None


def _closed(start: _Partial, indent: str, place: Place, judge: Judge) -> Mended | None:
    """A line too long for a search, after an edit of the brackets that do not fit."""
    scene = scene_of(start.text, place, start.problem)
    at_end = [*python_brackets.missing_closers(scene)][-1:]
    ideas = sorted([*python_brackets.wrong_brackets(scene), *at_end], key=lambda repair: repair.cost)
    ideas = ideas[:FEW_IDEAS]
    verdicts = judge.judge(*_question(start.text, indent, ideas, place))
    solved = [
        Mended(start.cost + repair.cost, repairs)
        for repair, problem in zip(ideas, verdicts, strict=False)
        if problem is None and (repairs := _joined(start.repairs, repair)) is not None
    ]
    return _best(solved) if solved else None


def _best(solved: list[Mended]) -> Mended:
    ranked = sorted(solved, key=lambda one: one.cost)
    best = ranked[0]
    others = tuple(
        one.repairs[-1].splices
        for one in ranked[1:4]
        if one.cost <= best.cost + NEAR and one.repairs[:-1] == best.repairs[:-1]
    )
    last = best.repairs[-1]._replace(others=others)
    return Mended(best.cost, (*best.repairs[:-1], last))


def _step(partial: _Partial, indent: str, place: Place, judge: Judge) -> tuple[list[Mended], list[_Partial]]:
    """Each idea for a partial repair, judged: those that mend the line, and those that come nearer."""
    scene = scene_of(partial.text, place, partial.problem)
    ideas = ideas_for(scene)[: max(LEAST_IDEAS, MOST_BYTES // (len(partial.text) + 1))]
    solved: list[Mended] = []
    failed: list[tuple[Repair, Problem]] = []
    for batch in (ideas[:FIRST_IDEAS], ideas[FIRST_IDEAS:]):
        verdicts = judge.judge(*_question(partial.text, indent, batch, place))
        for repair, problem in zip(batch, verdicts, strict=False):
            repairs = _joined(partial.repairs, repair)
            if repairs is None:
                continue
            if problem is None:
                solved.append(Mended(partial.cost + repair.cost, repairs))
            else:
                failed.append((repair, problem))
        later = ideas[FIRST_IDEAS:]
        if solved and later and min(one.cost for one in solved) <= partial.cost + later[0].cost:
            break
    return solved, [] if solved else _nearer(partial, failed, indent)


def ideas_for(scene: Scene) -> list[Repair]:
    """Ideas by cost, each edit once."""
    best: dict[tuple[Splice, ...], Repair] = {}
    for repair in chain.from_iterable(idea(scene) for idea in IDEAS):
        known = best.get(repair.splices)
        if known is None or repair.cost < known.cost:
            best[repair.splices] = repair
    return sorted(best.values(), key=lambda repair: repair.cost)[:MOST_IDEAS]


def scene_of(own: str, place: Place, problem: Problem | None) -> Scene:
    skipped = (Kind.COMMENT, Kind.NEWLINE)
    tokens = tuple(token for token in tokens_of(own) if token.kind not in skipped)
    return Scene(own, tokens, place.habits, place.deeper, place.above, margin=place.margin)


def _question(
    own: str, indent: str, repairs: Sequence[Repair], place: Place
) -> tuple[list[str], list[Variant]]:
    """Texts and variants for the judge; lines that are wrapped alike share a text."""
    texts: dict[tuple[str, str], int] = {}
    variants: list[Variant] = []
    for repair in repairs:
        wrap = place.frame or wrapped(spliced(own, repair.splices), indent)
        number = texts.setdefault(wrap, len(texts))
        by = len(wrap[0])
        variants.append((number, tuple(Splice(a + by, b + by, new) for a, b, new in sorted(repair.splices))))
    return [f"{before}{own}{after}" for before, after in texts], variants


def _joined(earlier: tuple[Repair, ...], repair: Repair) -> tuple[Repair, ...] | None:
    splices = translated(repair.splices, [splice for one in earlier for splice in one.splices])
    return None if splices is None else (*earlier, repair._replace(splices=splices))


def _nearer(partial: _Partial, failed: Sequence[tuple[Repair, Problem]], indent: str) -> list[_Partial]:
    """Failed ideas worth another repair: the parser gets further, or brackets fit better."""
    scored = []
    base = defects(partial.text)
    for repair, problem in failed:
        repairs = _joined(partial.repairs, repair)
        if repairs is None:
            continue
        mended = spliced(partial.text, repair.splices)
        reached = (problem.line, problem.column)
        score = partial.cost + repair.cost + STEP - 0.02 * problem.line
        scored.append((score, reached, repair, repairs, mended, problem))
    found = []
    for score, _, repair, repairs, mended, problem in islice(sorted(scored, key=lambda one: one[:2]), 60):
        better = base - defects(mended)
        if better <= 0 and base:
            score += 0.6
        found.append(
            _Partial(score - 0.4 * better, partial.cost + repair.cost + STEP, repairs, mended, problem)
        )
    return found


def defects(own: str) -> int:
    """Brackets without a partner, strings without an end and odd characters of a line."""
    stack: list[Token] = []
    count = 0
    for token in tokens_of(own):
        if token.text in OPENERS and token.kind is Kind.OP:
            stack.append(token)
        elif token.text in CLOSERS and token.kind is Kind.OP:
            if stack and OPENERS[stack[-1].text] == token.text:
                stack.pop()
            else:
                count += 1
        elif token.kind in (Kind.OPEN, Kind.ODD):
            count += 1
    return count + len(stack)


def words_above(lines: Sequence[Logical]) -> Iterator[str]:
    """For each line the first word of the nearest line above that has its indentation, or an empty text."""
    stack: list[tuple[str, str]] = []
    for line in lines:
        while stack and len(stack[-1][0]) > len(line.indent):
            stack.pop()
        same = stack and stack[-1][0] == line.indent
        yield stack[-1][1] if same else ""
        if same:
            stack.pop()
        stack.append((line.indent, line.word))
