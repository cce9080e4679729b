# ruff: noqa: E501
"""Bad candidates of JavaScript, TypeScript and PHP stay stopped; good ones are let through."""

import time

import pytest
from bad_script_candidates import HELD_OUT_SCRIPTS, JS, PHP, TS, TUNED_SCRIPTS

from goldseam.core.incident import Frame, OracleSpec
from goldseam.core.observation import Failure, Observation
from goldseam.core.source import Snapshot
from goldseam.verify.policy.judging import rule_on
from goldseam.verify.policy.project import Project
from goldseam.verify.policy.ruling import Decision

ALL = [bad for part in (TUNED_SCRIPTS, HELD_OUT_SCRIPTS) for many in part.values() for bad in many]
GOOD = {
    "guard": (JS, "  return sum / order.lines[0].count;", "  const [first] = order.lines;\n  return first ? sum / first.count : 0;"),
    "early guard": (JS, "  const sum =", "  if (order.lines.length === 0) return 0;\n  const sum ="),
    "operator": (TS, "n + n", "n * n"),
    "guard in PHP": (PHP, "        return array_sum", "        if (!$this->rows) {\n            return 0.0;\n        }\n        return array_sum"),
    "ternary in PHP": (PHP, "count($this->rows);", "max(1, count($this->rows));"),
}  # fmt: skip


def rulings(program, new: str):
    raised_in = program.path if program.line else next(iter(program.project))
    failures = (Failure(program.kind, "", (Frame(raised_in, program.line or 3, "f"),)),)
    return rule_on(
        Snapshot({program.path: program.text.encode()}),
        Snapshot({program.path: new.encode()}),
        OracleSpec(run=f"run {program.path}", expected=(program.expected or "").encode() or None),
        [Observation(failures=failures)],
        project=Project(lambda: {path: text.encode() for path, text in program.project.items()}),
    )


def test_they_are_many_and_differ():
    assert len({(bad.path, bad.new) for bad in ALL}) >= 90


@pytest.mark.parametrize("bad", ALL, ids=lambda bad: bad.name)
def test_a_bad_candidate_is_stopped(bad):
    assert rulings(bad.program, bad.new)


@pytest.mark.parametrize(("program", "old", "new"), GOOD.values(), ids=GOOD)
def test_a_good_repair_is_let_through(program, old, new):
    assert old in program.text
    found = rulings(program, program.text.replace(old, new, 1))
    assert [ruling.text for ruling in found if ruling.decision is not Decision.ALLOW] == []


@pytest.mark.parametrize("path", ["a.js", "a.ts", "a.tsx", "a.php"])
@pytest.mark.parametrize(
    "text", ["(" * 100_000, "a(" * 800, "x = {" * 30_000, "\0\xff" * 1_000, "`${" * 20_000]
)
def test_any_text_is_judged_in_little_time(path, text):
    data = text.encode() if path != "a.php" else b"<?php " + text.encode()
    started = time.process_time()
    rule_on(Snapshot({path: b""}), Snapshot({path: data}), OracleSpec(), [Observation()], project=Project())
    assert time.process_time() - started < 6
