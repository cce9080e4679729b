"""Uncaught exceptions read out of printed text."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldseam.core.incident import Frame
from goldseam.languages.python_failures import failures_in

PLAIN = """\
before
Traceback (most recent call last):
  File "/p/app.py", line 9, in <module>
    main()
  File "/p/lib/x.py", line 3, in main
    return 1 / 0
           ~~^~~
ZeroDivisionError: division by zero
after
"""
CHAINED = """\
Traceback (most recent call last):
  File "a.py", line 2, in <module>
    d["k"]
KeyError: 'k'

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "a.py", line 4, in <module>
    raise ValueError("late")
ValueError: late
"""
THRICE = CHAINED.replace(
    "ValueError: late\n",
    "ValueError: late\n\nThe above exception was the direct cause of the following exception:\n\n"
    'Traceback (most recent call last):\n  File "a.py", line 6, in f\n    g()\nRuntimeError: last\n',
)
SYNTAX_ALONE = """\
  File "/p/job.py", line 4
    def f(x)
            ^
SyntaxError: expected ':'
"""
SYNTAX_IMPORTED = """\
Traceback (most recent call last):
  File "/p/main.py", line 1, in <module>
    import job
  File "/p/job.py", line 4
    def f(x)
            ^
SyntaxError: expected ':'
"""
LINES = """\
Traceback (most recent call last):
  File "t.py", line 5, in test
    assert f() == 4000
AssertionError: assert 3255 == 4000
  +  where 3255 = f()

nothing of it
"""
TWICE = """\
Traceback (most recent call last):
  File "t.py", line 1, in a
    x
NameError: name 'x' is not defined
Traceback (most recent call last):
  File "t.py", line 2, in b
    y
NameError: name 'y' is not defined
"""
THREAD = """\
Exception in thread Thread-1 (work):
Traceback (most recent call last):
  File "t.py", line 1, in work
    x
NameError: name 'x' is not defined
"""
GROUP = """\
  + Exception Group Traceback (most recent call last):
  |   File "t.py", line 12, in <module>
  |     raise ExceptionGroup("many", errors)
  | ExceptionGroup: many (2 sub-exceptions)
  +-+---------------- 1 ----------------
    | Traceback (most recent call last):
    |   File "t.py", line 3, in f
    |     1 / 0
    | ZeroDivisionError: division by zero
    +---------------- 2 ----------------
    | Traceback (most recent call last):
    |   File "t.py", line 6, in g
    |     int("x")
    | ValueError: invalid literal for int() with base 10: 'x'
    +------------------------------------
"""
NO_SOURCE = """\
Traceback (most recent call last):
  File "<string>", line 1, in <module>
  File "x.py", line 2, in f
