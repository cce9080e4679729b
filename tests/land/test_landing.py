"""Landing, reverting, recovering, auditing and expiring, seen from outside."""

import os
import signal
import stat
import subprocess
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from goldseam.core.errors import Changed, LandingError, Refused, StoreError, Unproven
from goldseam.core.journal import FileIntent, Kind, State
from goldseam.core.source import Snapshot, sha256
from goldseam.land.effects import Effects, Step
from goldseam.land.landing import FULL, UNTRIED, FileLanding
from goldseam.store.journal import SqliteJournal

Land = Callable[..., Snapshot]
NEW = {"job.py": b"print(2)\n"}


def tree_of(root: Path) -> dict[str, bytes]:
    """Every file below `root` outside the state folder."""
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and ".goldseam" not in path.parts
    }


def test_reading_and_asking_write_nothing(root: Path, landing: FileLanding) -> None:
    landing.read(["job.py"])
    assert landing.recover() == []
    assert landing.audit() == ()
    assert landing.expire() == []
    assert landing.guarantee() == UNTRIED
    with pytest.raises(LandingError, match="nothing has landed"):
        landing.revert("r")
    assert [path.name for path in root.iterdir()] == ["job.py"]


def test_the_state_folder_is_private_and_ignored(root: Path, land: Land) -> None:
    land("r", NEW)
    state = root / ".goldseam"
    assert stat.S_IMODE(state.stat().st_mode) == 0o700
    assert (state / ".gitignore").read_text() == "*\n"
    subprocess.run(["git", "init", "-q", root], check=True)
    status = subprocess.run(
        ["git", "-C", root, "status", "--porcelain", "-uall"], check=True, capture_output=True, text=True
    )
    assert status.stdout == "?? job.py\n"


def test_confirm_sees_the_repaired_files_and_no_open_journal(root: Path, landing: FileLanding) -> None:
    def confirm() -> bool:
        other = SqliteJournal(root / ".goldseam/journal.db")
        (entry,) = other.entries()
        other.begin("someone", Kind.LAND, datetime.now(UTC), ())
        other.close()
        return entry.state is State.APPLIED and (root / "job.py").read_bytes() == NEW["job.py"]

    landing.land("r", landing.read(["job.py"]), Snapshot(NEW), confirm)
    assert (root / "job.py").read_bytes() == NEW["job.py"]


def test_a_repair_of_several_files_is_rejected_whole(root: Path, land: Land) -> None:
    (root / "sub").mkdir()
    (root / "sub/b.py").write_bytes(b"b")
    before = tree_of(root)
    with pytest.raises(Unproven):
        land("r", {**NEW, "sub/b.py": b"c"}, accepted=False)
    assert tree_of(root) == before


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, GeneratorExit, ZeroDivisionError, OSError])
def test_what_leaves_confirm_undoes_and_goes_on(
    root: Path, landing: FileLanding, error: type[BaseException]
) -> None:
    def confirm() -> bool:
        raise error("out")

    with pytest.raises(error, match="out"):
        landing.land("r", landing.read(["job.py"]), Snapshot(NEW), confirm)
    assert tree_of(root) == {"job.py": b"print(1)\n"}
    assert not [f for f in landing.audit() if f.is_fault]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_during_confirm_undoes(root: Path, landing: FileLanding, number: int) -> None:
    def confirm() -> bool:
        os.kill(os.getpid(), number)
        time.sleep(5)
        return True

    expected = KeyboardInterrupt if number == signal.SIGINT else SystemExit
    before = signal.getsignal(number)
    with pytest.raises(expected):
        landing.land("r", landing.read(["job.py"]), Snapshot(NEW), confirm)
    assert tree_of(root) == {"job.py": b"print(1)\n"}
    assert signal.getsignal(number) == before


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_at_any_step_leaves_one_side_or_the_other(root: Path, number: int) -> None:
    steps: list[Step] = []

    def landed_with_signal_at(at: int) -> bytes:
        def around(step: Step, action: Callable[[], object], /) -> object:
            steps.append(step)
            if step.number == at:
                os.kill(os.getpid(), number)
            return action()

        landing = FileLanding(root, SqliteJournal, effects=Effects(around))
        (root / "job.py").write_bytes(b"print(1)\n")
        landing.land(f"r{at}", Snapshot({"job.py": b"print(1)\n"}), Snapshot(NEW), lambda: True)
        return (root / "job.py").read_bytes()

    landed_with_signal_at(0)
    steps.clear()
    landed_with_signal_at(-1)
    judged = next(step.number for step in steps if step.name == "journal applied")
    for at in range(1, len(steps) + 1):
        with pytest.raises((KeyboardInterrupt, SystemExit)):
            landed_with_signal_at(at)
        assert (root / "job.py").read_bytes() == (NEW["job.py"] if at > judged else b"print(1)\n"), at
    assert not [f for f in FileLanding(root, SqliteJournal).audit() if f.is_fault]


