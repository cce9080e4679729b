"""What Python prints when a program fails: tracebacks, chained and in groups, and those of a crashed process.

A traceback is a header, frames, outermost first, and the error with all lines of its message. Errors that
led to it are its causes. A group's members are failures of their own.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise, takewhile

from goldseam.core.incident import Frame
from goldseam.core.observation import Failure
from goldseam.languages.log_lines import log_lines
from goldseam.languages.pytest_failures import reported_in

HEADER = "Traceback (most recent call last):"
LINKS = ("The above exception was the direct cause", "During handling of the above exception")
"""How the lines between the errors of a chain begin."""
_FRAME = re.compile(r'  File "(?P<path>[^"]+)", line (?P<line>\d{1,9})(?:, in (?P<function>.+))?$')
_ERROR = re.compile(r"(?P<kind>[A-Za-z_](?:[\w.]|<locals>)*)(?:: (?P<message>.*))?$")
_GROUP_MARGIN = re.compile(r"^ +\| ?")
_GROUP_RULE = re.compile(r"^ +\+-[+-]*(?: \d+ -+)?$")
_MEMBER = "\0"
"""Stands for the rule above a member of a group."""
_CRASH = re.compile(r"Fatal Python error: (?P<what>.+)$")
_CRASH_FRAME = re.compile(r'  File "(?P<path>[^"]+)", line (?P<line>\d{1,9}) in (?P<function>.+)$')
_ENDS_MESSAGE = re.compile(
    r"$|={20}|-{20}|\*{20}|_{4}|\"{3}$|\0|Fatal Python error: "
    r"|\[\d{2,4}[-/]\w{2,3}[-/]\d|\d{4}-\d\d-\d\d[T ]|(?:DEBUG|INFO|WARNING|ERROR|CRITICAL)\b"
)
"""Lines that are no more of a message: rules, and what a logger wrote next."""
_REMOTE = re.compile(r"[\w.]*RemoteTraceback: $|[\w.]*RemoteTraceback:$")
_MESSAGE_LINES = 20
_MOST_FRAMES = 200
_MOST_FAILURES = 200


def failures_in(text: str) -> tuple[Failure, ...]:
    """Every traceback in `text`, also inside groups; of a chain the last error, with its causes."""
    lines = log_lines(text)
    printed = _without_margins(lines) if f"Group {HEADER}" in text else lines
    found = (failure for failures in (_tracebacks(printed), _crashes(lines)) for failure in failures)
    return tuple(islice((*islice(found, _MOST_FAILURES), *reported_in(lines)), _MOST_FAILURES))


def _without_margins(lines: Sequence[str]) -> list[str]:
    return [_MEMBER if _GROUP_RULE.match(line) else _GROUP_MARGIN.sub("", line) for line in lines]


def _tracebacks(lines: list[str]) -> Iterator[Failure]:
    starts = [number for number in range(len(lines)) if _opens(lines, number)]
    chain: list[Failure] = []
    for start, end in pairwise([*starts, len(lines)]):
        failure = _failure(_dedented(lines, start, end))
        if failure is None:
            continue
        if chain and _is_remote(lines, starts, start):
            failure = replace(failure, frames=(*failure.frames, *chain.pop().frames))
        if end < len(lines) and _is_linked(lines[start:end]):
            chain.append(failure)
            continue
        yield replace(failure, causes=tuple(reversed(chain)))
        chain = []


def _opens(lines: Sequence[str], number: int) -> bool:
    line = lines[number]
    if line.endswith(HEADER):
        return True
    if number and lines[number - 1] == _MEMBER:
        return _ERROR.match(line) is not None
    return _opens_syntax(lines, number)


def _opens_syntax(lines: Sequence[str], number: int) -> bool:
    """A SyntaxError of the main program is printed without the header line."""
    match = _FRAME.match(lines[number])
    if match is None or match["function"] is not None:
        return False
    return number == 0 or not lines[number - 1].startswith((" ", "Traceback"))


def _dedented(lines: Sequence[str], start: int, end: int) -> list[str]:
    """The lines of a traceback without the margin that its header has."""
    head = lines[start]
    margin = len(head) - len(head.lstrip()) if head.lstrip() == HEADER else 0
    return [line[margin:] if line[:margin].isspace() else line for line in lines[start:end]]


def _is_linked(block: Sequence[str]) -> bool:
    return any(line.lstrip().startswith(LINKS) for line in block[-4:])


def _is_remote(lines: Sequence[str], starts: Sequence[int], start: int) -> bool:
    """Whether the traceback before that at `start` is what another process told of the same error."""
    before = max(number for number in starts if number < start)
    return before >= 2 and lines[before - 1] == '"""' and _REMOTE.match(lines[before - 2]) is not None


def _failure(block: list[str]) -> Failure | None:
    frames = tuple(islice(_frames(block), _MOST_FRAMES))
    for number, line in enumerate(block):
        if line.startswith((" ", "\t")) or line.endswith(HEADER) or not (match := _ERROR.match(line)):
            continue
        rest = block[number + 1 :][:_MESSAGE_LINES]
        message = [match["message"] or "", *takewhile(lambda line: not _ENDS_MESSAGE.match(line), rest)]
        return Failure(match["kind"], "\n".join(message).strip(), frames)
    return None


def _frames(block: Sequence[str]) -> Iterator[Frame]:
    for number, line in enumerate(block):
        if match := _FRAME.match(line):
            following = block[number + 1] if number + 1 < len(block) else ""
            source = following.strip() if following.startswith("    ") else ""
            yield Frame(match["path"], int(match["line"]), match["function"] or "<module>", source)


def _crashes(lines: Sequence[str]) -> Iterator[Failure]:
    """What `faulthandler` tells of a process that the kernel ended, innermost frame first."""
    for number, line in enumerate(lines):
        if match := _CRASH.match(line):
            block = islice(lines, number + 1, number + 1 + _MOST_FRAMES)
            frames = [
                Frame(f["path"], int(f["line"]), f["function"]) for f in map(_CRASH_FRAME.match, block) if f
            ]
            yield Failure("Fatal Python error", match["what"], tuple(reversed(frames)))
