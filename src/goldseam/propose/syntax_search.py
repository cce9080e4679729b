"""Syntax search: the minimal edits that the diagnosis found for each syntax fault, all faults at once.

The diagnosis did the searching; each of its edits was judged by the parser. Here they become candidates: all
likeliest edits together first, then each of the others that nearly came first, then each edit alone, so that
one that is wrong does not hold up the rest. Where parsing is the only oracle nothing tells two edits apart
that parse: what was a close call is proposed with a caution, so that a person sees it before it lands.
"""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

from goldseam.core.budget import Budget
from goldseam.core.candidate import Batch, Candidate, Judgement
from goldseam.core.case import Case
from goldseam.core.fault import Fault
from goldseam.core.ports import Fixer
from goldseam.core.source import Edit, Patch, position_of
from goldseam.plugins import hookimpl

MOST_OTHERS = 12


@dataclass(frozen=True, slots=True)
class SyntaxSearch:
    """A fixer that asks nobody."""

    name: str = "syntax-search"
    rung: str = "syntax"
    needs_model: bool = False

    def propose(self, case: Case, budget: Budget) -> Generator[Batch, tuple[Judgement, ...], None]:
        faults = [fault for fault in case.faults if fault.code.family == "SYN" and fault.fix]
        if not faults:
            return
        cautions = () if case.incident.oracle.commands else tuple(_cautions(case, faults))
        yield Batch((self._candidate(faults, cautions),))
        if others := [*_exchanged(faults)][:MOST_OTHERS]:
            yield Batch(tuple(self._candidate(some, cautions) for some in others))
        if len(faults) > 1:
            yield Batch(tuple(self._candidate([fault], cautions) for fault in faults))

    def _candidate(self, faults: Sequence[Fault], cautions: tuple[str, ...]) -> Candidate:
        paths = dict.fromkeys(fault.path for fault in faults)
        patch = Patch({path: _edits([fault for fault in faults if fault.path == path]) for path in paths})
        why = "; ".join(dict.fromkeys(fault.hint for fault in faults))
        return Candidate(patch, self.name, self.rung, why, cautions)


def _exchanged(faults: Sequence[Fault]) -> Iterator[list[Fault]]:
    """The faults, one of them mended in another way that nearly came first."""
    for number, fault in enumerate(faults):
        for fix in fault.others:
            yield [*faults[:number], _mended_so(fault, fix), *faults[number + 1 :]]


def _mended_so(fault: Fault, fix: tuple[Edit, ...]) -> Fault:
    return Fault(fault.code, fault.path, fault.span, fault.message, fault.hint, fix=fix)


def _edits(faults: Sequence[Fault]) -> tuple[Edit, ...]:
    """All edits of a file, each once; one that overlaps an earlier one is left out."""
    chosen: list[Edit] = []
    for edit in sorted({edit for fault in faults for edit in fault.fix}):
        if not chosen or chosen[-1].span.end <= edit.span.start:
            chosen.append(edit)
    return tuple(chosen)


def _cautions(case: Case, faults: Sequence[Fault]) -> Iterator[str]:
    for fault in faults:
        if fault.others:
            line = position_of(case.current.files[fault.path], fault.span.start)[0]
            yield f"{fault.path}, line {line}: other small edits parse as well, and nothing else is checked"


@hookimpl
def goldseam_fixers() -> tuple[Fixer, ...]:
    return (SyntaxSearch(),)