def test_a_signal_in_another_thread_s_landing_does_not_disturb_it(root: Path, landing: FileLanding) -> None:
    def confirm() -> bool:
        signal.raise_signal(signal.SIGURG)
        return True

    thread = threading.Thread(
        target=lambda: landing.land("r", landing.read(["job.py"]), Snapshot(NEW), confirm)
    )
    thread.start()
    thread.join()
    assert tree_of(root) == NEW


def test_a_second_process_is_turned_away(root: Path, landing: FileLanding, land: Land) -> None:
    land("r0", {"job.py": b"print(1.5)\n"})

    def confirm() -> bool:
        for act in (lambda: land("r2", {"job.py": b"x"}), landing.recover, landing.expire, landing.audit):
            with pytest.raises(LandingError, match=rf"another goldseam .*pid {os.getpid()}"):
                act()
        return True

    landing.land("r1", landing.read(["job.py"]), Snapshot(NEW), confirm)
    land("r3", {"job.py": b"print(3)\n"})


def test_landing_twice_is_free(root: Path, landing: FileLanding) -> None:
    before = landing.read(["job.py"])
    landing.land("r", before, Snapshot(NEW), lambda: True)
    landing.land("r", before, Snapshot(NEW), lambda: pytest.fail("judged again"))
    assert tree_of(root) == NEW
    with pytest.raises(LandingError, match="another repair"):
        landing.land("r", landing.read(["job.py"]), Snapshot({"job.py": b"z"}), lambda: True)
    landing.revert("r")
    with pytest.raises(LandingError, match="was reverted"):
        landing.land("r", before, Snapshot(NEW), lambda: True)


def test_a_rejected_repair_may_land_later(root: Path, land: Land) -> None:
    with pytest.raises(Unproven):
        land("r", NEW, accepted=False)
    land("r", NEW)
    assert tree_of(root) == NEW


def test_reverting(root: Path, landing: FileLanding, land: Land) -> None:
    land("r1", NEW)
    with pytest.raises(LandingError, match="no repair r9"):
        landing.revert("r9")
    (root / "job.py").write_bytes(b"mine\n")
    with pytest.raises(Changed, match="--force"):
        landing.revert("r1")
    assert (root / "job.py").read_bytes() == b"mine\n"
    assert landing.revert("r1", force=True) == ("job.py",)
    assert tree_of(root) == {"job.py": b"print(1)\n"}
    assert (root / ".goldseam/blobs" / sha256(b"mine\n")).read_bytes() == b"mine\n"
    with pytest.raises(LandingError, match="reverted already"):
        landing.revert("r1")


def test_reverting_several_files_is_all_or_none(root: Path, landing: FileLanding, land: Land) -> None:
    (root / "b.py").write_bytes(b"b")
    land("r", {**NEW, "b.py": b"c"})
    (root / "b.py").write_bytes(b"mine")
    with pytest.raises(Changed):
        landing.revert("r")
    assert tree_of(root) == {**NEW, "b.py": b"mine"}
    (root / "b.py").write_bytes(b"b")
    assert landing.revert("r") == ("job.py",)


def test_reverting_a_deleted_file_names_the_backup(root: Path, landing: FileLanding, land: Land) -> None:
    land("r", NEW)
    (root / "job.py").unlink()
    with pytest.raises(Refused, match=sha256(b"print(1)\n")):
        landing.revert("r", force=True)


def test_the_journal_tells_a_shell_how_to_undo(root: Path, land: Land) -> None:
    (root / "it's.py").write_bytes(b"old")
    land("r", {**NEW, "it's.py": b"new"})
    rows = subprocess.run(
        [
            "python3",
            "-c",
            "import sqlite3; [print(r[0]) for r in"
            " sqlite3.connect('.goldseam/journal.db').execute('select command from undo')]",
        ],
        check=True,
        capture_output=True,
        text=True,
        cwd=root,
    )
    subprocess.run(["sh", "-e"], input=rows.stdout, check=True, text=True, cwd=root)
    assert tree_of(root) == {"job.py": b"print(1)\n", "it's.py": b"old"}


