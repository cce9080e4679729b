"""Lines of a program's output as the program wrote them, whatever a supervisor or a logger put before them.

Read off are the prefixes of pm2, Docker Compose, a journal, syslog, a container runtime and Apache; of a
line that is a JSON record, the texts of several lines in it. Lines of several programs that such a log mixes
come back program by program.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

_SOURCE = re.compile(r"(?P<source>\d{1,6}\|[^|\n]{1,60}\|) ?|(?P<service>[\w.-]{1,60} +\|) ")
_MOMENT = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?"
_UNIT = r"(?P<unit{}>[^\s:\[\]]{{1,60}}\[\d{{1,9}}\]): ?"
_PREFIX = re.compile(
    rf"[A-Z][a-z]{{2}} [ \d]\d \d\d:\d\d:\d\d(?: \S{{1,100}} (?:{_UNIT.format(1)}|[^\s:]{{1,60}}: )|: )"
    rf"|\[ *\d{{1,9}}\.\d{{6}}\] \S{{1,100}} {_UNIT.format(2)}"
    rf"|{_MOMENT}(?: \S{{1,100}} {_UNIT.format(3)}| std(?:out|err) [FP] |:? )"
    rf"|{_MOMENT}:?$"
    r"|\[[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d [\d:.]{8,20} \d{4}\] \[[\w:]{1,30}\](?: \[[^\]\n]{1,80}\]){0,3} "
)
_ESCAPED_BREAKS = re.compile(
    r"^\[[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d [\d:.]{8,20} \d{4}\] \[[\w:]{1,30}\] .*\\n"
)
_MOST_PREFIXES = 3
_LONGEST, _LONGEST_RECORD = 4_000, 100_000
"""Longer lines are cut: no error is told in one."""


def log_lines(text: str) -> list[str]:
    """The lines of `text` without prefixes, each program's together, in the order of their first lines."""
    by_source: dict[str, list[str]] = {}
    for line in text.replace("#012", "\n").splitlines():
        source, rest = _parted(line)
        by_source.setdefault(source, []).extend(_told(rest))
    sources = iter(by_source.values())
    lines = next(sources, [])
    for more in sources:
        lines += ["", *more]
    return lines


def _parted(line: str) -> tuple[str, str]:
    """Who wrote a line, where its prefixes tell, and the line without them."""
    source = ""
    if match := _SOURCE.match(line):
        source, line = match[0].strip(), line[match.end() :]
    if _ESCAPED_BREAKS.match(line[:_LONGEST]):
        line = line.replace("\\n", "\n")
    for _ in range(_MOST_PREFIXES):
        if (match := _PREFIX.match(line)) is None:
            break
        source += match["unit1"] or match["unit2"] or match["unit3"] or ""
        line = line[match.end() :]
    return source, line


def _told(line: str) -> list[str]:
    if line.startswith("{") and line.endswith("}") and "\\n" in line and len(line) <= _LONGEST_RECORD:
        return _told_in_record(line) or [line[:_LONGEST]]
    return [part[:_LONGEST] for part in line.split("\n")]


def _told_in_record(line: str) -> list[str]:
    """The lines of all longer texts in a record that a logger wrote as JSON."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return []
    return [told for text in _texts(record) for told in (*text.splitlines(), "")]


def _texts(value: Any) -> Iterator[str]:
    """Texts of more than one line, at most three levels down."""
    level = [value]
    for _ in range(4):
        yield from (text for text in level if isinstance(text, str) and "\n" in text)
        level = [inner for outer in level for inner in _members(outer)]


def _members(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
