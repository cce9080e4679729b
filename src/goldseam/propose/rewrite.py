"""Rewrite by a model: one function with all hints, then the whole file; only changed lines become edits."""

from collections.abc import Callable, Generator
from dataclasses import dataclass

from goldseam.core.budget import Budget, Tokens
from goldseam.core.candidate import Batch, Candidate, Verdict
from goldseam.core.case import Case
from goldseam.core.errors import ModelAnswerUnusable
from goldseam.core.language import Language, language_of
from goldseam.core.ports import Model, Prompt
from goldseam.core.source import Span
from goldseam.propose.answer import Region, patch_of, region_of
from goldseam.propose.prompt import SYSTEM, question

CHARACTERS_A_TOKEN = 2.5
MIN_ANSWER_TOKENS = 96
MAX_REGION_BYTES = 12_000
KEPT_EVIDENCE = 2

ExtractCode = Callable[[str], str | None]
FindRegion = Callable[[Case, Language], Region | None]


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A fixer that shows a model one region of the suspect file and takes its rewritten text.

    `tries` bounds the answers a case; `seed` makes the embedded model repeat itself.
    """

    name: str
    rung: str
    model: Model
    languages: tuple[Language, ...]
    find_region: FindRegion
    extract_code: ExtractCode
    tries: int
    seed: int
    needs_model: bool = True

    def propose(self, case: Case, budget: Budget) -> Generator[Batch, tuple[Verdict, ...], None]:
        language = language_of(_suspect(case), self.languages)
        region = self.find_region(case, language) if language else None
        if language is None or region is None:
            return
        evidence: list[str] = []
        for number in range(self.tries):
            batch = self._ask(case, region, language, number, evidence[-KEPT_EVIDENCE:], budget)
            verdicts = yield batch
            evidence += [*batch.rejected, *(verdict.evidence for verdict in verdicts)]

    def _ask(
        self, case: Case, region: Region, language: Language, number: int, evidence: list[str], budget: Budget
    ) -> Batch:
        prompt = Prompt(
            system=SYSTEM,
            user=question(case, region, language.fence, evidence),
            max_tokens=min(_answer_tokens(region), budget.tokens_left),
            temperature=temperature_of(number, self.tries),
            seconds=budget.seconds_left,
            seed=self.seed + number,
        )
        try:
            completion = self.model.complete(prompt)
        except ModelAnswerUnusable as error:
            spent = Tokens(error.prompt_tokens, error.completion_tokens)
            return Batch(tokens=spent, rejected=(str(error),))
        code = self.extract_code(completion.text)
        patch = patch_of(region, code, language) if code else "no code in the answer"
        if isinstance(patch, str):
            return Batch(tokens=completion.tokens, rejected=(patch,))
        why = f"{completion.model} rewrote {_place(region)}"
        return Batch((Candidate(patch, self.name, self.rung, why),), completion.tokens)


def temperature_of(number: int, tries: int) -> float:
    """Near greedy first, then a ramp from 0.4 by 0.75 over the tries."""
    return 0.1 if number == 0 else 0.4 + 0.75 * (number - 1) / tries


def function_region(case: Case, language: Language) -> Region | None:
    """The function around the most suspicious fault, if it is a true part of its file."""
    path = _suspect(case)
    data = case.current.files[path]
    fault = next((fault for fault in case.faults if fault.path == path), None)
    if fault is None or fault.span == Span(0, len(data)):
        return None
    span = language.enclosing_block(data, fault.span.start)
    if span is None or span.end - span.start > MAX_REGION_BYTES or span.end - span.start > 0.7 * len(data):
        return None
    return region_of(path, data, span, language)


def file_region(case: Case, language: Language) -> Region | None:
    """The whole suspect file, if it is short enough to be answered."""
    path = _suspect(case)
    data = case.current.files[path]
    return region_of(path, data, Span(0, len(data)), language) if len(data) <= MAX_REGION_BYTES else None


def _suspect(case: Case) -> str:
    return case.faults[0].path if case.faults else case.incident.path


def _answer_tokens(region: Region) -> int:
    return int(len(region.text) / CHARACTERS_A_TOKEN) + MIN_ANSWER_TOKENS


def _place(region: Region) -> str:
    whole = region.span == Span(0, len(region.data))
    return region.path if whole else f"a function of {region.path}"