def test_a_vanished_folder_during_confirm(root: Path, landing: FileLanding) -> None:
    (root / "sub").mkdir()
    (root / "sub/a.py").write_bytes(b"a")
    before = landing.read(["job.py", "sub/a.py"])

    def confirm() -> bool:
        for path in (root / "sub").iterdir():
            path.unlink()
        (root / "sub").rmdir()
        return True

    with pytest.raises(Changed):
        landing.land("r", before, Snapshot({**NEW, "sub/a.py": b"b"}), confirm)
    assert tree_of(root) == {"job.py": b"print(1)\n"}
    assert not [f for f in landing.audit() if f.is_fault]


def test_a_link_put_in_place_of_a_folder_after_a_crash_is_not_followed(
    root: Path, landing: FileLanding, tmp_path: Path
) -> None:
    (root / "sub").mkdir()
    (root / "sub/a.py").write_bytes(b"a")
    _crash_in_confirm(landing, {"sub/a.py": b"b"})
    (root / "sub").rename(tmp_path / "elsewhere")
    (root / "sub").symlink_to(tmp_path / "elsewhere")
    (done,) = landing.recover()
    assert done.state is State.DONE_CONFLICT
    assert (tmp_path / "elsewhere/a.py").read_bytes() == b"b"


def test_temps_that_somebody_cleaned_away_after_a_crash(root: Path, landing: FileLanding) -> None:
    _crash_in_confirm(landing, NEW)
    for path in root.glob(".goldseam-*"):
        path.unlink()
    assert (root / "job.py").read_bytes() == NEW["job.py"]
    (done,) = landing.recover()
    assert done.state is State.DONE_REVERTED
    assert tree_of(root) == {"job.py": b"print(1)\n"}


def test_a_mode_given_during_confirm_stays_with_the_file(root: Path, landing: FileLanding) -> None:
    def confirm() -> bool:
        (root / "job.py").chmod(0o755)
        return False

    with pytest.raises(Unproven):
        landing.land("r", landing.read(["job.py"]), Snapshot(NEW), confirm)
    assert stat.S_IMODE((root / "job.py").stat().st_mode) == 0o755


def test_the_next_landing_settles_a_crash_first(root: Path, landing: FileLanding, land: Land) -> None:
    _crash_in_confirm(landing, NEW)
    assert [f.message for f in landing.audit() if f.is_fault]
    with pytest.raises(Changed):
        landing.land("r2", Snapshot(NEW), Snapshot({"job.py": b"print(3)\n"}), lambda: True)
    assert tree_of(root) == {"job.py": b"print(1)\n"}


@pytest.mark.parametrize(
    ("real", "temp"),
    [
        ("../victim.py", "../.goldseam-x-0.tmp"),
        ("sub/job.py", ".goldseam-x-0.tmp"),
        ("job.py", "precious.py"),
        (".git/config", ".git/.goldseam-x-0.tmp"),
    ],
)
def test_a_forged_journal_is_not_followed(
    root: Path, landing: FileLanding, land: Land, real: str, temp: str
) -> None:
    land("r", NEW)
    (root.parent / "victim.py").write_bytes(NEW["job.py"])
    (root / "precious.py").write_bytes(b"precious")
    journal = SqliteJournal(root / ".goldseam/journal.db")
    forged = FileIntent(real, real, sha256(b"print(1)\n"), sha256(NEW["job.py"]), temp, 0o644)
    journal.begin("forged", Kind.LAND, datetime.now(UTC), [forged])
    journal.close()
    (done,) = landing.recover()
    assert done.trouble
    assert (root.parent / "victim.py").read_bytes() == NEW["job.py"]
    assert (root / "precious.py").read_bytes() == b"precious"


