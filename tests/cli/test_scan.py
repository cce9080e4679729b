"""`goldseam scan` on trees."""

import os
from pathlib import Path

import pytest

pytestmark = pytest.mark.sandbox


def test_every_file_that_does_not_parse_is_listed(work):
    work.write("a.py", "x = 1\n")
    work.write("src/deep/b.py", "def f()\n    pass\n")
    work.write("src/c.py", "print('open\n")
    work.write("notes.txt", "def f(\n")
    ended = work.run("scan")
    assert ended.code == 1
    assert ended.out.splitlines() == [
        "src/c.py:1:7  SYN.UNTERMINATED_STRING  unterminated string literal (detected at line 1)",
        "src/deep/b.py:1:8  SYN.MISSING_COLON  expected ':'",
    ]
    assert ended.err == "3 files, 2 do not parse\n"


def test_the_document_names_paths_of_the_project_from_wherever_it_is_called(work):
    work.write("src/deep/b.py", "def f()\n    pass\n")
    for arguments, cwd in [
        ((), work.root / "src/deep"),
        (("src",), work.root),
        (("b.py",), work.root / "src/deep"),
    ]:
        code, document = work.json("scan", *arguments, cwd=cwd)
        (result,) = document["results"]
        assert (code, result["path"], result["outcome"]) == (1, "src/deep/b.py", "faulty")
        assert [(f["code"], f["line"], f["column"]) for f in result["faults"]] == [
            ("SYN.MISSING_COLON", 1, 8)
        ]
        assert result["suspicions"] == []


def test_a_healthy_tree(work):
    work.write("a.py", "x = 1\n")
    assert work.json("scan") == (0, {"schema": "goldseam/1", "results": []})
    assert not (work.root / ".goldseam").exists()


def test_what_nobody_edits_is_left_out(work):
    for folder in ("node_modules", "venv", ".hidden", "__pycache__", "own"):
        work.write(f"{folder}/b.py", "def f(\n")
    work.write("own/pyvenv.cfg", "")
    (work.root / "link.py").symlink_to("/etc/passwd")
    (work.root / "dangling.py").symlink_to("nowhere")
    (work.root / "loop").symlink_to(".")
    os.mkfifo(work.root / "pipe.py")
    assert work.json("scan") == (0, {"schema": "goldseam/1", "results": []})


ENCODED = {
    "latin-1 with cookie": (b"# coding: latin-1\nx = '\xe9'\n", 0),
    "latin-1 without cookie": (b"x = '\xe9'\n", 1),
    "mark": (b"\xef\xbb\xbfx = 1\n", 0),
    "crlf": (b"x = 1\r\nif x:\r\n    y = 2\r\n", 0),
    "unknown cookie": (b"# coding: klingon\nx = 1\n", 1),
    "empty": (b"", 0),
    "zero bytes": (b"x = 1\0\n", 1),
    "old print": (b"print 'hello'\n", 1),
    "deeply nested": (b"(" * 5000 + b")" * 5000, 1),
}


@pytest.mark.parametrize(("data", "code"), ENCODED.values(), ids=ENCODED)
def test_bytes_as_the_compiler_reads_them(work, data, code):
    work.write("a.py", data)
    assert work.json("scan", "a.py")[0] == code


def test_a_missing_folder(work):
    ended = work.run("scan", "nowhere", "--json")
    assert (ended.code, ended.err) == (2, "goldseam: nowhere: no such file or directory\n")


def test_one_broken_file_among_thousands(work):
    folder = Path(work.root, "many")
    folder.mkdir()
    for number in range(3000):
        (folder / f"f{number}.py").write_text("x = 1\n")
    work.write("many/broken.py", "def f(\n")
    code, document = work.json("scan")
    assert (code, [r["path"] for r in document["results"]]) == (1, ["many/broken.py"])
