"""Rewrite by a model: one function with all hints, then the file; only changed lines become edits."""

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from functools import partial
from itertools import accumulate

from goldseam.core.budget import Budget, Tokens
from goldseam.core.candidate import Batch, Candidate, Judgement, Verdict
from goldseam.core.case import Case
from goldseam.core.errors import ModelAnswerUnusable
from goldseam.core.fault import Fault
from goldseam.core.language import Language, language_of
from goldseam.core.ports import Completion, Fixer, Model, Prompt
from goldseam.core.source import Patch, Span, lines_of, position_of
from goldseam.plugins import hookimpl
from goldseam.propose.asking.answer import LOST_HIDDEN, Region, keeps_secrets, patch_of, region_of
from goldseam.propose.asking.extract import code_from_answer
from goldseam.propose.asking.prompt import SYSTEM, question
from goldseam.propose.asking.spots import context_of

CHARACTERS_A_TOKEN = 2.5
MIN_ANSWER_TOKENS = 96
MAX_REGION_BYTES = 12_000
MAX_REGIONS = 3
MAX_SHARE = 0.7
KEPT_EVIDENCE = 2
PATIENCE = 2
"""A region is given up after so many answers without progress."""
WHOLE_LINES = 80
"""A longer file is rewritten in windows: an answer that misses cannot gut the rest."""
WINDOW_LINES = 24
FIRST_TEMPERATURE, WARM_TEMPERATURE, RAMP = 0.1, 0.4, 0.75

FindRegions = Callable[[Case, Language], list[Region]]


