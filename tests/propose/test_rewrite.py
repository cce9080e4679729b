"""The fixer that asks a model, with a model that answers from a script."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from goldseam.core.budget import Budget, Tokens
from goldseam.core.candidate import Batch, Verdict
from goldseam.core.case import Case
from goldseam.core.errors import ModelAnswerUnusable, ModelUnavailable
from goldseam.core.fault import Code, Fault
from goldseam.core.incident import Incident, OracleSpec
from goldseam.core.language import Language
from goldseam.core.observation import Observation
from goldseam.core.source import Snapshot, Span
from goldseam.languages.python import PYTHON
from goldseam.propose.asking.answer import Region
from goldseam.propose.rewrite import Rewrite, file_regions, function_regions, temperature_of
from goldseam.testing import ScriptedModel

DATA = b"import sys\n\n\ndef f(x):\n    return y\n\n\ndef g(x):\n    return z\n"
GREEN_TO_BE = "```python\ndef f(x):\n    return x\n```"
RED = Verdict(False, (("run", False),), (1.0, 1.0), "still wrong", Observation())
NEARER = Verdict(False, (("run", False),), (0.5, 1.0), "better", Observation())


def case(*names: bytes, data: bytes = DATA) -> Case:
    faults = [
        Fault(Code.NAM_UNDEFINED, "job.py", Span(data.index(n), data.index(n) + len(n)), "m", "h")
        for n in names
    ]
    incident = Incident("job.py", ("job.py",), "fails", OracleSpec())
    snapshot = Snapshot({"job.py": data})
    return Case(incident, snapshot, snapshot, RED, tuple(faults))


def rewrite(
    model: ScriptedModel, find: Callable[[Case, Language], list[Region]] = function_regions
) -> Rewrite:
    return Rewrite("rewrite", "rewrite_function", model, (PYTHON,), find, seed=7)


def batches(fixer: Rewrite, at: Case, budget: Budget, verdict: Verdict = RED) -> list[Batch]:
    conversation, found = fixer.propose(at, budget), []
    batch = next(conversation, None)
    while batch is not None:
        found.append(batch)
        try:
            batch = conversation.send(tuple(verdict for _ in batch.candidates))
        except StopIteration:
            break
    return found


def test_the_function_around_the_fault_is_shown_and_rewritten() -> None:
    model = ScriptedModel([GREEN_TO_BE])
    batch = next(rewrite(model).propose(case(b"return y"), Budget()))
    (candidate,) = batch.candidates
    after = Snapshot({"job.py": DATA}).apply(candidate.patch).files["job.py"]
    assert after == DATA.replace(b"return y", b"return x")
    assert (candidate.rung, candidate.why) == ("rewrite_function", "scripted rewrote a function of job.py")
    assert "def g" not in model.prompts[0].user
    assert batch.tokens.total > 0


def test_regions_take_turns_and_evidence_stays_with_its_own() -> None:
    model = ScriptedModel(["no code here", "nor here"] * 3)
    batches(rewrite(model), case(b"return y", b"return z"), Budget())
    shown = ["f" if "def f" in prompt.user else "g" for prompt in model.prompts]
    assert shown == ["f", "g", "f", "g"]
    assert "These attempts failed" not in model.prompts[1].user
    assert "These attempts failed" in model.prompts[2].user


def test_a_verdict_is_told_in_the_next_prompt() -> None:
    model = ScriptedModel([GREEN_TO_BE] * 3)
    batches(rewrite(model), case(b"return y"), Budget())
    assert "still wrong" not in model.prompts[0].user.split("What happens:")[0]
    assert "- still wrong" in model.prompts[1].user


def test_a_region_is_given_up_after_two_answers_without_progress() -> None:
    model = ScriptedModel([GREEN_TO_BE] * 5)
    assert len(batches(rewrite(model), case(b"return y"), Budget())) == 2


def test_progress_goes_on() -> None:
    model = ScriptedModel([GREEN_TO_BE] * 3)
    batches(rewrite(model), case(b"return y"), Budget(), NEARER)
    assert len(model.prompts) == 5
    assert model.prompts[2].user.count("- better") == 2


def test_the_function_is_shown_with_what_it_uses_and_nothing_else() -> None:
    data = b"import sys\nimport os\n\nRATE = 3\nA = 4\n\n\ndef f(x):\n    return RATE * os\n\n\nA += 1\n"
    model = ScriptedModel([GREEN_TO_BE])
    next(rewrite(model).propose(case(b"return", data=data), Budget()))
    assert "It uses:\n```python\nimport os\nRATE = 3\n```\n" in model.prompts[0].user


def test_places_that_are_only_likely_are_not_told_at_first() -> None:
    at = case(b"return y")
    likely = replace(at.faults[0], code=Code.LOG_WRONG_RESULT, message="among the likeliest")
    model = ScriptedModel(["none"] * 2)
    batches(rewrite(model), replace(at, faults=(likely,)), Budget())
    assert "among the likeliest" not in model.prompts[0].user
    assert "among the likeliest" in model.prompts[1].user


def test_an_unusable_answer_costs_its_tokens_and_is_told() -> None:
    model = ScriptedModel([ModelAnswerUnusable("it was cut off", prompt_tokens=40, completion_tokens=9)])
    batch = next(rewrite(model).propose(case(b"return y"), Budget()))
    assert batch == Batch(tokens=Tokens(40, 9), rejected=("it was cut off",))


@pytest.mark.parametrize(
    ("answer", "why"),
    [("I cannot help.", "no code"), ("```python\ndef f(x):\n    return y\n```", "unchanged")],
)
def test_no_candidate_says_why(answer: str, why: str) -> None:
    batch = next(rewrite(ScriptedModel([answer])).propose(case(b"return y"), Budget()))
    assert not batch.candidates
    assert why in batch.rejected[0]


def test_a_model_that_is_gone_ends_the_search() -> None:
    with pytest.raises(ModelUnavailable):
        next(rewrite(ScriptedModel([ModelUnavailable("gone")])).propose(case(b"return y"), Budget()))


def test_seeds_and_temperatures_differ_from_try_to_try() -> None:
    model = ScriptedModel([GREEN_TO_BE] * 3)
    batches(rewrite(model), case(b"return y"), Budget(), NEARER)
    assert [prompt.seed for prompt in model.prompts] == [7, 8, 9, 10, 11]
    temperatures = [prompt.temperature for prompt in model.prompts]
    assert temperatures == sorted(temperatures)
    assert temperatures[0] < 0.2
    assert max(temperature_of(number, 8) for number in range(8)) <= 1.2


def test_a_prompt_asks_for_no_more_than_the_budget_has() -> None:
    clock = iter([0.0, 100.0, 100.0, 100.0]).__next__
    model = ScriptedModel(["none"])
    next(rewrite(model).propose(case(b"return y"), Budget(tokens=50, seconds=130, clock=clock)))
    assert model.prompts[0].max_tokens == 50
    assert model.prompts[0].seconds == 30


def test_a_fault_outside_any_function_is_for_the_whole_file() -> None:
    assert function_regions(case(b"import sys"), PYTHON) == []
    (region,) = file_regions(case(b"import sys"), PYTHON)
    assert region.span == Span(0, len(DATA))


def test_two_faults_in_one_function_are_one_region() -> None:
    assert len(function_regions(case(b"return y", b"f(x)"), PYTHON)) == 1


def test_a_function_that_is_most_of_its_file_is_left_to_the_file() -> None:
    assert (
        function_regions(case(b"return y", data=b"x = 1\ndef f():\n    a = 1\n    return y\n"), PYTHON) == []
    )


def test_of_a_long_file_the_lines_around_the_faults_are_shown() -> None:
    data = DATA + b"# filler\n" * 2_000 + b"\n\nlast = wrong\n"
    one, other = file_regions(case(b"return y", b"last", data=data), PYTHON)
    assert "return y" in one.text
    assert "last = wrong" in other.text
    assert len(one.text) + len(other.text) < 1_000


def test_faults_near_each_other_share_their_lines() -> None:
    data = DATA + b"\n" + b"# filler\n" * 200
    assert len(file_regions(case(b"return y", b"return z", data=data), PYTHON)) == 1


def test_a_file_of_no_known_language_gets_no_proposals() -> None:
    at = case(b"return y")
    other = Case(Incident("a.txt", ("a.txt",), "s", OracleSpec()), at.original, at.current, at.verdict)
    assert batches(rewrite(ScriptedModel([])), other, Budget()) == []


def test_a_long_file_in_which_no_fault_has_a_place_is_shown_whole() -> None:
    data = b"x = 1\n" * 200
    (region,) = file_regions(case(data, data=data), PYTHON)
    assert region.span == Span(0, len(data))
