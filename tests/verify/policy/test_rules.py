"""Every rule against its own examples: one conformance test for all."""

from dataclasses import replace

import pytest

from goldseam.core.incident import Frame, OracleSpec
from goldseam.core.observation import Ended, Failure, Observation, Run
from goldseam.verify.policy.change import file_change
from goldseam.verify.policy.context import Context
from goldseam.verify.policy.project import Project
from goldseam.verify.policy.rules import RULES
from goldseam.verify.policy.ruling import Decision

CASES = [
    pytest.param(
        rule, example, example.decision if kind == "hits" else Decision.ALLOW, id=f"{rule.name}-{kind}-{n}"
    )
    for rule in RULES
    for kind in ("hits", "misses")
    for n, example in enumerate(getattr(rule, kind))
]


def context_of(example):
    failures = ()
    if example.failing:
        kind, line = example.failing
        failures = (Failure(kind, "", (Frame(example.path, line, "f"),)),)
    expected = example.expected.encode() if example.expected else None
    project = Project(lambda: {path: text.encode() for path, text in example.project.items()})
    spec = OracleSpec(run="python3 job.py", expected=expected)
    return Context(spec, (Observation(failures=failures),), project)


@pytest.mark.parametrize(("rule", "example", "decision"), CASES)
def test_examples(rule, example, decision):
    change = file_change(example.path, example.old.encode(), example.new.encode())
    objections = list(rule.check(change, context_of(example)))
    said = max((objection.decision for objection in objections), default=Decision.ALLOW)
    assert said == decision, [objection.reason for objection in objections]
    assert all(o.line >= 1 and o.reason for o in objections)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_has_hits_and_near_misses(rule):
    assert rule.hits
    assert rule.misses


def test_a_failure_behind_the_broken_syntax_may_be_mended_anywhere():
    locality = next(rule for rule in RULES if rule.name == "locality")
    example = next(one for one in locality.hits if one.decision is Decision.REVIEW)
    change = file_change("job.py", example.old.encode(), example.new.encode())
    spec = OracleSpec(run="python3 job.py", expected=b"6\n")
    ends = [(0, b"6\n"), (0, b"5\n"), (1, b"")]
    runs = [Run("python3 job.py", code, Ended.EXITED, printed, b"", 0.1) for code, printed in ends]
    right, wrong, crashed = (Context(spec, (Observation(), Observation(run=run))) for run in runs)
    assert [objection.decision for objection in locality.check(change, right)] == [Decision.REVIEW]
    assert list(locality.check(change, wrong)) == list(locality.check(change, crashed)) == []
    mended_first = replace(right, observations=(*right.observations, *crashed.observations[1:]))
    assert [one.decision for one in locality.check(change, mended_first)] == [Decision.REVIEW]