def test_a_state_folder_that_is_a_link_is_refused(root: Path, land: Land, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (root / ".goldseam").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(LandingError, match="is a link"):
        land("r", NEW)
    assert not [*(tmp_path / "elsewhere").iterdir()]


def test_a_journal_that_is_a_link_is_refused(
    root: Path, landing: FileLanding, land: Land, tmp_path: Path
) -> None:
    (tmp_path / "empty").touch()
    (root / ".goldseam").mkdir()
    (root / ".goldseam/journal.db").symlink_to(tmp_path / "empty")
    with pytest.raises(LandingError, match="is a link"):
        land("r", NEW)
    assert (tmp_path / "empty").read_bytes() == b""
    assert tree_of(root) == {"job.py": b"print(1)\n"}


def test_a_damaged_journal_and_one_from_the_future(root: Path, land: Land, tmp_path: Path) -> None:
    land("r", NEW)
    journal = SqliteJournal(root / ".goldseam/journal.db")
    journal._db.execute("PRAGMA user_version = 9")
    journal.close()
    with pytest.raises(LandingError, match="newer goldseam"):
        land("r2", {"job.py": b"x"})
    (root / ".goldseam/journal.db").write_bytes(b"no database" * 1000)
    with pytest.raises(LandingError, match="move the file away"):
        land("r2", {"job.py": b"x"})
    assert tree_of(root) == NEW


def test_the_journal_is_as_durable_as_sqlite_can_be(tmp_path: Path) -> None:
    journal = SqliteJournal(tmp_path / "journal.db")
    assert journal._db.execute("PRAGMA synchronous").fetchone() == (3,)
    assert journal._db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    journal.close()
    with pytest.raises(StoreError):
        journal.entries()


def test_what_the_audit_finds(root: Path, landing: FileLanding, land: Land) -> None:
    held = os.open(root / "job.py", os.O_RDWR)
    land("r", NEW)
    assert landing.audit() == ()
    assert landing.guarantee() == FULL
    os.write(held, b"late words of an editor")
    os.close(held)
    (root / "job.py").write_bytes(b"mine")
    blob = root / ".goldseam/blobs" / sha256(b"print(1)\n")
    blob.write_bytes(b"rot")
    (root / ".goldseam/blobs/stray").write_bytes(b"")
    (root / ".goldseam/STOP").touch()
    messages = [(f.is_fault, f.message) for f in landing.audit()]
    assert messages[0] == (True, "a backup is damaged; the repairs that need it cannot be taken back")
    assert [fault for fault, _ in messages] == [True, False, False, False, False]
    for part in ("no landing names", "still held the old file", "was edited since r", "halted"):
        assert any(part in message for _, message in messages)
    with pytest.raises(LandingError, match="damaged"):
        landing.revert("r", force=True)
    blob.unlink()
    assert "is missing" in landing.audit()[0].message


def test_backups_expire_by_age_and_count_but_never_the_last(root: Path) -> None:
    clock = [datetime(2030, 1, 1, tzinfo=UTC)]
    landing = FileLanding(root, SqliteJournal, now=lambda: clock[0])
    for number in range(4):
        before = landing.read(["job.py"])
        landing.land(f"r{number}", before, Snapshot({"job.py": b"%d" % number}), lambda: True)
        clock[0] += timedelta(days=10)
    blobs = root / ".goldseam/blobs"
    assert landing.expire() == []
    removed = landing.expire(keep_for=timedelta(days=25))
    assert sha256(b"print(1)\n") in removed
    assert "1-0" in removed
    with pytest.raises(LandingError, match="expired"):
        landing.revert("r0")
    landing.expire(keep_count=2)
    clock[0] += timedelta(days=100_000)
    landing.expire()
    assert sorted(path.name for path in blobs.iterdir()) == sorted([sha256(b"2"), sha256(b"3")])
    assert landing.revert("r3") == ("job.py",)
    assert (root / "job.py").read_bytes() == b"2"
    assert not [f for f in landing.audit() if f.is_fault]


def test_orphans_are_swept_after_a_day(root: Path, land: Land) -> None:
    land("r", NEW)
    blobs = root / ".goldseam/blobs"
    (blobs / "torn.part").write_bytes(b"x")
    (blobs / "orphan").write_bytes(b"x")
    FileLanding(root, SqliteJournal).recover()
    assert not (blobs / "torn.part").exists()
    assert (blobs / "orphan").exists()
    FileLanding(root, SqliteJournal, now=lambda: datetime.now(UTC) + timedelta(days=2)).recover()
    assert not (blobs / "orphan").exists()
    assert (blobs / sha256(b"print(1)\n")).exists()


def _crash_in_confirm(landing: FileLanding, new: dict[str, bytes]) -> None:
    before = landing.read(list(new))
    child = os.fork()
    if child == 0:
        landing.land("crashed", before, Snapshot(new), lambda: os.kill(os.getpid(), signal.SIGKILL) is None)
        os._exit(0)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
