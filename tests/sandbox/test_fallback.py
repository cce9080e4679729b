"""Where no overlay can be had: a real copy, and the probe says so."""

import subprocess
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from goldseam.core.ports import REPORT_PLACE, Job
from goldseam.sandbox import launch
from goldseam.sandbox.bubblewrap import Bubblewrap
from goldseam.sandbox.limits import Limits
from goldseam.sandbox.stage import free_place, id_lines


def booting_with(patch: str) -> str:
    return launch.BOOT.replace("launcher.main", f"from goldseam.sandbox import stage; {patch}; launcher.main")


NO_MOUNTS = booting_with("stage.enter_namespaces = lambda: 'refused'")
NO_OVERLAY = booting_with("stage._overlay_refused = lambda root, lower: 'refused'")


def fill(project: Path) -> None:
    (project / "node_modules").mkdir()
    (project / "node_modules" / "m.js").write_text("module")
    (project / ".git").mkdir()
    (project / ".git" / "config").write_text("git")
    (project / "link").symlink_to("hello.txt")
    subprocess.run(["/usr/bin/mkfifo", str(project / "fifo")], check=True)


def holds(sandbox: Any, project: Path) -> None:
    command = "cat hello.txt link node_modules/m.js && ./tool.sh && echo x > made && echo r > $P"
    run = sandbox.run(
        Job(command, overlay={"tool.sh": b"#!/bin/sh\necho new\n"}, environment={"P": REPORT_PLACE})
    )
    assert run.stdout == b"owner's\nowner's\nmodulenew\n", run.stderr
    assert run.report == b"r\n"
    assert not (project / "made").exists()
    assert "project is copied for each run" in sandbox.probe().detail


@pytest.mark.parametrize("who", ["root"], indirect=True)
def test_copy_where_overlays_are_refused(
    make: Any, project: Path, who: str, hand_over: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launch, "BOOT", NO_OVERLAY)
    fill(project)
    hand_over(project, who)
    sandbox = make(project)
    holds(sandbox, project)
    assert sandbox.run(Job("echo x > node_modules/y")).exit_code != 0
    assert b"No space left" in sandbox.run(Job("head -c 99000000 /dev/zero > big")).stderr


@pytest.fixture
def stacked(place: Path) -> Iterator[Path]:
    """A project on a file system that cannot show other owners: an overlay, as in containers."""
    for name in ("lower", "upper", "work", "merged"):
        (place / name).mkdir()
    options = f"lowerdir={place}/lower,upperdir={place}/upper,workdir={place}/work"
    command = ["/bin/mount", "-t", "overlay", "overlay", "-o", options, str(place / "merged")]
    if subprocess.run(command, check=False, capture_output=True).returncode != 0:
        pytest.skip("NOT TESTED: needs the right to mount")
    yield place / "merged"
    subprocess.run(["/bin/umount", str(place / "merged")], check=True)


def test_copy_where_owners_cannot_be_mapped(stacked: Path) -> None:
    (stacked / "hello.txt").write_text("owner's\n")
    (stacked / "tool.sh").write_text("old")
    (stacked / "tool.sh").chmod(0o700)
    (stacked / "hello.txt").chmod(0o600)
    fill(stacked)
    with Bubblewrap(stacked, Limits()) as sandbox:
        holds(sandbox, stacked)


def test_a_volume_inside_the_project_is_there_read_only(stacked: Path) -> None:
    project = stacked.parent
    (stacked / "f").write_text("volume")
    with Bubblewrap(project, Limits()) as sandbox:
        run = sandbox.run(Job("cat merged/f; echo x > merged/f; echo x > own && cat own"))
    assert run.stdout == b"volumex\n"
    assert b"Read-only" in run.stderr


@pytest.mark.parametrize("who", ["ordinary user"], indirect=True)
def test_an_ordinary_user_without_private_mounts(
    who: str, place: Path, project: Path, make: Any, package: Callable[[Path], Path]
) -> None:
    fill(project)
    subprocess.run(["/bin/chown", "-hR", "60900:60900", str(project)], check=True)
    launch_module = package(place) / "sandbox" / "launch.py"
    launch_module.write_text(launch_module.read_text() + f"\nBOOT = {NO_MOUNTS!r}\n")
    sandbox = make(project)
    holds(sandbox, project)
    assert "disk is watched only" in sandbox.probe().detail
    sandbox.close()
    assert [path.name for path in Path("/tmp").glob(".goldseam-box-*")] == []


@pytest.mark.parametrize("who", ["root"], indirect=True)
def test_root_without_private_mounts_is_told(place: Path, monkeypatch: pytest.MonkeyPatch, who: str) -> None:
    monkeypatch.setattr(launch, "BOOT", NO_MOUNTS)
    with Bubblewrap(place, Limits()) as sandbox:
        probe = sandbox.probe()
    assert probe.works is False
    assert "without the right to mount" in probe.detail


def test_owner_map_is_one_to_one() -> None:
    for owner, shown in ((0, 60_873), (1000, 60_873), (60_873, 0), (5, 5)):
        pairs = [tuple(map(int, line.split())) for line in id_lines(owner, shown).splitlines()]
        assert pairs[0][:2] == (owner, shown)
        seen = [range(inside, inside + count) for inside, _, count in pairs]
        shows = [range(outside, outside + count) for _, outside, count in pairs]
        for ranges in (seen, shows):
            ordered = sorted(ranges, key=lambda one: one.start)
            assert all(one.stop <= other.start for one, other in pairwise(ordered))


def test_nothing_that_is_needed_is_mounted_over() -> None:
    assert free_place(["/srv/p", "/usr"]) == "/sys"
    assert free_place(["/sys/p"]) != "/sys"
