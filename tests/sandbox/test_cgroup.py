"""Memory held exactly, in groups that are used again and leave nothing."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from psutil import Process

from goldseam.core.observation import Ended
from goldseam.core.ports import Job
from goldseam.sandbox import cgroup
from goldseam.sandbox.bubblewrap import Bubblewrap
from goldseam.sandbox.limits import MIB, Limits

TOUCH = "held = []\nwhile 1:\n    held.append(bytearray(b'1') * (1 << 20)); print(len(held), flush=True)"


@pytest.fixture
def grouped(place: Path) -> Iterator[Bubblewrap]:
    project = place / "p"
    project.mkdir()
    with Bubblewrap(project, Limits(memory_bytes=64 * MIB)) as sandbox:
        if not sandbox.stage["cgroups"]:
            pytest.skip("NOT TESTED: no cgroup can be made here")
        yield sandbox


def groups() -> list[Path]:
    """Groups of the launchers that this process started."""
    own = [f"goldseam-{child.pid}/*/cgroup.procs" for child in Process().children()]
    return [file for name in own for file in Path("/sys/fs/cgroup/memory").rglob(name)]


def test_the_limit_is_exact_and_each_box_starts_anew(grouped: Bubblewrap) -> None:
    for _ in range(3):
        run = grouped.run(Job(f'/usr/bin/python3 -c "{TOUCH}"', seconds=20))
        assert run.ended is Ended.MEMORY
        assert 40 <= int(run.stdout.split()[-1]) <= 70
        assert grouped.run(Job("echo on")).stdout == b"on\n"


def test_what_is_written_counts(grouped: Bubblewrap) -> None:
    run = grouped.run(Job("head -c 90000000 /dev/zero > big; wc -c < big", seconds=20))
    assert run.ended is Ended.MEMORY


def test_the_death_of_one_process_for_memory_is_told(grouped: Bubblewrap) -> None:
    run = grouped.run(Job(f'/usr/bin/python3 -c "{TOUCH}" >/dev/null; echo survived; sleep 5', seconds=20))
    assert run.ended is Ended.MEMORY
    assert run.seconds < 4


def test_groups_are_used_again_and_removed(grouped: Bubblewrap) -> None:
    for _ in range(8):
        assert grouped.run(Job("true")).succeeded
    # The next request may come in the moment between an answer and the end of its keeper.
    assert 1 <= len(groups()) <= 2
    threads = [threading.Thread(target=grouped.run, args=(Job("sleep 0.5"),)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(groups()) >= 3
    folders = {file.parents[1] for file in groups()}
    grouped.close()
    assert not any(folder.exists() for folder in folders)


def test_no_group_where_none_can_be_made(tmp_path: Path) -> None:
    (tmp_path / "none").write_text("0::/\n")
    assert cgroup.prepare(str(tmp_path / "none")) is None
    (tmp_path / "own").write_text("4:memory:/somewhere\n")
    assert cgroup.prepare(str(tmp_path / "own"), str(tmp_path)) is None
    (tmp_path / "somewhere").mkdir()
    assert cgroup.prepare(str(tmp_path / "own"), str(tmp_path)) is None
    assert list((tmp_path / "somewhere").iterdir()) == []
