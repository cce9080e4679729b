"""The scan's memory: what has not changed is not read, what has changed is, whatever happened to it."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from goldseam.config import load
from goldseam.core.observation import SyntaxProblem
from goldseam.core.ports import SyntaxChecker
from goldseam.detect.scope import SETTLED_NS, UNSETTLED, Stamps, folders_below
from goldseam.detect.syntax_scan import Scan, scan
from goldseam.languages.python import PYTHON
from goldseam.store.scans import SqliteSeen
from goldseam.wiring import open_checker

pytestmark = pytest.mark.sandbox


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SyntaxChecker]:
    with open_checker(load(tmp_path_factory.mktemp("none")), (PYTHON,)) as checker:
        yield checker


class Tree:
    """A folder of sources and the memory of its scans."""

    def __init__(self, folder: Path, checker: SyntaxChecker) -> None:
        self.root = folder / "tree"
        self.memory = folder / "cache" / "seen.db"
        self.checker = checker

    def write(self, name: str, text: str, *, lately: bool = False) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def scan(self, place: str = "", made_by: str = "1") -> Scan:
        seen = SqliteSeen(self.memory, made_by)
        return scan(self.root, self.root / place, (PYTHON,), self.checker, seen)


@pytest.fixture
def tree(tmp_path, checker, monkeypatch):
    monkeypatch.setattr("goldseam.detect.scope.SETTLED_NS", -SETTLED_NS)
    found = Tree(tmp_path, checker)
    for number in range(5):
        found.write(f"d{number}/ok.py", f"x = {number}\n")
    found.write("d0/bad.py", "def f(\n")
    return found


def test_what_has_not_changed_is_not_read(tree):
    first, second = tree.scan(), tree.scan()
    assert (first.files, first.read, list(first.broken)) == (6, 6, ["d0/bad.py"])
    assert (second.files, second.read) == (6, 0)
    assert second.broken == first.broken


def test_a_change_that_keeps_size_and_time_is_seen(tree):
    tree.scan()
    path = tree.root / "d1/ok.py"
    before = path.stat()
    path.write_text("x (= 1"[: before.st_size])
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    found = tree.scan()
    assert (found.read, list(found.broken)) == (1, ["d0/bad.py", "d1/ok.py"])


def test_what_was_mended_or_is_gone_is_told_no_more(tree):
    tree.scan()
    tree.write("d0/bad.py", "def f(): pass\n")
    (tree.root / "d4/ok.py").unlink()
    found = tree.scan()
    assert (found.files, found.read, found.broken) == (5, 1, {})
    folders, broken = SqliteSeen(tree.memory, "1").recall()
    assert (str(tree.root / "d3") in folders, str(tree.root / "d4") in folders, broken) == (True, False, {})


def test_a_replaced_file_and_a_new_one_are_read(tree):
    tree.scan()
    (tree.root / "d2/ok.py").replace(tree.root / "d3/ok.py")
    tree.write("d2/new.py", "y = (\n")
    found = tree.scan()
    assert (found.read, list(found.broken)) == (2, ["d0/bad.py", "d2/new.py"])


def test_a_part_of_the_project_does_not_forget_the_rest(tree):
    tree.scan()
    assert (tree.scan("d1").files, tree.scan("d1").read) == (1, 0)
    assert tree.scan().read == 0


def test_other_checkers_begin_anew(tree):
    tree.scan(made_by="1")
    assert tree.scan(made_by="2").read == 6
    assert tree.scan(made_by="2").read == 0


@pytest.mark.parametrize("damage", [b"", b"not a database", b"SQLite format 3\0" + b"x" * 5000])
def test_a_damaged_memory_costs_a_whole_scan_and_no_more(tree, damage):
    tree.scan()
    for path in tree.memory.parent.iterdir():
        path.unlink()
    tree.memory.write_bytes(damage)
    assert tree.scan().read == 6
    assert tree.scan().read in (0, 6)
    assert tree.scan().read == 0


def test_without_a_place_for_it_nothing_is_remembered_and_nothing_fails(tree):
    tree.memory.parent.write_text("in the way")
    assert tree.scan().read == 6
    assert tree.scan().read == 6


def test_a_file_changed_this_moment_is_not_trusted(tmp_path):
    (tmp_path / "a.py").write_text("x = 1\n")
    assert folders_below(tmp_path, (PYTHON,))[str(tmp_path)].as_dict() == {"a.py": UNSETTLED}
    time.sleep(SETTLED_NS / 1e9 + 0.1)
    (stamp,) = folders_below(tmp_path, (PYTHON,))[str(tmp_path)].stamps
    assert stamp != UNSETTLED


def test_a_file_that_kills_its_checker_is_told_and_the_others_are_checked(tree, checker):
    deep = "x = " + "(" * 90 + ")" * 90 + "\n" + "-" * 3_000_000 + "1\n"
    sources = [("a.py", b"x = 1\n"), ("deep.py", deep.encode()), ("b.py", b"def f(\n")]
    found = {path: problem for path, _, problem in checker.check_all(sources)}
    assert found["a.py"] is None
    assert isinstance(found["deep.py"], SyntaxProblem)
    assert found["b.py"] is not None
    assert "never closed" in found["b.py"].message


def test_a_file_that_is_broken_and_unsettled_is_told_each_time(tmp_path, checker):
    late = Tree(tmp_path, checker)
    late.write("a.py", "def f(\n")
    for _ in range(2):
        found = late.scan()
        assert (found.read, list(found.broken)) == (1, ["a.py"])


def test_names_that_are_no_text_are_remembered(tree):
    tree.write(os.fsdecode(b"\xff/\xfe.py"), "def f(\n")
    assert len(tree.scan().broken) == 2
    assert tree.scan().read == 0


def test_one_of_two_broken_files_that_is_gone_is_told_no_more(tree):
    tree.write("d0/worse.py", "x = (\n")
    assert list(tree.scan().broken) == ["d0/bad.py", "d0/worse.py"]
    (tree.root / "d0/bad.py").unlink()
    assert list(tree.scan().broken) == ["d0/worse.py"]
    assert list(tree.scan().broken) == ["d0/worse.py"]


def test_a_named_file_is_read_and_forgets_nothing(tree):
    tree.scan()
    assert (tree.scan("d0/bad.py").read, list(tree.scan("d0/bad.py").broken)) == (1, ["d0/bad.py"])
    assert list(tree.scan().broken) == ["d0/bad.py"]


@pytest.mark.parametrize("kept", [b"", b"a.py", b"a.py//1234567", b"//12345678", b"\xff//" + b"x" * 16])
def test_stamps_that_never_were_are_none(kept):
    assert Stamps.of(kept).as_dict() == {}
