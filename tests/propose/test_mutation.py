"""The mutation rung: what it proposes in which order, and how it goes on from what it is told."""

from collections.abc import Callable
from dataclasses import replace

from goldseam.core.budget import Budget
from goldseam.core.candidate import Batch, Candidate, Judgement, Mark, Screening, Steps, Verdict
from goldseam.core.case import Case
from goldseam.core.fault import Code, Fault, Suspect
from goldseam.core.incident import Incident, OracleSpec
from goldseam.core.observation import Failure, Observation
from goldseam.core.observation import TestOutcome as Outcome
from goldseam.core.observation import TestResult as Result
from goldseam.core.source import Snapshot, Span
from goldseam.diagnose.statements import statements_in
from goldseam.propose.mutation import ENDS_WELL, FIRST_BATCH, ONE_OUTPUT, UNSCREENED_BATCH, MutationSearch
from goldseam.propose.trees.reading import parses

RED = Verdict(False, (("tests", False),), (1.0, 1.0), "fails", Observation())
SOURCE = b"""\
def mean(rows, floor):
\ttotal = 0  # of all
\tfor row in rows:
\t\tif row >  floor:
\t\t\ttotal -= row
\treturn total/len( rows )


def other(rows):
\treturn rows[0]
"""
Answer = Callable[[Candidate], Judgement]


def case_of(source: bytes = SOURCE, *, path: str = "job.py", lines: range = range(1, 7)) -> Case:
    snapshot = Snapshot({path: source})
    suspects = tuple(
        Suspect(path, found.first, found.last, found.span, str(found.kind), 1.0 - found.first / 100, 1.0)
        for found in statements_in(path, source)
        if found.first in lines and str(found.kind) != "definition"
    )
    incident = Incident(path, (path,), "fails", OracleSpec(test="python -m pytest"))
    return Case(incident, snapshot, snapshot, RED, suspects=suspects)


def batches(case: Case, answer: Answer, budget: Budget | None = None) -> list[Batch]:
    conversation, found = MutationSearch().propose(case, budget or Budget()), []
    batch = next(conversation, None)
    while batch is not None:
        found.append(batch)
        try:
            batch = conversation.send(tuple(map(answer, batch.candidates)))
        except StopIteration:
            break
    return found


def red(_: Candidate) -> Screening:
    return Screening(Mark.RED)


def texts(batch: Batch, case: Case) -> list[bytes]:
    return [case.current.apply(one.patch).files[case.incident.path] for one in batch.candidates]


def test_batches_grow_the_likeliest_first_and_no_text_comes_twice() -> None:
    case = case_of()
    found = batches(case, red)
    sizes = [len(batch.candidates) for batch in found]
    assert sizes[0] == FIRST_BATCH < sum(sizes[:-1])
    singles = [one.cost for batch in found[:-1] for one in batch.candidates]
    assert singles == sorted(singles)
    every = [text for batch in found for text in texts(batch, case)]
    assert len(every) == len(set(every))
    assert SOURCE.replace(b"total -=", b"total +=") in texts(found[0], case)


def test_every_candidate_parses_and_leaves_the_other_lines_alone() -> None:
    case = case_of()
    for batch in batches(case, red):
        for text in texts(batch, case)[::7]:
            assert parses("job.py", text)
            assert text.endswith(SOURCE[SOURCE.index(b"\n\ndef other") :]), "only the suspicious function"
            assert b"# of all" in text or b"total = 0" not in text


def test_line_ends_and_indentation_are_the_owners() -> None:
    case = case_of(SOURCE.replace(b"\n", b"\r\n"))
    for batch in batches(case, red):
        for text in texts(batch, case):
            assert text.count(b"\n") == text.count(b"\r\n")
            assert not any(line.startswith(b" ") for line in text.splitlines())


def test_without_a_fast_judge_batches_are_small() -> None:
    judged: list[Candidate] = []

    def judge_some(one: Candidate) -> Judgement:
        if len(judged) < 100 and one.cost < 0.7:
            judged.append(one)
            return RED
        return Screening(Mark.UNSCREENED)

    first, second, third, *found = batches(case_of(), judge_some)
    assert len(first.candidates) == FIRST_BATCH
    assert [len(second.candidates), len(third.candidates)] == [UNSCREENED_BATCH] * 2
    left = [one for one in first.candidates if one not in judged]
    assert second.candidates == tuple(left[:UNSCREENED_BATCH]), "what was not judged comes again"
    assert third.candidates[0] not in second.candidates, "but only where anything is judged at all"
    assert all(";" not in one.why for one in found[-1].candidates), "no pairs without a word on the singles"


def test_pairs_of_the_best_singles_come_last_and_then_the_best_as_steps() -> None:
    found = batches(case_of(), lambda one: Screening(Mark.RED, 0.5 if "`-=`" in one.why else 0.0))
    *singles, pairs, steps = found
    assert {batch.steps for batch in (*singles, pairs)} == {Steps.NEVER}
    assert "`-=`" in pairs.candidates[0].why
    assert all(len(one.patch.edits["job.py"]) > 1 for one in pairs.candidates)
    assert steps.steps is Steps.LAST
    assert all("`-=`" in one.why for one in steps.candidates)