@dataclass(slots=True)
class Thread:
    """The questions about one region: what went wrong so far, and how often nothing came of them."""

    region: Region
    context: str
    failed: list[str] = field(default_factory=list)
    fruitless: int = 0

    def hear(self, batch: Batch, told: tuple[Judgement, ...], case: Case) -> None:
        """Take what the answer was judged."""
        nearer = any(isinstance(word, Verdict) and word.distance < case.verdict.distance for word in told)
        self.fruitless = 0 if nearer else self.fruitless + 1
        self.failed += [*batch.rejected, *(judgement.evidence for judgement in told)]


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A fixer that shows a model one region of a suspect file and takes its rewritten text.

    Regions take turns, each until two answers made no progress. `seed` makes the embedded model repeat
    itself.
    """

    name: str
    rung: str
    model: Model
    languages: tuple[Language, ...]
    find_regions: FindRegions
    seed: int
    needs_model: bool = True

    def propose(self, case: Case, budget: Budget) -> Generator[Batch, tuple[Judgement, ...], None]:
        language = language_of(_suspects(case)[0], self.languages)
        if language is None:
            return
        threads = [Thread(region, context_of(region)[0]) for region in self.find_regions(case, language)]
        number = 0
        while threads:
            for thread in threads:
                batch = self._ask(case, thread, language, number, budget)
                thread.hear(batch, (yield batch), case)
            number += 1
            threads = [thread for thread in threads if thread.fruitless < PATIENCE]

    def _ask(self, case: Case, thread: Thread, language: Language, number: int, budget: Budget) -> Batch:
        region = thread.region
        evidence = thread.failed[-KEPT_EVIDENCE:]
        prompt = Prompt(
            system=SYSTEM,
            user=question(case, region, language.fence, evidence, thread.context, places=number > 0),
            max_tokens=min(_answer_tokens(region), budget.tokens_left),
            temperature=temperature_of(number, budget.attempts),
            seconds=budget.seconds_left,
            seed=self.seed + number,
        )
        try:
            completion = self.model.complete(prompt)
        except ModelAnswerUnusable as error:
            spent = Tokens(error.prompt_tokens, error.completion_tokens)
            return Batch(tokens=spent, rejected=(str(error),))
        patch = _patch_from(completion, region, language)
        if isinstance(patch, str):
            return Batch(tokens=completion.tokens, rejected=(patch,))
        why = f"{completion.model} rewrote {_place(region)}"
        return Batch((Candidate(patch, self.name, self.rung, why),), completion.tokens)


def _patch_from(completion: Completion, region: Region, language: Language) -> Patch | str:
    """The patch, or why there is none: one reason is a secret that was lost, doubled or put elsewhere."""
    code = code_from_answer(completion.text)
    if not code:
        return "no code in the answer"
    if not keeps_secrets(region.text, code, completion.hidden):
        return LOST_HIDDEN
    return patch_of(region, code, language)


def temperature_of(number: int, attempts: int) -> float:
    """Near greedy first, as that healed most, then a ramp from 0.4 by 0.75 over all attempts."""
    return FIRST_TEMPERATURE if number == 0 else WARM_TEMPERATURE + RAMP * (number - 1) / attempts


def function_regions(case: Case, language: Language) -> list[Region]:
    """The functions around the most suspicious faults, where they are true parts of their files."""
    regions = [_function_region(case, fault, language) for fault in case.faults]
    return list(dict.fromkeys(region for region in regions if region is not None))[:MAX_REGIONS]


def _function_region(case: Case, fault: Fault, language: Language) -> Region | None:
    data = case.current.files[fault.path]
    if fault.span == Span(0, len(data)):
        return None
    span = language.enclosing_block(data, fault.span.start)
    if span is None or span.end - span.start > min(MAX_REGION_BYTES, MAX_SHARE * len(data)):
        return None
    return region_of(fault.path, data, span, language)


def file_regions(case: Case, language: Language) -> list[Region]:
    """The suspect files, whole where they are short, else the lines around each of their faults.

    A file in which no fault has a place is shown whole as long as it can be answered.
    """
    found: list[Region | None] = []
    for path in _suspects(case)[:MAX_REGIONS]:
        data = case.current.files[path]
        spans = []
        if len(data) > MAX_REGION_BYTES or len(lines_of(data)) > WHOLE_LINES:
            spans = _windows(data, [fault.span for fault in case.faults if fault.path == path])
        if not spans and len(data) <= MAX_REGION_BYTES:
            spans = [Span(0, len(data))]
        found += (region_of(path, data, span, language) for span in spans)
    return [region for region in found if region is not None][:MAX_REGIONS]


def _windows(data: bytes, spans: list[Span]) -> list[Span]:
    """Whole lines around each span that is no whole file, up to blank lines, none of them twice."""
    lines = lines_of(data)
    starts = [*accumulate(map(len, lines), initial=0)]
    found: list[Span] = []
    for span in spans:
        at = position_of(data, span.start)[0] - 1
        if span == Span(0, len(data)) or any(one.start <= span.start < one.end for one in found):
            continue
        first = _blank_line(lines, range(at, max(0, at - WINDOW_LINES) - 1, -1), max(0, at - WINDOW_LINES))
        last = min(len(lines), at + WINDOW_LINES)
        end = _blank_line(lines, range(min(at + 1, last), last), last)
        found.append(Span(starts[first], starts[end]))
    return [span for span in found if span.end - span.start <= MAX_REGION_BYTES]


def _blank_line(lines: list[bytes], numbers: range, otherwise: int) -> int:
    """The farthest blank line of a range."""
    return next((number for number in reversed(numbers) if not lines[number].strip()), otherwise)


def _suspects(case: Case) -> list[str]:
    """Paths with faults, the most suspicious first; without faults the incident's own."""
    return list(dict.fromkeys(fault.path for fault in case.faults)) or [case.incident.path]


def _answer_tokens(region: Region) -> int:
    return int(len(region.text) / CHARACTERS_A_TOKEN) + MIN_ANSWER_TOKENS


def _place(region: Region) -> str:
    whole = region.span == Span(0, len(region.data))
    return region.path if whole else f"a function of {region.path}"


@hookimpl
def goldseam_fixers(model: Model, languages: tuple[Language, ...], seed: int) -> tuple[Fixer, ...]:
    rewrite = partial(Rewrite, model=model, languages=languages, seed=seed)
    return (
        rewrite(name="rewrite-function", rung="rewrite_function", find_regions=function_regions),
        rewrite(name="rewrite-file", rung="rewrite_file", find_regions=file_regions),
    )
