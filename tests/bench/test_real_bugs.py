"""Real bugs between releases: what is compared, what is put back, what is held back, without the network."""

import io
import sys
import tarfile
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))

import real_bugs
from bug_sets import unseen, wrongs
from releases import changed, is_test_module, places, project, with_functions_of, without_functions

OLDER = '''"""Text."""


def cut(text, width):
    """Old words."""
    return text[:width]


class Line:
    @property
    def size(self):
        return len(self.text) + 1

    def show(self):  # as it is
        return self.text
'''
NEWER = '''"""Text."""
import re


def cut(text, width):
    """New words."""
    return text[:width]


class Line:
    @property
    def size(self):
        # without the end
        return len(self.text)

    def show(self):
        return self.text

    def words(self):
        return re.findall("[a-z]+", self.text)
'''


def test_changed_functions():
    assert places(NEWER) == {
        "cut": (5, 7),
        "Line.size": (11, 14),
        "Line.show": (16, 17),
        "Line.words": (19, 20),
    }
    assert changed(OLDER, NEWER) == ["Line.size"]
    assert changed(NEWER, NEWER) == []
    assert changed("def f(:", NEWER) == []


def test_functions_put_back():
    text = with_functions_of(OLDER, NEWER, ["Line.size", "cut"])
    assert changed(OLDER, text) == []
    assert '"""Old words."""' in text
    assert "findall" in text
    assert text.count("@property") == 1


def test_functions_taken_out():
    text = without_functions(NEWER, ["cut", "Line.size"])
    assert places(text).keys() == {"Line.show", "Line.words"}
    assert places(without_functions("class A:\n    def f(self):\n        return 1\n", ["A.f"])) == {}


@pytest.mark.parametrize(
    ("path", "is_one"),
    [("tests/test_a.py", True), ("a/tests/data.py", False), ("test_a.py", True), ("a/testing.py", False)],
)
def test_test_modules(path, is_one):
    assert is_test_module(path) is is_one


def release(cache, version, **files):
    folder = cache / "releases" / f"lines-{version}"
    folder.mkdir(parents=True)
    with tarfile.open(folder / f"lines-{version}.tar.gz", "w:gz") as tar:
        for path, text in {
            "PKG-INFO": f"Name: lines\nVersion: {version}\n",
            "setup.cfg": "[x]",
            **files,
        }.items():
            info = tarfile.TarInfo(f"lines-{version}/{path}")
            info.size = len(text.encode())
            tar.addfile(info, io.BytesIO(text.encode()))
    return folder / f"lines-{version}.tar.gz"


@pytest.fixture
def cache(tmp_path):
    always = "from lines import cut\n\n\ndef test_cut():\n    assert cut('abc', 2) == 'ab'\n"
    one = "\n\ndef test_size_of_{0}():\n    line = Line()\n    line.text = {0} * 'x'\n"
    one += "    assert line.size == {0}\n"
    new = one.format(1) + one.format(2)
    shown = always.replace("import cut", "import Line, cut") + new
    release(tmp_path, "1.0", **{"src/lines/__init__.py": OLDER, "tests/test_lines.py": always})
    release(
        tmp_path, "1.1", **{"src/lines/__init__.py": NEWER, "tests/test_lines.py": shown, "docs/a.py": "x"}
    )
    return tmp_path


def test_project(cache):
    archive = next((cache / "releases" / "lines-1.1").iterdir())
    files = project(archive, "lines", "1.1")
    assert files.keys() == {"lines/__init__.py", "tests/test_lines.py", "lines-1.1.dist-info/METADATA"}


@pytest.mark.sandbox
def test_a_bug_between_releases(cache):
    [found] = real_bugs.bugs_between("lines", "1.0", "1.1", cache)
    assert (found.path, found.functions, found.is_whole) == ("lines/__init__.py", ["Line.size"], True)
    assert found.failing == ["tests/test_lines.py::test_size_of_1", "tests/test_lines.py::test_size_of_2"]
    bug = real_bugs.bug_of(found, cache)
    assert b"test_size_of_1" in bug.files["tests/test_lines.py"]
    assert b"test_size_of_2" not in bug.files["tests/test_lines.py"]
    assert b"test_size_of_2" in bug.held_back["tests/test_lines.py"]
    assert wrongs(bug) == []
    assert unseen(bug) == []


@pytest.mark.sandbox
def test_no_bug_where_tests_do_not_tell(cache):
    for version in ("1.1", "1.0"):
        archive = next((cache / "releases" / f"lines-{version}").iterdir())
        archive.rename(archive.with_name("was.tar.gz"))
    (cache / "releases" / "lines-1.0" / "was.tar.gz").rename(cache / "releases" / "lines-1.1" / "is.tar.gz")
    (cache / "releases" / "lines-1.1" / "was.tar.gz").rename(cache / "releases" / "lines-1.0" / "is.tar.gz")
    assert list(real_bugs.bugs_between("lines", "1.0", "1.1", cache)) == []


@pytest.mark.sandbox
def test_a_run_that_does_not_end_tells_nothing(monkeypatch):
    monkeypatch.setattr("bug_sets.SECONDS", 1.0)
    with pytest.raises(TimeoutError, match="sleep 60"):
        real_bugs.results({"a.py": b""}, "sleep 60")


def test_what_is_known_is_not_looked_for_again(tmp_path, monkeypatch):
    monkeypatch.setattr(real_bugs, "PACKAGES", {"lines": "1.0 1.1 1.2"})
    (tmp_path / "found.json").write_text('{"lines 1.0 1.1": [], "lines 1.1 1.2": []}')
    assert list(real_bugs.search(tmp_path, 5, ())) == []
