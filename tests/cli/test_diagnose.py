"""`goldseam diagnose`: its report on any terminal, its document, its exit codes."""

import io
import os

import pytest
from rich.cells import cell_len
from rich.console import Console

from goldseam.cli.diagnosing import Examined, heal_command
from goldseam.cli.document import Result
from goldseam.cli.excerpt import cut, rows_around, shown
from goldseam.cli.incidents import Asked
from goldseam.cli.report import certainty, plan_text, print_report
from goldseam.core.diagnosis import Plan
from goldseam.core.fault import Code, Evidence, Fault
from goldseam.core.redaction import Redactor
from goldseam.core.source import Edit, Span

DATA = b"import os\ndef f(a)\n\treturn a\n"
FAULT = Fault(
    Code.SYN_MISSING_COLON,
    "job.py",
    Span(18, 18),
    "expected ':'",
    "add the colon",
    0.97,
    "function_def",
    expected=":",
    fix=(Edit(Span(18, 18), b":"),),
    evidence=(Evidence("compiler", "expected ':'"), Evidence("tokens", "a block without a colon")),
)


def printed(examined: list[Examined], width: int | None = None) -> str:
    stream = io.StringIO()
    options = {"force_terminal": True, "color_system": None, "width": width} if width else {}
    print_report(examined, "goldseam heal job.py", Console(file=stream, highlight=False, **options))
    return stream.getvalue()


def faulty(*faults: Fault, data: bytes = DATA, **more) -> Examined:
    return Examined(Result("job.py", "faulty", faults=faults, sources={"job.py": data}, **more), "it fails")


def fault_at(data: bytes, text: bytes, message: str = "m", **more) -> Fault:
    start = data.index(text)
    return Fault(Code.SYN_INVALID, "job.py", Span(start, start + len(text)), message, "h", **more)


def test_a_report_teaches():
    plan = Plan(4, 650, 45.0, threads=True)
    suspicion = Fault(
        Code.SEM_CASE_MIX, "job.py", Span(0, 3), "odd", "h", evidence=(Evidence("rule", "r"),), static=True
    )
    assert printed([faulty(FAULT, plan=plan, suspicions=(suspicion,))]) == (
        "✘ faulty  job.py  1 fault; it fails\n"
        "  1  job.py:2:9  SYN.MISSING_COLON  expected ':'\n"
        "      1 │ import os\n"
        "    ▸ 2 │ def f(a)\n"
        "        │         ^\n"
        "      3 │     return a\n"
        "    why      compiler: expected ':'\n"
        "    why      tokens: a block without a colon\n"
        "    sure     certain (0.97)\n"
        "    expected :\n"
        "    fix      add the colon\n"
        "             - def f(a)\n"
        "             + def f(a):\n"
        "    more     goldseam explain SYN.MISSING_COLON\n"
        "  1 suspicion, no fault by itself:\n"
        "    job.py:1:1  SEM.CASE_MIX  odd (rule)\n"
        "  plan: up to 4 attempts, about 650 tokens and 45 s; threads are involved, so the failing order must"
        " be met more than once\n"
        "next: goldseam heal job.py\n"
    )


def test_nothing_found_is_said_without_a_next_command():
    assert printed([Examined(Result("job.py", "clean"), "parses")]) == "✔ clean  job.py  parses\n"
    assert printed([]) == "✔ no source files\n"


@pytest.mark.parametrize("width", [24, 40, 80, 132])
def test_every_line_fits_the_terminal(width):
    data = "x = '表示テスト' + wert( 1 2 )  # ".encode() + b"long " * 60 + b"\n\ty = 2\n"
    wide = fault_at(data, b"1 2", "a message of many words " * 8, evidence=(Evidence("tool", "why " * 60),))
    far = fault_at(data, b"y = 2")
    lines = printed([faulty(wide, far, data=data)], width).splitlines()
    assert max(map(cell_len, lines)) <= width
    marked = [number for number, line in enumerate(lines) if "▸" in line]
    assert len(marked) == 2
    for number, text in zip(marked, ["1 2", "y = 2"], strict=True):
        row, mark = lines[number], lines[number + 1]
        before = row[: row.index(text)]
        assert (cell_len(before), mark.count("^")) == (mark.index("^"), len(text))


HOSTILE = b"x = '\x1b[2J\x1b]0;owned\x07' \xe2\x80\xae \xff\x00\n"


