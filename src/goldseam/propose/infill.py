"""Infill by a model: it writes the suspicious part of a function anew, between what stands around it.

A step asks for one or more holes and yields what was written as one batch. The order of the steps is the one
that healed most per second when it was measured: near-greedy holes first, samples at a higher temperature
last. A chat model, which fills no holes, is shown the numbered function and gives back some of its lines.
"""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field, replace

from goldseam.core.budget import Budget, Tokens
from goldseam.core.candidate import Batch, Candidate, Judgement
from goldseam.core.case import Case
from goldseam.core.errors import ModelAnswerUnusable
from goldseam.core.language import Language
from goldseam.core.ports import Fixer, Model, Prompt
from goldseam.core.source import Patch
from goldseam.plugins import hookimpl
from goldseam.propose.asking.answer import LOST_HIDDEN, Region, keeps_secrets, patch_of
from goldseam.propose.asking.extract import code_from_answer
from goldseam.propose.asking.holes import (
    Gap,
    block_gap,
    body_gap,
    documentation_of,
    expression_gap,
    filled,
    hole_of,
    insertion_gap,
    statement_gap,
)
from goldseam.propose.asking.meaning import meaning_of
from goldseam.propose.asking.prompt import bare_question, span_question
from goldseam.propose.asking.spots import Spot, spots_of, told_by_tests

NAME, RUNG = "infill", "infill"
WARM = 0.8
SAMPLES = 3
BARE_TEMPERATURE = 0.2
MOST_ANSWER_TOKENS = 600

Texts = list[tuple[Spot, str]]
"""Texts of whole regions as they would be."""


@dataclass(slots=True)
class Asked:
    """What one step brought: regions as they would be, what it cost, and why answers were refused."""

    texts: Texts = field(default_factory=list)
    tokens: Tokens = field(default_factory=Tokens)
    rejected: list[str] = field(default_factory=list)
    model: str = ""


@dataclass(frozen=True, slots=True)
class Infill:
    """The fixer; `seed` makes the embedded model repeat itself."""

    model: Model
    languages: tuple[Language, ...]
    seed: int
    name: str = NAME
    rung: str = RUNG
    needs_model: bool = True

    def propose(self, case: Case, budget: Budget) -> Generator[Batch, tuple[Judgement, ...], None]:
        spots = spots_of(case, self.languages)
        if not spots:
            return
        talk = Conversation(self, case, budget, spots)
        for asked in steps(talk) if self.model.can_infill else chat_steps(talk):
            if asked is not None:
                yield talk.batch(asked)


@dataclass(slots=True)
class Conversation:
    """One case's questions; `seen` are the meanings of the file that were proposed before."""

    fixer: Infill
    case: Case
    budget: Budget
    spots: tuple[Spot, ...]
    seen: set[str] = field(default_factory=set)
    number: int = 0
    beside: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        self.beside = told_by_tests(self.case)
        self.seen |= {
            meaning
            for spot in self.spots
            if (meaning := meaning_of(spot.region.path, self.case.current.files[spot.region.path]))
        }

    def fill(self, wanted: list[tuple[Spot, Gap]], temperature: float = 0.0) -> Asked | None:
        """One hole or several, each with a single greedy text or with some samples."""
        asked = Asked()
        for spot, gap in wanted:
            if self.budget.seconds_left and self.budget.tokens_left > asked.tokens.total:
                self._fill(spot, gap, temperature, asked)
        return asked if wanted else None

    def _fill(self, spot: Spot, gap: Gap, temperature: float, asked: Asked) -> None:
        self.number += 1
        left = max(1, self.budget.tokens_left - asked.tokens.total)
        hole = hole_of(
            spot.region,
            replace(gap, max_tokens=min(gap.max_tokens, left)),
            spot.context,
            spot.callers,
            self.beside,
            temperature=temperature,
            samples=SAMPLES if temperature else 1,
            seed=self.fixer.seed + SAMPLES * self.number,
            seconds=self.budget.seconds_left,
        )
        try:
            filling = self.fixer.model.fill(hole)
        except ModelAnswerUnusable as error:
            asked.tokens += Tokens(error.prompt_tokens, error.completion_tokens)
            asked.rejected.append(str(error))
            return
        asked.tokens += filling.tokens
        asked.model = filling.model
        for written in filling.texts:
            text = filled(spot.region, gap, written)
            if text is None:
                asked.rejected.append("it does not begin where the hole is")
            else:
                asked.texts.append((spot, text))

    def chat(self, spot: Spot, system_and_user: tuple[str, str], completed: Callable[[str], str]) -> Asked:
        """A question in words; `completed` makes the whole region of the code in the answer."""
        system, user = system_and_user
        self.number += 1
        prompt = Prompt(
            system,
            user,
            min(MOST_ANSWER_TOKENS, self.budget.tokens_left),
            BARE_TEMPERATURE,
            self.budget.seconds_left,
            self.fixer.seed + SAMPLES * self.number,
        )
        try:
            answer = self.fixer.model.complete(prompt)
        except ModelAnswerUnusable as error:
            spent = Tokens(error.prompt_tokens, error.completion_tokens)
            return Asked(tokens=spent, rejected=[str(error)])
        asked = Asked(tokens=answer.tokens, model=answer.model)
        code = code_from_answer(answer.text)
        text = completed(code) if code else None
        if text is None:
            asked.rejected.append("no code in the answer")
        elif not keeps_secrets(spot.region.text, text, answer.hidden):
            asked.rejected.append(LOST_HIDDEN)
        else:
            asked.texts.append((spot, text))
        return asked

    def batch(self, asked: Asked) -> Batch:
        """Candidates out of texts: those that change something, parse, and were not proposed before."""
        candidates = []
        for spot, text in asked.texts:
            patch = self._patch(spot, text)
            if isinstance(patch, str):
                asked.rejected.append(patch)
            else:
                why = f"{asked.model} wrote lines of {spot.region.path} anew"
                candidates.append(Candidate(patch, NAME, RUNG, why))
        return Batch(tuple(candidates), asked.tokens, tuple(asked.rejected))

    def _patch(self, spot: Spot, text: str) -> Patch | str:
        patch = patch_of(spot.region, text, spot.language)
        if isinstance(patch, str):
            return patch
        path = spot.region.path
        before = self.case.current.files[path]
        meaning = meaning_of(path, self.case.current.apply(patch).files[path])
        if meaning is None:
            return patch if meaning_of(path, before) is None else "it does not parse"
        if meaning in self.seen:
            return "it says the same as before"
        self.seen.add(meaning)
        return patch


