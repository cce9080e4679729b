"""Whatever a model writes, the policy answers: no crash, no minutes."""

import time

from bad_candidates import ACCOUNT, BROKEN, CART, SCRIPT
from hypothesis import given, settings
from hypothesis import strategies as st

from goldseam.core.incident import OracleSpec
from goldseam.core.observation import Observation
from goldseam.core.source import Snapshot
from goldseam.verify.policy.change import applied, edits_between, file_change
from goldseam.verify.policy.judging import rule_on
from goldseam.verify.policy.project import Project
from goldseam.verify.policy.ruling import Decision

PROGRAMS = st.sampled_from([ACCOUNT, BROKEN, CART, SCRIPT])
WORDS = [
    *["", "(", ")", ":", '"""', "#", "\n", "\n    ", "try:", "except:", "return", "del ", "*", "=", "\x00"],
    *[
        "lambda x: x",
        "class A(B):",
        "async def f():",
        "match x:",
        "case 1:",
        "é",
        "\ufeff",
        "x" * 300,
        "[" * 120,
    ],
]
PIECES = st.sampled_from(WORDS)
CUTS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 60), PIECES), min_size=1, max_size=6)


def cut(text, cuts):
    for place, length, piece in cuts:
        at = int(place * len(text))
        text = text[:at] + piece + text[at + length :]
    return text


def ruled(path, old, new):
    return rule_on(
        Snapshot({path: old.encode("utf-8", "replace")}),
        Snapshot({path: new.encode("utf-8", "replace")}),
        OracleSpec(run="python3 job.py", expected=b"Sum: 15\n"),
        [Observation()],
        project=Project(),
    )


@settings(max_examples=100, deadline=None)
@given(PROGRAMS, CUTS, CUTS)
def test_any_two_texts_are_ruled_on(program, first, second):
    rulings = ruled(program.path, cut(program.text, first), cut(program.text, second))
    assert all(ruling.line >= 1 and ruling.reason for ruling in rulings)
    assert list(rulings) == sorted(rulings, key=lambda ruling: -ruling.decision)


@settings(max_examples=100, deadline=None)
@given(PROGRAMS, CUTS)
def test_edits_turn_the_old_text_into_the_new(program, cuts):
    new = cut(program.text, cuts)
    assert applied(program.text, edits_between(program.text, new)) == new


def test_what_does_not_change_is_allowed():
    assert not ruled(CART.path, CART.text, CART.text)


def test_deep_nesting_is_for_a_person():
    deep = "x = " + "+".join(["1"] * 20_000) + "\n"
    rulings = ruled("job.py", "x = 1\n", deep)
    assert max(ruling.decision for ruling in rulings) >= Decision.REVIEW


def test_long_files_take_seconds_at_most():
    long = "".join(f"def f{i}(a):\n    return g(a, {i})\n\n\n" for i in range(1_000))
    began = time.process_time()
    assert not ruled("job.py", long, long.replace("g(a, 500)", "g(a, 501)"))
    assert time.process_time() - began < 20


def test_a_broken_file_is_read_by_its_smallest_repair():
    new = BROKEN.text.replace("(numbers)\n", "(numbers):\n").replace("total += number", "total -= number")
    change = file_change(BROKEN.path, BROKEN.text.encode(), new.encode())
    assert change.baseline == BROKEN.text.replace("(numbers)\n", "(numbers):\n")
