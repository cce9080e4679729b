"""Variants of the report cases: other words, another order, faults that can be taken back."""

import ast
import random
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))

from bug_sets import wrongs
from variants import CASES, Wording, drawn, in_other_order, module, recipe, unrelated, variant


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("class OrderRegistry(Orders): pass", "class JobHub(Jobs): pass"),
        ("ORDER_NAMES = ordered(order.names)", "JOB_NAMES = ordered(job.names)"),
        ("f(5, 15, 5.0, x5)", "f(7, 15, 5.0, x5)"),
        ("Reg1stry()", "Hvb()"),
    ],
    ids=["camel case and plurals", "other parts stay", "whole numbers alone", "a look-alike"],
)
def test_other_words(before, after):
    words = Wording({"order": "job", "registry": "hub", "reg1stry": "hvb"}, {"5": "7"})
    assert words.of(before) == after


def test_no_definition_comes_before_what_it_needs():
    parts = module(
        "import x\n\n\nclass A:\n    pass\n\n\ndef b(one=A()):\n    return C\n\n\nclass C(A):\n    d = b\n"
    )
    seen = set()
    for seed in range(40):
        names = [ast.parse(block).body[0].name for block in in_other_order(parts, random.Random(seed))]
        assert names.index("A") < names.index("b") < names.index("C")
        seen.add(tuple(names))
    assert seen == {("A", "b", "C")}


def test_definitions_are_shuffled_between_other_statements():
    parts = module("import x\n\ndef a(): pass\ndef b(): pass\nX = 1\ndef c(): pass\ndef d(): pass\n")
    seen = {
        tuple(block.split("(")[0][-1] for block in in_other_order(parts, random.Random(n))) for n in range(60)
    }
    assert len(seen) == 4
    assert all(order[2] == "1" for order in seen)


def test_a_hundred_lines_share_no_name_with_the_program():
    imports, chunks = unrelated({"LruCache", "slugify"}, random.Random(3))
    text = "\n\n".join([imports, *chunks])
    compile(text, "unrelated", "exec")
    assert text.count("\n") >= 100
    assert "LruCache" not in text
    assert "slugify" not in text


@pytest.mark.parametrize("name", CASES)
def test_the_same_draw_is_the_same_variant_and_can_be_mended(name):
    case = recipe(name)
    one, other = (drawn(case, random.Random(f"{name} 7"), 1) for _ in range(2))
    assert one == other
    assert one.files != drawn(case, random.Random(f"{name} 8"), 1).files
    [program] = one.programs
    compile(one.fixed[program], program, "exec")
    assert one.fixed[program].count(b"\n") > case.mended.count("\n") + 90


@pytest.mark.sandbox
@pytest.mark.parametrize("name", ["sum_job", "timers"])
def test_a_variant_is_a_bug(name):
    assert wrongs(variant(recipe(name), 1, 1)) == []
