"""`goldseam heal` killed: the file is what it was or the verified repair, and the next start clears up."""

import json
import random
import signal
import time

import pytest

from goldseam.config import load
from goldseam.wiring import open_landing

pytestmark = pytest.mark.sandbox

BEFORE = b"import sys\r\ndef f()\r\n    return sys\r\n"
AFTER = BEFORE.replace(b"f()", b"f():")
COMMAND = ("heal", "job.py", "--rungs", "rewrite_file")
JUDGED_BY_RUN = (*COMMAND, "--run", "python3 job.py")
MOMENTS = 30


@pytest.fixture
def job(work):
    file = work.write("job.py", BEFORE)
    file.chmod(0o755)
    work.answer(AFTER.decode())
    return file


def state_of(job):
    return {BEFORE: "before", AFTER: "after"}.get(job.read_bytes(), job.read_bytes())


def begin_anew(work, job, aside):
    if (work.root / ".goldseam").exists():
        (work.root / ".goldseam").rename(aside)
    job.write_bytes(BEFORE)


def recovered(work, job):
    """What the file is after the next start has cleared up; nothing of ours may lie beside it."""
    open_landing(work.root, load(work.root)).recover()
    assert work.names() == {"goldseam.toml", "job.py"}
    assert job.stat().st_mode & 0o7777 == 0o755
    return state_of(job)


def test_killed_before_every_effect_of_landing(work, job, tmp_path):
    steps = tmp_path / "steps"
    assert work.run(*COMMAND, steps=steps).code == 0
    assert state_of(job) == "after"
    changing = [number for number, _, changes in map(json.loads, steps.read_text().splitlines()) if changes]
    assert len(changing) > 15
    seen = []
    for number in changing:
        begin_anew(work, job, tmp_path / f"state-{number}")
        ended = work.run(*COMMAND, kill_at=number)
        assert ended.code == -signal.SIGKILL, (number, ended)
        at_once = state_of(job)
        assert at_once in ("before", "after"), (number, at_once)
        later = recovered(work, job)
        assert later in ("before", "after"), (number, later)
        seen.append(later)
    assert {"before", "after"} == set(seen)
    assert seen == sorted(seen, reverse=True), "once the repair is verified it stays"
    assert work.nursery.left() == []


def test_killed_at_random_moments(work, job, tmp_path):
    began = time.monotonic()
    assert work.run(*JUDGED_BY_RUN).code == 0
    whole = time.monotonic() - began
    seed = random.SystemRandom().randrange(1 << 32)
    print(f"seed {seed}")
    moments = random.Random(seed)
    states = []
    for number in range(MOMENTS):
        begin_anew(work, job, tmp_path / f"state-{number}")
        running = work.start(*JUDGED_BY_RUN)
        time.sleep(moments.uniform(0, whole))
        running.send(signal.SIGKILL)
        running.wait()
        assert state_of(job) in ("before", "after"), number
        states.append(recovered(work, job))
        assert states[-1] in ("before", "after"), number
        assert work.leftovers() == [], number
    print(states.count("before"), "before,", states.count("after"), "after")
    job.write_bytes(BEFORE)
    code, result = work.result(*JUDGED_BY_RUN)
    assert (code, result["outcome"], state_of(job)) == (0, "healed", "after")