KeyboardInterrupt
"""

PAIRS = {
    "plain": (PLAIN, [("ZeroDivisionError", "division by zero\nafter", 2)]),
    "chained": (CHAINED, [("ValueError", "late", 1)]),
    "chained twice": (THRICE, [("RuntimeError", "last", 1)]),
    "syntax error of the main program": (SYNTAX_ALONE, [("SyntaxError", "expected ':'", 1)]),
    "syntax error of an import": (SYNTAX_IMPORTED, [("SyntaxError", "expected ':'", 2)]),
    "message of several lines": (
        LINES,
        [("AssertionError", "assert 3255 == 4000\n  +  where 3255 = f()", 1)],
    ),
    "two": (
        TWICE,
        [("NameError", "name 'x' is not defined", 1), ("NameError", "name 'y' is not defined", 1)],
    ),
    "thread": (THREAD, [("NameError", "name 'x' is not defined", 1)]),
    "no source, no message": (NO_SOURCE, [("KeyboardInterrupt", "", 2)]),
    "group": (
        GROUP,
        [
            ("ExceptionGroup", "many (2 sub-exceptions)", 1),
            ("ZeroDivisionError", "division by zero", 1),
            ("ValueError", "invalid literal for int() with base 10: 'x'", 1),
        ],
    ),
    "local class": (
        PLAIN.replace("ZeroDivisionError", "__main__.f.<locals>.Own"),
        [("__main__.f.<locals>.Own", "division by zero\nafter", 2)],
    ),
    "carriage returns": (PLAIN.replace("\n", "\r\n"), [("ZeroDivisionError", "division by zero\nafter", 2)]),
    "empty": ("", []),
    "no failure": ("Sum: 15\nValueError: only talk\n", []),
    "header alone": ("Traceback (most recent call last):\n", []),
    "cut off": (PLAIN[: PLAIN.index("ZeroDivisionError")], []),
}


@pytest.mark.parametrize(("text", "expected"), PAIRS.values(), ids=PAIRS)
def test_failures(text: str, expected: list[tuple[str, str, int]]) -> None:
    found = [(failure.kind, failure.message, len(failure.frames)) for failure in failures_in(text)]
    assert found == expected


def test_frames_are_outermost_first_with_their_source() -> None:
    (failure,) = failures_in(PLAIN)
    assert failure.frames == (
        Frame("/p/app.py", 9, "<module>", "main()"),
        Frame("/p/lib/x.py", 3, "main", "return 1 / 0"),
    )


def test_a_frame_without_source_does_not_borrow_the_next_line() -> None:
    (failure,) = failures_in(NO_SOURCE)
    assert [(frame.path, frame.source) for frame in failure.frames] == [
        ("<string>", ""),
        ("x.py", ""),
    ]


PROGRAMS = {
    "chain": (
        "def f():\n try: {}['k']\n except KeyError as e: raise ValueError('v') from e\nf()\n",
        ["ValueError"],
    ),
    "nested causes": (
        "try:\n try:\n  1/0\n except Exception as e: raise KeyError('a') from e\n"
        "except Exception as e: raise OSError('b')\n",
        ["OSError"],
    ),
    "group": (
        "a=[]\nfor t in ('1/0', 'int(\"x\")'):\n try: eval(t)\n except Exception as e: a.append(e)\n"
        "raise ExceptionGroup('g', a)\n",
        ["ExceptionGroup", "ZeroDivisionError", "ValueError"],
    ),
    "syntax": ("def f(x)\n  pass\n", ["SyntaxError"]),
    "recursion": ("def f(n): return f(n)\nf(1)\n", ["RecursionError"]),
    "local class": (
        "def f():\n class Own(Exception): pass\n raise Own('x')\nf()\n",
        ["__main__.f.<locals>.Own"],
    ),
    "notes": ("e = ValueError('v')\ne.add_note('a note')\nraise e\n", ["ValueError"]),
}


@pytest.mark.parametrize(("program", "kinds"), PROGRAMS.values(), ids=PROGRAMS)
def test_what_this_interpreter_prints(program: str, kinds: list[str], tmp_path: Path) -> None:
    (tmp_path / "job.py").write_text(program)
    ended = subprocess.run([sys.executable, "job.py"], cwd=tmp_path, capture_output=True, text=True)
    found = failures_in(ended.stderr)
    assert [failure.kind.removeprefix("__main__.") for failure in found] == [
        kind.removeprefix("__main__.") for kind in kinds
    ]
    assert all(any(frame.path.endswith("job.py") for frame in failure.frames) for failure in found[:1])


PIECES = st.sampled_from(
    [
        "Traceback (most recent call last):",
        '  File "a.py", line 3, in f',
        '  File "a.py", line 99999999999999999999',
        "    x = 1",
        "KeyError: 'k'",
        "Error",
        "  + Exception Group Traceback (most recent call last):",
        "  | KeyError: 1",
        "During handling of the above exception, another exception occurred:",
        "The above exception was the direct cause of the following exception:",
        "",
        "\x1b[31m",
        '  File "',
        "\u2028",
    ]
)


@given(st.lists(PIECES, max_size=30).map("\n".join) | st.text(max_size=200))
def test_hostile_text_never_raises(text: str) -> None:
    for failure in failures_in(text):
        assert failure.kind
        assert all(frame.line >= 0 for frame in failure.frames)


@pytest.mark.parametrize(
    "piece",
    [
        PLAIN,
        CHAINED,
        GROUP,
        "Traceback (most recent call last):\n",
        '  File "a.py", line 3\n',
        '  File "a.py", line 3, in f\n',
        "E" * 99 + "\n",
        "  | " * 20 + "\n",
        " " * 79 + "\n",
        "During handling of the above exception, another exception occurred:\n",
    ],
    ids=["plain", "chained", "group", "headers", "heads", "frames", "words", "bars", "blank", "links"],
)
def test_ten_megabytes_take_linear_time(piece: str) -> None:
    """Ten times the text may take ten times as long, with room for a busy machine, not a hundred times."""
    seconds = []
    for size in (1_000_000, 10_000_000):
        text = piece * (size // len(piece))
        began = time.process_time()
        failures_in(text)
        seconds.append(time.process_time() - began)
    assert seconds[1] < 30 * seconds[0] + 0.5
