"""What is never written, and why; nothing is created for it."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from goldseam.core.errors import Changed, LandingError, Refused
from goldseam.core.source import Snapshot
from goldseam.land.effects import Effects, Place
from goldseam.land.landing import FileLanding
from goldseam.store.journal import SqliteJournal

Land = Callable[..., Snapshot]


def _hard_link(path: Path) -> None:
    path.write_text("x")
    os.link(path, path.with_name("twin.py"))


def _read_only(path: Path) -> None:
    path.write_text("x")
    path.chmod(0o444)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as opened:
        opened.bind(str(path))


MAKERS: dict[str, tuple[Callable[[Path], object], str]] = {
    "hard link": (_hard_link, "2 hard links"),
    "read-only": (_read_only, "read-only"),
    "folder": (Path.mkdir, "a folder"),
    "pipe": (os.mkfifo, "a pipe"),
    "socket": (_socket, "a socket"),
    "link out": (lambda path: path.symlink_to("/etc/passwd"), "outside the project"),
    "link to itself": (lambda path: path.symlink_to(path.name), "cannot be reached"),
    "dangling link": (lambda path: path.symlink_to("nowhere.py"), "does not exist"),
    "link to a protected file": (lambda path: path.symlink_to("conftest.py"), "never edited"),
    "missing": (lambda path: None, "does not exist"),
}


@pytest.mark.parametrize("kind", MAKERS)
def test_kinds_of_files(root: Path, landing: FileLanding, kind: str) -> None:
    make, reason = MAKERS[kind]
    (root / "conftest.py").write_text("")
    make(root / "odd.py")
    with pytest.raises(Refused, match=reason):
        landing.read(["odd.py"])
    with pytest.raises(LandingError):
        landing.land("r", Snapshot({"odd.py": b"x"}), Snapshot({"odd.py": b"y"}), lambda: True)
    assert not (root / ".goldseam").exists()


def test_a_device(root: Path, landing: FileLanding) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root makes devices")
    os.mknod(root / "null.py", 0o600 | 0o020000, os.makedev(1, 3))
    with pytest.raises(Refused, match="a device"):
        landing.read(["null.py"])


@pytest.mark.parametrize(
    "path",
    ["../out.py", "a/../job.py", "/etc/x.py", "./job.py", "a//b.py", "", ".", "job.py/", "nul\0.py"],
)
def test_paths_that_are_no_plain_paths(root: Path, landing: FileLanding, path: str) -> None:
    with pytest.raises(Refused, match="plain path"):
        landing.read([path])


@pytest.mark.parametrize(
    "path",
    [
        *(
            ".git/hooks.py",
            ".GIT/hooks.py",
            "sub/.git/x.py",
            ".goldseam/x.py",
            ".GoldSeam/x.py",
            ".git./x.py",
        ),
        *(".g\u200cit/x.py", "\uff0egit/x.py"),
    ],
)
def test_own_folders_in_any_spelling(root: Path, landing: FileLanding, path: str) -> None:
    (root / path).parent.mkdir(parents=True)
    (root / path).write_text("x")
    with pytest.raises(Refused, match="own state"):
        landing.read([path])


def test_a_link_into_own_folders(root: Path, landing: FileLanding) -> None:
    (root / ".git").mkdir()
    (root / ".git/x.py").write_text("x")
    (root / "ours").symlink_to(".git")
    with pytest.raises(Refused, match="version control"):
        landing.read(["ours/x.py"])


def test_one_file_under_two_names(root: Path, landing: FileLanding) -> None:
    (root / "link.py").symlink_to("job.py")
    with pytest.raises(Refused, match="same file"):
        landing.read(["job.py", "link.py"])


class CaselessDisk(Effects):
    """Finds files as a disk does that ignores case."""

    def status(self, place: Place) -> os.stat_result:
        return super().status(self._found(place))

    def read(self, place: Place) -> tuple[bytes, os.stat_result]:
        return super().read(self._found(place))

    def xattrs(self, place: Place) -> dict[str, bytes]:
        return super().xattrs(self._found(place))

    def _found(self, place: Place) -> Place:
        names = self.names(place.folder, place.label)
        return place.beside(next((n for n in names if n.casefold() == place.name.casefold()), place.name))


def test_another_spelling_on_a_disk_that_ignores_case(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "Job2.py").write_bytes(b"x")
    landing = FileLanding(root, SqliteJournal, effects=CaselessDisk())
    assert landing.read(["Job2.py"]).files == {"Job2.py": b"x"}
    monkeypatch.setattr(Path, "resolve", lambda self, strict=False: self)
    with pytest.raises(Refused, match="spelled otherwise"):
        landing.read(["job2.PY"])


def test_rights_that_are_missing(root: Path, landing: FileLanding) -> None:
    folder = root / "locked"
    folder.mkdir()
    (folder / "job.py").write_text("x")
    (root / "secret.py").write_text("x")
    (root / "secret.py").chmod(0o200)
    root.parent.chmod(0o755)
    for path in (root.parent.parent, root.parent.parent.parent):
        path.chmod(0o755)
    if os.geteuid() == 0:
        for path in (root, root / "secret.py", folder / "job.py"):
            os.chown(path, 4242, 4242)
    else:
        folder.chmod(0o555)

    def act() -> None:
        with pytest.raises(Refused, match="may not be read"):
            landing.read(["secret.py"])
        with pytest.raises(Refused, match=r"folder of locked/job\.py is not writable"):
            landing.read(["locked/job.py"])
        if os.geteuid() == 4242:
            with pytest.raises(Refused, match="belongs to user 0"):
                landing.read(["job.py"])

    unprivileged(act)


def test_a_protected_file_is_not_landed(root: Path, landing: FileLanding) -> None:
    (root / "conftest.py").write_bytes(b"x")
    with pytest.raises(Refused, match="never edited: a test"):
        landing.land("r", Snapshot({"conftest.py": b"x"}), Snapshot({"conftest.py": b"y"}), lambda: True)
    assert (root / "conftest.py").read_bytes() == b"x"
    assert not (root / ".goldseam").exists()


def test_an_edit_before_landing(root: Path, landing: FileLanding) -> None:
    before = landing.read(["job.py"])
    (root / "job.py").write_bytes(b"mine\n")
    with pytest.raises(Changed, match=r"job\.py was edited"):
        landing.land("r", before, Snapshot({"job.py": b"print(2)\n"}), lambda: True)
    (root / "job.py").unlink()
    with pytest.raises(Changed, match=r"job\.py was moved or deleted"):
        landing.land("r", before, Snapshot({"job.py": b"print(2)\n"}), lambda: True)
    assert not (root / ".goldseam").exists()


def test_a_repair_creates_no_file(landing: FileLanding) -> None:
    before = landing.read(["job.py"])
    with pytest.raises(Refused, match=r"new\.py was not read"):
        landing.land("r", before, Snapshot({"new.py": b""}), lambda: True)


def test_a_stop_file_halts_landing(root: Path, landing: FileLanding, land: Land) -> None:
    land("r1", {"job.py": b"print(2)\n"})
    (root / ".goldseam/STOP").touch()
    with pytest.raises(LandingError, match="halted"):
        land("r2", {"job.py": b"print(3)\n"})
    assert landing.revert("r1") == ("job.py",)


def unprivileged(act: Callable[[], None], user: int = 4242) -> None:
    """Run `act` in a child process as a user without rights; assertion errors fail the caller."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setgid(user)
                os.setuid(user)
            act()
            code = 0
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