@pytest.mark.parametrize("width", [None, 60])
def test_what_the_sources_hold_never_reaches_the_terminal(width):
    evil = "\x1b[31mred\x07\u202e\n::error::"
    fault = fault_at(HOSTILE, b"\x1b[2J", evil, expected=evil, evidence=(Evidence(evil, evil),))
    fault = Fault(
        fault.code, "job.py", fault.span, evil, evil, fix=(Edit(fault.span, evil.encode()),),
        expected=evil, evidence=fault.evidence,
    )  # fmt: skip
    text = printed([faulty(fault, data=HOSTILE, suspicions=(fault,))], width)
    assert not {c for c in text if c != "\n" and (ord(c) < 32 or ord(c) == 127 or c in "\u202e\x9b")}
    assert "\n::error::" not in text


def test_a_secret_is_not_shown():
    data = b"password = 'hunter2-but-longer'; x = 1 1\n"
    fault = fault_at(data, b"1 1", "near hunter2-but-longer")
    text = printed([faulty(fault, data=data, redactor=Redactor(["hunter2-but-longer"]))])
    assert "hunter2" not in text
    assert "[redacted]" in text


def test_a_minified_file_is_shown_around_its_fault():
    data = b"a();" * 500_000 + b"b( ;" + b"c();" * 500_000
    (row,) = rows_around(data, Span(2_000_000, 2_000_003), 60)
    assert cell_len(row.text) <= 60
    assert row.text[slice(*row.mark)] == "b( "
    assert (row.text[0], row.text[-1]) == ("…", "…")


@pytest.mark.parametrize(
    ("text", "left", "width", "expected"),
    [
        ("abcdef", 0, 6, "abcdef"),
        ("abcdef", 0, 4, "abc…"),
        ("abcdef", 2, 4, "…def"),
        ("abcdefgh", 2, 4, "…de…"),
        ("表示テスト", 0, 6, "表示…"),
    ],
)
def test_a_cut_shows_where_it_cut(text, left, width, expected):
    assert cut(text, left, width) == expected
    assert cell_len(cut(text, left, width)) <= width


def test_tabs_and_invisible_characters_are_shown():
    assert shown("\tx\x00\u200by\r") == "    x\\x00\\u200by\\r"


@pytest.mark.parametrize("data", [b"", b"\n", b"\xef\xbb\xbfx\n", b"\xff\xfe\x00", b"a\r\nb\rc", b"x"])
@pytest.mark.parametrize("span", [Span(0, 0), Span(0, 1), Span(1, 2), Span(3, 3), Span(99, 99)])
def test_any_span_of_any_bytes_can_be_shown(data, span):
    fault = Fault(Code.SYN_INVALID, "job.py", span, "m", "h", fix=(Edit(span, b"y"),))
    assert "SYN.INVALID" in printed([faulty(fault, data=data)])
    assert "SYN.INVALID" in printed([faulty(fault, data=data)], 30)


@pytest.mark.parametrize(
    ("value", "word"), [(1.0, "certain"), (0.85, "very likely"), (0.5, "likely"), (0.1, "possible")]
)
def test_how_sure(value, word):
    assert certainty(value).startswith(word)


def test_long_lists_are_cut_and_say_so():
    faults = tuple(fault_at(DATA, b"import") for _ in range(60))
    text = printed([faulty(*faults, suspicions=faults)])
    assert "and 10 more faults: --json lists all" in text
    assert "and 40 more suspicions: --json lists all" in text


def test_the_plan_in_words():
    assert plan_text(Plan(4, 650, 45.0, False)) == "up to 4 attempts, about 650 tokens and 45 s"


def test_the_next_command_can_be_typed(tmp_path):
    asked = Asked((tmp_path / "a b.py",), "python 'a b.py'", None, b"it's 5")
    assert heal_command(asked) == (
        f"goldseam heal '{tmp_path}/a b.py' --run 'python '\"'\"'a b.py'\"'\"'' --expect 'it'\"'\"'s 5'"
    )


SANDBOX = pytest.mark.sandbox


@SANDBOX
def test_faults_and_exit_codes(work):
    work.write("broken.py", "def f(a)\n    return a\n")
    work.write("sound.py", "print(1)\n")
    code, document = work.json("diagnose", "broken.py")
    (result,) = document["results"]
    assert (code, result["outcome"], result["repair_id"], result["changed"]) == (1, "faulty", None, [])
    (fault,) = result["faults"]
    assert (fault["code"], fault["line"], fault["cluster"].partition(":")[0]) == (
        "SYN.MISSING_COLON", 1, "SYN.MISSING_COLON",
    )  # fmt: skip
    assert fault["evidence"]
    assert result["plan"]["threads"] is False
    assert result["oracle"]["before"] == "red"
    code, document = work.json("diagnose", "sound.py", "--run", "python3 sound.py", "--expect", "1")
    (result,) = document["results"]
    assert (code, result["outcome"], result["faults"]) == (0, "clean", [])
    assert "plan" not in result
    assert work.names() == {"broken.py", "sound.py", "goldseam.toml"}
    assert not (work.root / ".goldseam").exists()


