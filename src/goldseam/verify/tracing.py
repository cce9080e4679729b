"""Reads what tracers wrote in a box: data of an untrusted program, so every size and shape is checked.

A trace is JSON lines. Each says by `is` what it tells: `lines` a test ran, the `failure` that ended it,
`samples` of a run that did not end, `memory`. Values are redacted whole and cut afterwards.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from goldseam.core.incident import Frame, Variable
from goldseam.core.observation import Failure, HotLine, Stack, TestOutcome, TestResult
from goldseam.core.plain import clipped, one_line

MAX_RECORDS = 20_000
MAX_LINES = 2_000_000
MAX_LINE_NUMBER = 1_000_000
MAX_RANGES = 20_000
MAX_FRAMES, MAX_VARIABLES, MAX_CHAIN, MAX_FAILURES = 200, 12, 8, 200
MAX_VALUE, MAX_NAME, MAX_MESSAGE, MAX_ID = 60, 80, 1_000, 1_000
INTERRUPTED = "python_watch.Interrupted"
Lines = dict[str, dict[str, set[int]]]
Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Trace:
    """What one traced command told, by test id; `unfinished` are tests that were running when it ended."""

    lines: Mapping[str, Mapping[str, frozenset[int]]] = field(default_factory=dict)
    tests: Mapping[str, TestResult] = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()
    hot: tuple[HotLine, ...] = ()
    grown: tuple[HotLine, ...] = ()
    threads: tuple[Stack, ...] = ()


def read(report: bytes | None, text_of: Callable[[str], str]) -> Trace:
    """The trace in a report; what is damaged in it is left out."""
    records = list(_records(report or b""))
    failures = (_failure(record.get("chain"), text_of) for record in _those(records, "failure"))
    samples = list(_those(records, "samples"))
    memory = list(_those(records, "memory"))
    return Trace(
        _lines(_those(records, "lines")),
        _tests(_those(records, "lines")),
        tuple(found for found in failures if found is not None)[:MAX_FAILURES],
        _shares(record.get("lines") for record in samples),
        _shares(record.get("lines") for record in memory[-1:]),
        _stacks(samples[-1:], text_of),
    )


def _records(report: bytes) -> Iterator[dict[str, Any]]:
    for line in report.splitlines()[:MAX_RECORDS]:
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(record, dict):
            yield record


def _those(records: Iterable[dict[str, Any]], kind: str) -> Iterator[dict[str, Any]]:
    return (record for record in records if record.get("is") == kind)


def _lines(records: Iterable[dict[str, Any]]) -> dict[str, dict[str, frozenset[int]]]:
    found: Lines = {}
    left = MAX_LINES
    for record in records:
        test = _text(record.get("test"), MAX_ID)
        told = record.get("lines")
        if test is None or not isinstance(told, dict):
            continue
        for path, ranges in told.items():
            if is_inside(path) and isinstance(ranges, list) and (lines := _expanded(ranges, left)):
                left -= len(lines)
                found.setdefault(test, {}).setdefault(path, set()).update(lines)
    return {test: {path: frozenset(lines) for path, lines in paths.items()} for test, paths in found.items()}


def _expanded(ranges: list[Any], most: int) -> set[int]:
    """The lines of `[first, last, first, last, ...]`."""
    lines: set[int] = set()
    numbers = ranges[: 2 * MAX_RANGES] if all(map(_is_line, ranges)) else []
    for first, last in zip(numbers[::2], numbers[1::2], strict=False):
        if 0 <= last - first <= most - len(lines):
            lines.update(range(first, last + 1))
    return lines


def _is_line(value: Any) -> bool:
    return type(value) is int and 0 < value <= MAX_LINE_NUMBER


def is_inside(path: Any) -> bool:
    """Whether it can be a project-relative path."""
    if type(path) is not str or not 0 < len(path) <= 500 or not path.isprintable():
        return False
    return not any(part in ("", ".", "..") for part in path.split("/"))


def _tests(records: Iterable[dict[str, Any]]) -> dict[str, TestResult]:
    """Outcomes of tests that the tracer followed to their end; a failure counts more."""
    found: dict[str, TestResult] = {}
    for record in records:
        test, outcome = _text(record.get("test"), MAX_ID), record.get("outcome")
        seconds = record.get("seconds")
        if not test or outcome not in ("passed", "failed", "skipped"):
            continue
        if test not in found or outcome == "failed":
            took = float(seconds) if isinstance(seconds, int | float) and 0 <= seconds < 1e6 else 0.0
            found[test] = TestResult(TestOutcome(outcome), took)
    return found


def _text(value: Any, most: int) -> str | None:
    return clipped(value, most) if type(value) is str else None


def _failure(chain: Any, text_of: Callable[[str], str]) -> Failure | None:
    """The last error of a chain, with those before it as its causes."""
    links = [_link(link, text_of) for link in chain[:MAX_CHAIN]] if isinstance(chain, list) else []
    whole = [link for link in links if link is not None]
    if not whole or whole[0].kind == INTERRUPTED:
        return None
    last, *causes = whole
    return Failure(last.kind, last.message, last.frames, tuple(causes))


def _link(link: Any, text_of: Callable[[str], str]) -> Failure | None:
    if not isinstance(link, dict) or not isinstance(link.get("kind"), str):
        return None
    message = text_of(_text(link.get("message"), MAX_MESSAGE) or "")
    return Failure(one_line(link["kind"], 200), message, _frames(link.get("frames"), text_of))


def _frames(frames: Any, text_of: Callable[[str], str]) -> tuple[Frame, ...]:
    told = frames[:MAX_FRAMES] if isinstance(frames, list) else []
    return tuple(found for frame in told if (found := _frame(frame, text_of)) is not None)


def _frame(frame: Any, text_of: Callable[[str], str]) -> Frame | None:
    if not isinstance(frame, dict) or not _is_line(frame.get("line")):
        return None
    path = _text(frame.get("path"), 500)
    if not path or not path.isprintable():
        return None
    function = one_line(_text(frame.get("function"), 200) or "", 200)
    variables = frame.get("variables")
    told = variables[:MAX_VARIABLES] if isinstance(variables, list) else []
    held = tuple(found for entry in told if (found := _variable(entry, text_of)) is not None)
    return Frame(path, frame["line"], function, variables=held)


def _variable(entry: Any, text_of: Callable[[str], str]) -> Variable | None:
    if not isinstance(entry, list) or len(entry) != 3 or not all(type(part) is str for part in entry):
        return None
    name, kind, value = entry
    name = one_line(name, MAX_NAME)
    return Variable(name, one_line(kind, MAX_NAME), _value(name, value, text_of))


def _value(name: str, value: str, text_of: Callable[[str], str]) -> str:
    """A value as the name suggests that it be redacted, cut to what is shown."""
    shown = text_of(f"{name} = {value[:4_000]}")
    return one_line(shown.removeprefix(f"{name} = "), MAX_VALUE)


def _shares(told: Iterable[Any]) -> tuple[HotLine, ...]:
    """Counts of lines as shares of their sum, the largest first."""
    counts: Counter[Place] = Counter()
    for lines in told:
        for entry in lines[:100] if isinstance(lines, list) else []:
            if isinstance(entry, list) and len(entry) == 3 and is_inside(entry[0]) and _is_line(entry[1]):
                counts[entry[0], entry[1]] += _count(entry[2])
    total = sum(counts.values())
    return tuple(HotLine(path, line, n / total) for (path, line), n in counts.most_common() if n)


def _count(value: Any) -> int:
    return value if type(value) is int and 0 < value < 1 << 50 else 0


def _stacks(samples: Iterable[dict[str, Any]], text_of: Callable[[str], str]) -> tuple[Stack, ...]:
    found = []
    for record in samples:
        threads = record.get("threads")
        for thread in threads[:50] if isinstance(threads, list) else []:
            if isinstance(thread, dict):
                name = one_line(_text(thread.get("name"), MAX_NAME) or "", MAX_NAME)
                frames = _frames(thread.get("frames"), text_of)
                found.append(Stack(name, thread.get("waits") is True, frames))
    return tuple(found)
