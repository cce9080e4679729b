import shutil
import subprocess
import time
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from goldseam.cli.diff import render_diff, unified_diff
from goldseam.cli.printable import printable, printable_lines


def _rendered(text: str, *, width: int = 100) -> str:
    console = Console(file=StringIO(), force_terminal=True, width=width, color_system="standard")
    with console.capture() as capture:
        console.print(render_diff(text))
    return capture.get()


def test_a_change_in_one_line() -> None:
    assert unified_diff("src/job.py", b"def f()\n    pass\n", b"def f():\n    pass\n") == (
        "--- a/src/job.py\n+++ b/src/job.py\n@@ -1,2 +1,2 @@\n-def f()\n+def f():\n     pass\n"
    )


def test_equal_bytes_have_no_diff() -> None:
    assert unified_diff("job.py", b"x", b"x") == ""


def test_a_missing_last_newline_is_said() -> None:
    assert unified_diff("a", b"x", b"y\n").endswith("-x\n\\ No newline at end of file\n+y\n")


def test_latin_1_is_readable() -> None:
    assert "+name = 'Zoë'" in unified_diff("a", b"name = 'Zo'\n", b"name = 'Zo\xeb'\n")


def test_old_mac_line_ends_are_lines() -> None:
    assert unified_diff("a", b"one\rtwo\r", b"one\r2\r").splitlines()[-2:] == ["-two", "+2"]


def test_a_path_cannot_break_the_header() -> None:
    first = unified_diff("a\n+++ b/x\x1b[31m", b"1\n", b"2\n").splitlines()[0]
    assert first == "--- a/a\\n+++ b/x\\x1b[31m"


def test_a_form_feed_ends_no_line() -> None:
    diff = unified_diff("a", b"a\x0cb\xe2\x80\xa8c\nd\n", b"a\x0cb\xe2\x80\xa8c\ne\n")
    assert " a\x0cb\u2028c\n" in diff


@pytest.mark.skipif(not shutil.which("patch"), reason="needs patch")
@settings(max_examples=40, deadline=None)
@given(
    before=st.lists(st.sampled_from([b"a\n", b"b\r\n", b"\n", b"c \n", b"\xc3\xab\n"])).map(b"".join),
    after=st.lists(st.sampled_from([b"a\n", b"b\r\n", b"\n", b"c \n", b"last"]), min_size=1).map(b"".join),
)
def test_patch_understands_it(tmp_path_factory: pytest.TempPathFactory, before: bytes, after: bytes) -> None:
    if before == after:
        return
    file = tmp_path_factory.mktemp("patch") / "file"
    file.write_bytes(before)
    diff = unified_diff("file", before, after).encode()
    subprocess.run(
        ["patch", "--binary", "-s", "-p1"], cwd=file.parent, input=diff, check=True, capture_output=True
    )
    assert file.read_bytes() == after


def test_the_rendered_diff_is_coloured() -> None:
    shown = _rendered(unified_diff("a", b"old\n", b"new\n"))
    assert "\x1b[91;49m-old" in shown
    assert "\x1b[92;49m+new" in shown


def test_control_characters_in_code_do_not_reach_the_terminal() -> None:
    shown = _rendered(unified_diff("a", b"1\n", "x\x1b]0;owned\x07\u202e [red]y\n".encode()))
    assert "\\x1b]0;owned\\x07\\u202e [red]y" in shown
    assert "\x1b]" not in shown
    assert "\u202e" not in shown


def test_line_ends_show_only_where_they_are_mixed() -> None:
    assert "\\r" not in _rendered(unified_diff("a", b"1\r\n2\r\n", b"1\r\n3\r\n"))
    assert "+1\\r" in _rendered(unified_diff("a", b"1\n", b"1\r\n"))


@given(st.text())
def test_printable_text_is_one_harmless_line(text: str) -> None:
    shown = printable(text)
    shown.encode()
    assert all(character == " " or character.isprintable() or ord(character) >= 0xA0 for character in shown)
    assert len(shown.splitlines()) <= 1


def test_printable_keeps_letters_and_names_the_rest() -> None:
    assert printable("Zoë 🦊\t\x00\x9b\udcff") == "Zoë 🦊\\t\\x00\\x9b\\udcff"
    assert printable_lines("a\r\n\tb\x1b") == "a\n\tb\\x1b"


def test_a_large_file_is_quick() -> None:
    lines = [b"value_%d = compute(%d)\n" % (n, n) for n in range(40_000)]
    after = [*lines[:20_000], b"changed\n", *lines[20_001:]]
    start = time.perf_counter()
    diff = unified_diff("a", b"".join(lines), b"".join(after))
    assert time.perf_counter() - start < 5
    assert len(diff.splitlines()) == 11