@SANDBOX
def test_a_crash_a_wrong_output_and_failing_tests(work):
    work.write("mean.py", "def mean(v):\n    return sum(v) / len(v)\nprint(mean([]))\n")
    code, result = work.result("diagnose", "mean.py", "--run", "python3 mean.py")
    assert (code, result["faults"][0]["code"], result["faults"][0]["line"]) == (1, "RUN.ZERO_DIVISION", 2)
    work.write("five.py", "print(5)\n")
    code, result = work.result("diagnose", "five.py", "--expect", "6")
    assert (code, [f["code"].partition(".")[0] for f in result["faults"]]) == (1, ["LOG"])
    work.write("lib.py", "def double(n):\n    return n + 1\n")
    work.write("test_lib.py", "import lib\n\n\ndef test_it():\n    assert lib.double(4) == 8\n")
    code, result = work.result("diagnose", "lib.py", "--test", "python3 -m pytest -q test_lib.py")
    assert (code, {f["path"] for f in result["faults"]}) == (1, {"lib.py"})


@SANDBOX
def test_a_folder_without_a_command(work):
    work.write("src/broken.py", "x = (1\n")
    work.write("src/sound.py", "x = 1\n")
    work.write("src/test_it.py", "assert (1\n")
    code, document = work.json("diagnose", "src")
    outcomes = {result["path"]: result["outcome"] for result in document["results"]}
    assert (code, outcomes) == (
        1,
        {"src/broken.py": "faulty", "src/test_it.py": "faulty", "src/sound.py": "clean"},
    )


@SANDBOX
def test_the_report_ends_with_the_next_command(work):
    work.write("broken.py", "def f(a)\n    return a\n")
    ended = work.run("diagnose", "broken.py")
    lines = ended.out.splitlines()
    assert (ended.code, ended.err) == (1, "")
    assert lines[0].startswith("✘ faulty  broken.py  1 fault")
    assert "    ▸ 1 │ def f(a)" in lines
    assert "    more     goldseam explain SYN.MISSING_COLON" in lines
    assert lines[-1] == "next: goldseam heal broken.py"
    assert "\x1b" not in ended.out


@SANDBOX
def test_usage(work):
    work.write("job.py", "x = 1\n")
    for arguments, said in [
        (("nowhere.py",), "nowhere.py: no such file or directory"),
        (("job.py", "--expect", "1", "--expect-file", "f"), "not both"),
        (("job.py", "--run", " "), "--run needs a command"),
        (("job.py", "--sarif", "-", "--json"), "name a file"),
        (("job.py", "--sarif", "no/such/folder/f.sarif"), "f.sarif"),
    ]:
        ended = work.run("diagnose", *arguments)
        assert (ended.code, said in ended.err) == (2, True), ended


@SANDBOX
def test_what_cannot_be_attempted_says_why(work):
    work.write("data.bin", b"\0")
    code, result = work.result("diagnose", "data.bin")
    assert (code, result["outcome"], result["reason"]) == (1, "declined", "unsupported")
    work.write("job.py", "x = 1\n")
    code, result = work.result("diagnose", "job.py", "--run", "no-such-command-here job.py")
    assert (code, result["outcome"], result["reason"]) == (1, "declined", "environment")


@SANDBOX
def test_a_file_that_may_not_be_repaired_is_diagnosed_all_the_same(work):
    file = work.write("test_job.py", "def f(a)\n    pass\n")
    file.chmod(0o444)
    os.link(file, work.root / "second.py")
    code, result = work.result("diagnose", "test_job.py")
    assert (code, result["faults"][0]["code"]) == (1, "SYN.MISSING_COLON")


@SANDBOX
@pytest.mark.parametrize(
    ("name", "source", "line"),
    [
        ("area.js", "function area(w, h) {\n  return Math.abs(w * h;\n}\nconsole.log(area(2, 3));\n", 2),
        ("area.php", "<?php\nfunction area($w, $h) {\n    return abs($w * $h;\n}\necho area(2, 3);\n", 3),
    ],
)
def test_other_languages(work, name, source, line):
    work.write(name, source)
    code, result = work.result("diagnose", name)
    (fault,) = result["faults"]
    assert (code, fault["code"], fault["line"]) == (1, "SYN.UNCLOSED_BRACKET", line)
    assert [(edit["line"], edit["text"]) for edit in fault["fix"]] == [(line, ")")]