def test_the_more_tests_are_red_the_less_likely_is_a_change_that_nobody_knows() -> None:
    def unseen(count: int) -> float:
        case = case_of()
        tests = {f"t::{number}": Result(Outcome.FAILED) for number in range(count)}
        seen = replace(case.verdict.observation, tests=tests)
        case = replace(case, verdict=replace(case.verdict, observation=seen))
        return batches(case, red)[0].unseen

    assert unseen(0) == unseen(1) < unseen(4)


def test_it_ends_with_its_share_of_the_seconds() -> None:
    clock = iter(range(0, 10_000, 20))
    budget = Budget(seconds=100.0, clock=lambda: float(next(clock)))
    assert 0 < len(batches(case_of(), red, budget)) < 4


def test_where_nothing_was_traced_a_fault_tells_the_function() -> None:
    at = SOURCE.index(b"return total")
    fault = Fault(Code.RUN_ZERO_DIVISION, "job.py", Span(at, at + 5), "message", "hint")
    bare = case_of(lines=range(0))
    raised = replace(
        RED, observation=Observation(failures=(Failure("ZeroDivisionError", "division by zero"),))
    )
    case = Case(bare.incident, bare.original, bare.current, raised, faults=(fault,))
    first = texts(batches(case, red)[0], case)
    assert SOURCE.replace(b"\treturn total", b"\tif not rows:\n\t\treturn 0\n\treturn total") in [
        text for batch in batches(case, red) for text in texts(batch, case)
    ]
    assert all(text.endswith(b"\treturn rows[0]\n") for text in first)


def test_where_nothing_was_raised_the_other_functions_come_behind() -> None:
    at = SOURCE.index(b"return total")
    fault = Fault(Code.LOG_WRONG_VARIABLE, "job.py", Span(at, at + 5), "message", "hint")
    bare = case_of(lines=range(0))
    case = Case(bare.incident, bare.original, bare.current, RED, faults=(fault,))
    every = [text for batch in batches(case, red) for text in texts(batch, case)]
    first, other = SOURCE.replace(b"total/len", b"total//len"), SOURCE.replace(b"rows[0]", b"rows[1]")
    assert every.index(first) < every.index(other)


def test_the_condition_under_which_a_program_starts_is_left_alone() -> None:
    source = SOURCE + b"\n\nif __name__ == '__main__':\n\tprint(mean([1], 0))\n"
    case = case_of(source, lines=range(0))
    assert all(b"__name__ == '__main__'" in text for b in batches(case, red) for text in texts(b, case))


def test_where_only_the_end_of_a_program_is_asked_for_all_changes_are_doubtful() -> None:
    def cautions(spec: OracleSpec) -> set[tuple[str, ...]]:
        bare = case_of()
        case = replace(bare, incident=replace(bare.incident, oracle=spec))
        return {one.cautions for batch in batches(case, red) for one in batch.candidates}

    assert cautions(OracleSpec(run="python job.py")) == {(ENDS_WELL,)}
    assert cautions(OracleSpec(run="python job.py", expected=b"1\n")) == {(), (ONE_OUTPUT,)}
    assert cautions(OracleSpec(test="pytest")) == {()}


def test_where_nothing_is_known_all_functions_are_tried() -> None:
    case = case_of(lines=range(0))
    first = texts(batches(case, red)[0], case)
    assert SOURCE.replace(b"-=", b"+=") in first
    assert SOURCE.replace(b"rows[0]", b"rows[1]") in first


def test_nothing_while_a_file_does_not_parse() -> None:
    broken = case_of()
    fault = Fault(Code.SYN_INVALID, "job.py", Span(0, 0), "message", "hint")
    assert batches(Case(broken.incident, broken.original, broken.current, RED, faults=(fault,)), red) == []


def test_the_other_languages() -> None:
    script = b"function f(a, b) {\n  let n = 0;\n  for (const c of a) {\n    n -= c;\n  }\n  return n;\n}\n"
    case = case_of(script, path="job.js")
    assert script.replace(b"-=", b"+=") in texts(batches(case, red)[0], case)
    php = b"<?php\nfunction f($a) {\n    if (count($a) > 1) {\n        return $a[1];\n    }\n}\n"
    case = case_of(php, path="job.php")
    assert php.replace(b"$a[1]", b"$a[0]") in texts(batches(case, red)[0], case)


def test_a_program_without_tests_has_a_smaller_first_batch() -> None:
    case = case_of()
    program = replace(case, incident=replace(case.incident, oracle=OracleSpec(run="python job.py")))
    assert len(batches(program, red)[0].candidates) < len(batches(case, red)[0].candidates)