def steps(talk: Conversation) -> Iterator[Asked | None]:
    """The schedule for a model that fills holes."""
    spots, first = talk.spots, talk.spots[0]
    documented = [spot for spot in _functions(spots) if documentation_of(spot.region, spot.head)]
    others = [spot for spot in _functions(spots) if spot not in documented]
    yield talk.fill(_blocks(spots[:1]))
    yield talk.fill(_blocks(spots[1:4]))
    yield talk.fill(_bodies(documented[:2]))
    for spot in others[:1]:
        yield _bare(talk, spot)
    yield talk.fill(_statements(spots[:4]))
    yield talk.fill(_bodies(documented[:1]), WARM)
    yield talk.fill(_blocks([first]), WARM)
    yield talk.fill(_expressions(spots[:2]), WARM)
    yield talk.fill(_insertions(spots[:1]), WARM)
    for spot in documented[:1]:
        yield _bare(talk, spot)


def chat_steps(talk: Conversation) -> Iterator[Asked | None]:
    """The schedule for a model that only answers questions."""
    for spot, gap in _blocks(talk.spots[:3]):
        yield _span(talk, spot, gap)
    for spot in _functions(talk.spots)[:1]:
        yield _bare(talk, spot)


def _bare(talk: Conversation, spot: Spot) -> Asked:
    return talk.chat(spot, bare_question(spot.region, spot.context, spot.language.fence), lambda code: code)


def _span(talk: Conversation, spot: Spot, gap: Gap) -> Asked:
    question = span_question(talk.case, spot.region, gap.first, gap.end, spot.context, spot.language.fence)
    names = spot.language.definitions(spot.region.text)

    def completed(code: str) -> str:
        is_whole = bool(names) and names <= spot.language.definitions(code)
        return code if is_whole else spanned(spot.region, gap, code)

    return talk.chat(spot, question, completed)


def spanned(region: Region, gap: Gap, code: str) -> str:
    """The region with lines of an answer in the gap, indented as the lines were."""
    lines = region.text.split("\n")
    was = lines[gap.first]
    written = code.strip("\n").split("\n")
    shift = (len(was) - len(was.lstrip())) - (len(written[0]) - len(written[0].lstrip()))
    moved = [
        (" " * shift + line if shift > 0 else line[-shift:]) if line.strip() else line for line in written
    ]
    return "\n".join([*lines[: gap.first], *moved, *lines[gap.end :]])


def _functions(spots: tuple[Spot, ...]) -> list[Spot]:
    """One spot a function."""
    return list({spot.region.span: spot for spot in reversed(spots) if spot.in_function}.values())[::-1]


def _blocks(spots: tuple[Spot, ...] | list[Spot]) -> list[tuple[Spot, Gap]]:
    inside = (spot for spot in spots if spot.in_function or spot.is_indented)
    return [(spot, gap) for spot in inside if (gap := block_gap(spot.region, spot.first))]


def _bodies(spots: list[Spot]) -> list[tuple[Spot, Gap]]:
    return [(spot, gap) for spot in spots if (gap := body_gap(spot.region, spot.head))]


def _statements(spots: tuple[Spot, ...]) -> list[tuple[Spot, Gap]]:
    return [(spot, gap) for spot in spots if (gap := statement_gap(spot.region, spot.first, spot.end))]


def _expressions(spots: tuple[Spot, ...]) -> list[tuple[Spot, Gap]]:
    return [(spot, gap) for spot in spots if (gap := expression_gap(spot.region, spot.first))]


def _insertions(spots: tuple[Spot, ...]) -> list[tuple[Spot, Gap]]:
    return [(spot, gap) for spot in spots if (gap := insertion_gap(spot.region, spot.first))]


@hookimpl
def goldseam_fixers(model: Model, languages: tuple[Language, ...], seed: int) -> tuple[Fixer, ...]:
    return (Infill(model, languages, seed),)
