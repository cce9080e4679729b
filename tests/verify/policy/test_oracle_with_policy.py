"""The oracle as it is put together: policy and behaviour lock beside the owner's commands, in real boxes."""

import shutil
from pathlib import Path

import pytest

from goldseam.config import load
from goldseam.core.incident import Incident, OracleSpec
from goldseam.core.source import Snapshot
from goldseam.plugins import Plugins
from goldseam.wiring import Choice, assemble

JOBS = Path(__file__).parents[3] / "examples" / "jobs"

pytestmark = [
    pytest.mark.sandbox,
    pytest.mark.skipif(shutil.which("bwrap") is None, reason="NOT TESTED: bubblewrap is not installed"),
]


@pytest.fixture
def oracle_of(tmp_path):
    """A reproduced oracle over a copy of one example, and its snapshot."""
    root = tmp_path.resolve()
    for file in JOBS.iterdir():
        shutil.copy(file, root)
    with assemble(root, load(root), Choice(remembers=False), Plugins()) as assembly:

        def make(path, spec):
            oracle = assembly.workshop.oracle_for(Incident(path, (path,), "red", spec))
            snapshot = Snapshot({path: (root / path).read_bytes()})
            assert not oracle.reproduce(snapshot).plausible
            return oracle, snapshot

        yield make


def changed(snapshot, before, after):
    [(path, data)] = snapshot.files.items()
    assert before.encode() in data
    return Snapshot({path: data.replace(before.encode(), after.encode())})


def test_band_aids_are_red_doubts_are_cautions_repairs_are_neither(oracle_of):
    expected = (JOBS / "crash_job.expected").read_bytes()
    oracle, snapshot = oracle_of("crash_job.py", OracleSpec(run="python3 crash_job.py", expected=expected))
    body = "    return sum(values) / len(values)\n"
    wrapped = "    try:\n    " + body + "    except {}:\n        return 0\n"

    rejected = oracle.judge(changed(snapshot, body, wrapped.format("Exception")))
    assert not rejected.plausible
    assert rejected.checks == (("policy", False),)
    assert "hides every error" in rejected.evidence
    assert rejected.observation.run is None  # it was never run

    doubted = oracle.judge(changed(snapshot, body, wrapped.format("ZeroDivisionError")))
    assert doubted.plausible
    assert doubted.cautions[0].startswith("policy: crash_job.py, line ")

    repaired = oracle.judge(changed(snapshot, body, "    if len(values) == 0:\n        return 0\n" + body))
    assert repaired.plausible
    assert not repaired.cautions
    assert rejected.distance > oracle.judge(snapshot).distance > repaired.distance


def test_tests_lock_what_worked(oracle_of):
    oracle, snapshot = oracle_of("cart.py", OracleSpec(test="python3 -m pytest -q test_cart.py"))
    repaired = oracle.judge(changed(snapshot, "price + quantity", "price * quantity"))
    assert repaired.plausible, repaired.evidence
    assert ("behaviour_lock", True) in repaired.checks
    assert not repaired.cautions
