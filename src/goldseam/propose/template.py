"""The template rung: what the diagnosis knows to be the fix, and what templates propose for its codes.

A program may have many faults that hide one another, and no single repair of them makes a run better. So the
likeliest repairs of all faults are proposed together first. Then each goes alone, those that helped together,
all but one of them, and one exchanged for the next likely. What the search advances to is diagnosed again
and starts here anew.
"""

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from goldseam.core.budget import Budget
from goldseam.core.candidate import Batch, Candidate, Judgement, Screening
from goldseam.core.case import Case
from goldseam.core.fault import Fault, Place
from goldseam.core.language import Language, language_of
from goldseam.core.ports import Fixer
from goldseam.core.source import Edit, Patch
from goldseam.plugins import hookimpl
from goldseam.propose.templates import TEMPLATES
from goldseam.propose.templating.scene import LIKELY, SURE, Repair, Scene, Template

RUNG = "template"
MOST_TOGETHER = 20
MOST_ALONE = 24
MOST_OTHERS = 60
MOST_OF_A_FAULT = 8
MOST_SUSPICIONS = 12

Choice = tuple[Repair, ...]


@dataclass(frozen=True, slots=True)
class TemplateSearch:
    """A fixer that asks nobody."""

    languages: tuple[Language, ...]
    templates: tuple[Template, ...] = TEMPLATES
    name: str = "template"
    rung: str = RUNG
    needs_model: bool = False

    def propose(self, case: Case, budget: Budget) -> Generator[Batch, tuple[Judgement, ...], None]:
        if case.observation.syntax:
            return
        scene = Scene(case)
        by_fault = self._served(case.faults, scene)
        served = [*by_fault.values()]
        likely = _likely(by_fault)
        if len(likely) > 1:
            yield self._batch([tuple(likely)])
        alone = _distinct([(repairs[0],) for repairs in served])[:MOST_ALONE]
        if alone:
            told = yield self._batch(alone)
            helped = [choice[0] for choice, one in zip(alone, told, strict=True) if _is_nearer(one, case)]
            if len(helped) > 1:
                yield self._batch([tuple(_compatible(helped))])
        if len(likely) > 1:
            yield from self._some([*_without_one(likely), *_exchanged(likely, served)])
        yield from self._some([(repair,) for repairs in served for repair in repairs[1:]])
        guessed = self._served(case.suspicions[:MOST_SUSPICIONS], scene)
        yield from self._some([(repair,) for repairs in guessed.values() for repair in repairs[:2]])

    def _some(self, choices: Sequence[Choice]) -> Generator[Batch, tuple[Judgement, ...], None]:
        if choices:
            yield self._batch(_distinct(choices)[:MOST_OTHERS])

    def _served(self, faults: Iterable[Fault], scene: Scene) -> dict[Fault, tuple[Repair, ...]]:
        """The repairs of each fault that has any, the likeliest first, each only once."""
        seen: list[Repair] = []
        served: dict[Fault, tuple[Repair, ...]] = {}
        for fault in faults:
            if fault.code.family != "SYN":
                repairs = islice(self.repairs(fault, scene), MOST_OF_A_FAULT)
                found = [one for one in repairs if one not in seen]
                seen += found
                if found:
                    served[fault] = tuple(found)
        return served

    def repairs(self, fault: Fault, scene: Scene) -> Iterator[Repair]:
        """What mends one fault: first as the diagnosis has it, then as templates do."""
        told: list[Repair] = []
        for repair in (*_diagnosed(fault), *self._templated(fault, scene)):
            if any(repair.edits.values()) and repair.edits not in [one.edits for one in told]:
                told.append(repair)
                yield repair

    def _templated(self, fault: Fault, scene: Scene) -> Iterator[Repair]:
        language = language_of(fault.path, self.languages)
        for template in self.templates:
            if language and fault.code in template.codes and language.name in template.languages:
                yield from template.mend(scene, fault)

    def _batch(self, choices: Sequence[Choice]) -> Batch:
        return Batch(tuple(self._candidate(choice) for choice in choices))

    def _candidate(self, repairs: Choice) -> Candidate:
        why = "; ".join(dict.fromkeys(repair.why for repair in repairs))
        cost = sum(repair.cost for repair in repairs)
        return Candidate(_patch(repairs), self.name, self.rung, why, cost=cost)


def _diagnosed(fault: Fault) -> Iterator[Repair]:
    if fault.fix:
        yield Repair({fault.path: fault.fix}, fault.hint, SURE if fault.suspiciousness > 0.5 else LIKELY)
    for other in fault.others:
        yield Repair({fault.path: other}, fault.hint, LIKELY)


def _likely(by_fault: Mapping[Fault, Sequence[Repair]]) -> list[Repair]:
    """The likely repairs that go together: of several that may mend one failure only the first."""
    shown: set[tuple[str, Place]] = set()
    chosen: list[Repair] = []
    for fault, repairs in by_fault.items():
        told = (fault.message, fault.symptom) if fault.symptom else None
        if repairs[0].cost <= LIKELY and told not in shown:
            chosen.append(repairs[0])
            shown |= {told} if told else set()
    return _compatible(chosen)[:MOST_TOGETHER]


def _is_nearer(judged: Judgement, case: Case) -> bool:
    """Whether a candidate came nearer to green."""
    if isinstance(judged, Screening):
        return judged.gain > 0
    return judged.distance < case.verdict.distance


def _compatible(repairs: Iterable[Repair]) -> list[Repair]:
    """As many repairs as go together; of two that touch one place the first."""
    kept: list[Repair] = []
    for repair in repairs:
        if all(not _collide(repair, other) for other in kept):
            kept.append(repair)
    return kept


def _collide(one: Repair, other: Repair) -> bool:
    return any(
        _overlap(a, b) and a != b
        for path, edits in one.edits.items()
        for a in edits
        for b in other.edits.get(path, ())
    )


def _overlap(a: Edit, b: Edit) -> bool:
    if a.span == b.span:
        return True
    return a.span.start < b.span.end and b.span.start < a.span.end


def _patch(repairs: Choice) -> Patch:
    """All edits of the repairs, each once."""
    edits: dict[str, dict[Edit, None]] = {}
    for repair in repairs:
        for path, some in repair.edits.items():
            edits.setdefault(path, {}).update(dict.fromkeys(some))
    return Patch({path: tuple(sorted(some)) for path, some in edits.items()})


def _without_one(likely: Sequence[Repair]) -> list[Choice]:
    if len(likely) < 3:
        return []
    return [tuple(likely[:number]) + tuple(likely[number + 1 :]) for number in range(len(likely))]


def _exchanged(likely: Sequence[Repair], served: Sequence[Sequence[Repair]]) -> Iterator[Choice]:
    """All likely repairs, one of them exchanged for another one of its fault."""
    for number, repair in enumerate(likely):
        rest = [*likely[:number], *likely[number + 1 :]]
        for other in next((repairs[1:] for repairs in served if repairs[0] is repair), ()):
            if not any(_collide(other, one) for one in rest):
                yield (*rest, other)


def _distinct(choices: Sequence[Choice]) -> list[Choice]:
    """The choices without those that make the same patch as one before."""
    kept: dict[tuple[tuple[str, tuple[Edit, ...]], ...], Choice] = {}
    for choice in choices:
        key = tuple((path, edits) for path, edits in _patch(choice).edits.items())
        kept.setdefault(key, choice)
    return list(kept.values())


@hookimpl
def goldseam_fixers(languages: tuple[Language, ...]) -> tuple[Fixer, ...]:
    return (TemplateSearch(languages),)
