"""Outside the edit every byte stays, and so do mode, owner, attributes and links."""

import os
import stat
import struct
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldseam.core.errors import LandingError
from goldseam.core.source import Edit, Patch, Snapshot, Span
from goldseam.land.landing import FileLanding

Land = Callable[..., Snapshot]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(b"a = 1\r\nb = 2\r\n", b"a = 1\r\nb = 3\r\n", id="crlf"),
        pytest.param(b"\xef\xbb\xbfa = 1\n", b"\xef\xbb\xbfa = 2\n", id="byte order mark"),
        pytest.param(b"# coding: latin-1\na = '\xe9'\n", b"# coding: latin-1\nb = '\xe9'\n", id="latin-1"),
        pytest.param(b"a = 1\nb = 2", b"a = 1\nb = 3", id="no last newline"),
        pytest.param(b"", b"a = 1\n", id="empty before"),
        pytest.param(b"a = 1\n", b"", id="empty after"),
        pytest.param(b"a\rb\r\nc\n\x0c\x00", b"a\rb\r\nd\n\x0c\x00", id="mixed line ends and odd bytes"),
        pytest.param(b"x" * 10_000_000, b"y" + b"x" * 9_999_999, id="ten megabytes"),
    ],
)
def test_bytes_land_and_come_back(
    root: Path, landing: FileLanding, land: Land, before: bytes, after: bytes
) -> None:
    (root / "job.py").write_bytes(before)
    land("r", {"job.py": after})
    assert (root / "job.py").read_bytes() == after
    assert landing.revert("r") == ("job.py",)
    assert (root / "job.py").read_bytes() == before


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.binary(max_size=300),
    span=st.tuples(st.integers(0, 300), st.integers(0, 300)),
    text=st.binary(max_size=20),
    mode=st.sampled_from([0o600, 0o644, 0o755, 0o664, 0o2755]),
)
def test_only_the_edit_changes(
    root: Path, landing: FileLanding, data: bytes, span: tuple[int, int], text: bytes, mode: int
) -> None:
    start, end = sorted(min(place, len(data)) for place in span)
    (root / "job.py").write_bytes(data)
    (root / "job.py").chmod(mode)
    before = landing.read(["job.py"])
    after = before.apply(Patch({"job.py": (Edit(Span(start, end), text),)}))
    landing.land(f"r{os.urandom(8).hex()}", before, after, lambda: True)
    assert (root / "job.py").read_bytes() == data[:start] + text + data[end:]
    assert stat.S_IMODE((root / "job.py").stat().st_mode) == mode


def test_mode_owner_and_attributes_stay(root: Path, landing: FileLanding, land: Land) -> None:
    path = root / "job.py"
    path.chmod(0o755)
    os.setxattr(path, "user.note", b"mine")
    if os.geteuid() == 0:
        os.chown(path, 4242, 4343)
    before = path.stat()
    for act in (lambda: land("r", {"job.py": b"print(2)\n"}), lambda: landing.revert("r")):
        act()
        after = path.stat()
        assert (after.st_mode, after.st_uid, after.st_gid) == (before.st_mode, before.st_uid, before.st_gid)
        assert os.getxattr(path, "user.note") == b"mine"


def test_rights_that_a_folder_hands_down_are_not_added(root: Path, land: Land) -> None:
    entries = ((1, 7, 2**32 - 1), (2, 7, 4242), (4, 7, 2**32 - 1), (16, 7, 2**32 - 1), (32, 0, 2**32 - 1))
    default = struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)
    try:
        os.setxattr(root, "system.posix_acl_default", default)
    except OSError:
        pytest.skip("no access lists here")
    (root / "fresh.py").touch()
    assert os.listxattr(root / "fresh.py")
    land("r", {"job.py": b"print(2)\n"})
    assert os.listxattr(root / "job.py") == []
    assert stat.S_IMODE((root / "job.py").stat().st_mode) == 0o644


def test_a_file_on_another_disk_below_the_project(root: Path, landing: FileLanding, land: Land) -> None:
    (root / "disk").mkdir()
    try:
        subprocess.run(["mount", "-t", "tmpfs", "none", root / "disk"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no right to mount")
    try:
        (root / "disk/a.py").write_bytes(b"old")
        land("r", {"job.py": b"print(2)\n", "disk/a.py": b"new"})
        assert (root / "disk/a.py").read_bytes() == b"new"
        assert landing.revert("r") == ("disk/a.py", "job.py")
        assert [path.name for path in (root / "disk").iterdir()] == ["a.py"]
        assert not [f for f in landing.audit() if f.is_fault]
    finally:
        subprocess.run(["umount", root / "disk"], check=True)


def test_a_full_disk(root: Path, landing: FileLanding, land: Land) -> None:
    (root / "disk").mkdir()
    try:
        command = ["mount", "-t", "tmpfs", "-o", "size=64k", "none", root / "disk"]
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no right to mount")
    try:
        (root / "disk/a.py").write_bytes(b"old")
        with pytest.raises(LandingError, match=r"^disk/a\.py: No space left on device; nothing was landed$"):
            land("r", {"job.py": b"print(2)\n", "disk/a.py": b"x" * 80_000})
        assert (root / "disk/a.py").read_bytes() == b"old"
        assert (root / "job.py").read_bytes() == b"print(1)\n"
        assert [path.name for path in (root / "disk").iterdir()] == ["a.py"]
    finally:
        subprocess.run(["umount", root / "disk"], check=True)


def test_a_rejected_repair_gives_the_very_same_file_back(root: Path, land: Land) -> None:
    before = (root / "job.py").stat()
    with pytest.raises(Exception, match="oracle"):
        land("r", {"job.py": b"print(2)\n"}, accepted=False)
    after = (root / "job.py").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize("link", ["link.py", "folder/link.py", "linked/job2.py"])
def test_a_link_inside_the_project_stays_a_link(
    root: Path, landing: FileLanding, land: Land, link: str
) -> None:
    (root / "real").mkdir()
    (root / "real/job2.py").write_bytes(b"old\n")
    (root / "link.py").symlink_to("real/job2.py")
    (root / "folder").mkdir()
    (root / "folder/link.py").symlink_to(root / "real/job2.py")
    (root / "linked").symlink_to("real")
    was_link = (root / link).is_symlink()
    land("r", {link: b"new\n"})
    assert (root / "real/job2.py").read_bytes() == b"new\n"
    assert (root / link).is_symlink() == was_link
    assert (root / "linked").is_symlink()
    landing.revert("r")
    assert (root / "real/job2.py").read_bytes() == b"old\n"


def test_names_with_odd_characters(root: Path, landing: FileLanding, land: Land) -> None:
    for number, name in enumerate(["it's a job.py", "é\u4e2d.py", "-rf.py", "a\\b.py", "new\nline.py"]):
        (root / name).write_bytes(b"old")
        land(f"r{number}", {name: b"new"})
        assert (root / name).read_bytes() == b"new"
        landing.revert(f"r{number}")
        assert (root / name).read_bytes() == b"old"
