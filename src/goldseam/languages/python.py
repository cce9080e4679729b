"""Python: compiled by the project's own interpreter, failures read from its tracebacks."""

import io
import re
import shlex
import tokenize

from goldseam.core.language import ANALYSE, CHECK, Language, Program, Tracer
from goldseam.core.ports import PROGRAM_PLACE, REPORT_PLACE
from goldseam.core.source import Span, lines_of
from goldseam.languages.python_failures import failures_in
from goldseam.plugins import hookimpl

_DEFINITION = re.compile(r"^[ \t]*(?:async\s+def|def|class)\s+([^\W\d]\w*)", re.MULTILINE)
_DEF_LINE = re.compile(rb"([ \t]*)(?:async\s+def|def|class)\b")
_CLOSERS = (b")", b"]", b"}")


def encoding_of(data: bytes) -> str:
    """The codec by byte order mark and coding cookie (PEP 263); `ValueError` for an unknown one."""
    try:
        return tokenize.detect_encoding(io.BytesIO(data).readline)[0]
    except SyntaxError as error:
        raise ValueError(str(error)) from error


def enclosing_block(data: bytes, offset: int) -> Span | None:
    """The innermost `def` or `class` around `offset` by indentation, so that it works in broken text.

    The block starts at its decorators and ends before the first later line that is not indented deeper.
    """
    lines = lines_of(data)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    at = max(number for number, start in enumerate(starts) if start <= offset)
    head = _head_line(lines, min(at, len(lines) - 1))
    if head is None:
        return None
    first = head
    while first > 0 and lines[first - 1].lstrip().startswith(b"@"):
        first -= 1
    return Span(starts[first], starts[_end_line(lines, head)])


def _head_line(lines: list[bytes], at: int) -> int | None:
    limit = _indent(lines[at]) if at >= 0 and lines[at].strip() else 10_000
    if at >= 0 and _DEF_LINE.match(lines[at]):
        return at
    for number in range(at - 1, -1, -1):
        line = lines[number]
        if not line.strip() or line.lstrip().startswith((b"#", *_CLOSERS)):
            continue
        if _indent(line) < limit:
            if _DEF_LINE.match(line):
                return number
            limit = _indent(line)
    return None


def _end_line(lines: list[bytes], head: int) -> int:
    depth, end = _indent(lines[head]), head + 1
    for number in range(head + 1, len(lines)):
        line = lines[number]
        if line.strip() and not line.lstrip().startswith((b"#", *_CLOSERS)) and _indent(line) <= depth:
            break
        if line.strip():
            end = number + 1
    return end


def _indent(line: bytes) -> int:
    return len(line) - len(line.lstrip(b" \t"))


def definitions(text: str) -> frozenset[str]:
    """Names of all functions and classes, at any depth, by their head lines."""
    return frozenset(_DEFINITION.findall(text))


PYTHON = Language(
    name="python",
    suffixes=frozenset({".py", ".pyw"}),
    programs={
        CHECK: Program(("python3", "-I", "-S", "-W", "ignore"), "python_checker.py"),
        "parse": Program(("python3", "-I", "-S", "-W", "ignore"), "python_parser.py"),
        ANALYSE: Program(("{python}", "-I", "-W", "ignore"), "python_static.py"),
    },
    run_command=lambda path: f"python3 {shlex.quote(path)}",
    encoding_of=encoding_of,
    failures_in=failures_in,
    enclosing_block=enclosing_block,
    definitions=definitions,
    test_environment={
        "PYTEST_ADDOPTS": f"--junitxml={REPORT_PLACE} -o junit_family=xunit1 --tb=native",
    },
    fence="python",
    tracer=Tracer(
        ("sitecustomize.py", "python_tracer.py", "python_values.py", "python_watch.py"),
        {
            "PYTHONPATH": PROGRAM_PLACE,
            "PYTEST_ADDOPTS": "-p python_tracer -o junit_family=xunit1 --tb=native",
            "GOLDSEAM_TRACE": REPORT_PLACE,
        },
    ),
    screener=Tracer(
        (
            "sitecustomize.py",
            "python_screen.py",
            "python_screen_batch.py",
            "python_screen_board.py",
            "python_screen_plan.py",
            "python_screen_probe.py",
            "python_screen_reference.py",
            "python_screen_main.py",
            "python_screen_run.py",
            "python_screen_state.py",
            "python_screen_swap.py",
            "python_screen_tests.py",
            "python_screen_tree.py",
            "python_screen_trial.py",
        ),
        {
            "PYTHONPATH": PROGRAM_PLACE,
            "PYTEST_ADDOPTS": "-p python_screen",
            "GOLDSEAM_SCREEN": f"{PROGRAM_PLACE}/batch.json",
            "GOLDSEAM_SCREEN_REPORT": REPORT_PLACE,
        },
    ),
)


@hookimpl
def goldseam_languages() -> tuple[Language, ...]:
    return (PYTHON,)
