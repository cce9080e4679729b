"""Every rule of meaning against its own hits and near misses, on any bytes, and within its time."""

import pytest

from goldseam.core.example import Diagnosed
from goldseam.core.fault import Fault
from goldseam.core.source import position_of
from goldseam.diagnose.project_view import view_of
from goldseam.diagnose.rule import Rule
from goldseam.diagnose.rules import RULES
from goldseam.languages.python import encoding_of

CASES = [
    pytest.param(rule, example, id=f"{rule.name}-{number}")
    for rule in RULES
    for number, example in enumerate(rule.examples)
]


def faults_of(rule: Rule, files: dict[str, bytes]) -> list[Fault]:
    return list(rule.find(view_of(files, encoding_of)))


def files_of(example: Diagnosed) -> dict[str, bytes]:
    texts = {example.name: example.source, **example.beside}
    return {name: text.encode() for name, text in texts.items()}


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_a_rule_finds_what_its_example_says(rule: Rule, example: Diagnosed) -> None:
    files = files_of(example)
    found = [(str(f.code), position_of(files[f.path], f.span.start)[0]) for f in faults_of(rule, files)]
    assert sorted(found) == sorted(zip(example.codes, example.lines, strict=True))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_ten_hits_and_ten_near_misses(rule: Rule) -> None:
    hits = [example for example in rule.examples if example.codes]
    assert len(hits) >= 10
    assert len(rule.examples) - len(hits) >= 10
