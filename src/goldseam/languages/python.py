"""Python: compiled by the project's own interpreter, failures read from its tracebacks."""

import io
import re
import shlex
import tokenize
from collections.abc import Iterator
from itertools import islice, pairwise

from goldseam.core.incident import Frame
from goldseam.core.language import ANALYSE, CHECK, Language, Program, Tracer
from goldseam.core.observation import Failure
from goldseam.core.ports import PROGRAM_PLACE, REPORT_PLACE
from goldseam.core.source import Span, lines_of
from goldseam.plugins import hookimpl

_HEADER = "Traceback (most recent call last):"
_FRAME = re.compile(r'  File "(?P<path>[^"]+)", line (?P<line>\d{1,9})(?:, in (?P<function>.+))?$')
_ERROR = re.compile(r"(?P<kind>[A-Za-z_](?:[\w.]|<locals>)*)(?:: (?P<message>.*))?$")
_GROUP_MARGIN = re.compile(r"^ +(?:\| ?|\+-.*)", re.MULTILINE)
_DEFINITION = re.compile(r"^[ \t]*(?:async\s+def|def|class)\s+([^\W\d]\w*)", re.MULTILINE)
_DEF_LINE = re.compile(rb"([ \t]*)(?:async\s+def|def|class)\b")
_CLOSERS = (b")", b"]", b"}")
_MESSAGE_LINES = 20
_MOST_FRAMES = 200
_MOST_FAILURES = 200


def encoding_of(data: bytes) -> str:
    """The codec by byte order mark and coding cookie (PEP 263); `ValueError` for an unknown one."""
    try:
        return tokenize.detect_encoding(io.BytesIO(data).readline)[0]
    except SyntaxError as error:
        raise ValueError(str(error)) from error


def failures_in(text: str) -> tuple[Failure, ...]:
    """Every traceback in `text`, also inside groups; of a chain (`raise … from`, `During`) the last error."""
    lines = (_GROUP_MARGIN.sub("", text) if f"Group {_HEADER}" in text else text).splitlines()
    starts = [
        number for number, line in enumerate(lines) if line.endswith(_HEADER) or _opens_syntax(lines, number)
    ]
    failures: list[Failure] = []
    for start, end in pairwise([*starts, len(lines)]):
        if len(failures) == _MOST_FAILURES:
            break
        if (failure := _failure(lines[start:end])) and not _is_chained(lines[start:end], end < len(lines)):
            failures.append(failure)
    return tuple(failures)


def _opens_syntax(lines: list[str], number: int) -> bool:
    """A SyntaxError of the main program is printed without the header line."""
    first = number == 0 or not lines[number - 1].startswith((" ", "Traceback"))
    match = _FRAME.match(lines[number])
    return first and match is not None and match["function"] is None


def _is_chained(block: list[str], another_follows: bool) -> bool:
    return another_follows and any(
        line.startswith(
            ("The above exception was the direct cause", "During handling of the above exception")
        )
        for line in block[-4:]
    )


def _failure(block: list[str]) -> Failure | None:
    frames = list(islice(_frames(block), _MOST_FRAMES))
    for number, line in enumerate(block):
        if line.startswith((" ", "\t")) or line.endswith(_HEADER) or not (match := _ERROR.match(line)):
            continue
        message = [match["message"] or "", *_continuation(block[number + 1 :])]
        return Failure(match["kind"], "\n".join(message).strip(), tuple(frames))
    return None


def _frames(block: list[str]) -> Iterator[Frame]:
    for number, line in enumerate(block):
        if match := _FRAME.match(line):
            following = block[number + 1] if number + 1 < len(block) else ""
            source = following.strip() if following.startswith("    ") else ""
            yield Frame(match["path"], int(match["line"]), match["function"] or "<module>", source)


def _continuation(rest: list[str]) -> Iterator[str]:
    """Further lines of a message, up to an empty line."""
    for line in rest[:_MESSAGE_LINES]:
        if not line.strip():
            return
        yield line


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
)


@hookimpl
def goldseam_languages() -> tuple[Language, ...]:
    return (PYTHON,)
