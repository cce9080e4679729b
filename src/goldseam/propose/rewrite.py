"""Rewrite by a model: one function with all hints, then the whole file; only changed lines become edits."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from functools import partial

from goldseam.core.budget import Budget, Tokens
from goldseam.core.candidate import Batch, Candidate, Judgement
from goldseam.core.case import Case
from goldseam.core.errors import ModelAnswerUnusable
from goldseam.core.fault import Fault
from goldseam.core.language import Language, language_of
from goldseam.core.ports import Completion, Fixer, Model, Prompt
from goldseam.core.source import Patch, Span
from goldseam.plugins import hookimpl
from goldseam.propose.answer import Region, patch_of, region_of
from goldseam.propose.extract import code_from_answer
from goldseam.propose.prompt import SYSTEM, question

CHARACTERS_A_TOKEN = 2.5
MIN_ANSWER_TOKENS = 96
MAX_REGION_BYTES = 12_000
MAX_REGIONS = 3
MAX_SHARE = 0.7
KEPT_EVIDENCE = 2
FUNCTION_TRIES, FILE_TRIES = 4, 8

FindRegions = Callable[[Case, Language], list[Region]]


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A fixer that shows a model one region of a suspect file and takes its rewritten text.

    `tries` bounds the answers a region, in turn over all regions; `seed` makes the embedded model repeat
    itself.
    """

    name: str
    rung: str
    model: Model
    languages: tuple[Language, ...]
    find_regions: FindRegions
    tries: int
    seed: int
    needs_model: bool = True

    def propose(self, case: Case, budget: Budget) -> Generator[Batch, tuple[Judgement, ...], None]:
        language = language_of(_suspects(case)[0], self.languages)
        if language is None:
            return
        evidence = [(region, list[str]()) for region in self.find_regions(case, language)]
        for number in range(self.tries):
            for region, failed in evidence:
                batch = self._ask(case, region, language, number, failed[-KEPT_EVIDENCE:], budget)
                told = yield batch
                failed += [*batch.rejected, *(judgement.evidence for judgement in told)]

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
    if any(code.count(secret) != region.text.count(secret) for secret in completion.hidden):
        return "it lost or copied a secret that the model was not shown"
    return patch_of(region, code, language)


def temperature_of(number: int, tries: int) -> float:
    """Near greedy first, then a ramp from 0.4 by 0.75 over the tries."""
    return 0.1 if number == 0 else 0.4 + 0.75 * (number - 1) / tries


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
    """The whole suspect files that are short enough to be answered."""
    sources = [(path, case.current.files[path]) for path in _suspects(case)[:MAX_REGIONS]]
    regions = [
        region_of(path, data, Span(0, len(data)), language)
        for path, data in sources
        if len(data) <= MAX_REGION_BYTES
    ]
    return [region for region in regions if region is not None]


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
        rewrite(
            name="rewrite-function",
            rung="rewrite_function",
            find_regions=function_regions,
            tries=FUNCTION_TRIES,
        ),
        rewrite(name="rewrite-file", rung="rewrite_file", find_regions=file_regions, tries=FILE_TRIES),
    )
