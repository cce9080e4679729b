"""Failures in what PHP prints: uncaught exceptions, fatal errors, telling warnings.

Read are PHP's own text (to a terminal or a log), Xdebug's, an exception that was logged as text, Monolog's
and Laravel's lines, and PHPUnit's; each line may carry the prefix of pm2, Docker Compose or a journal.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise, takewhile

from goldseam.core.incident import Frame
from goldseam.core.observation import Failure
from goldseam.languages.log_lines import log_lines

MAIN = "{main}"
ASSERTION = "AssertionFailedError"
"""The kind of a failed assertion of PHPUnit, which prints no name for it."""

_MILD = ("Warning", "Notice")
_MESSAGE_LINES = 40
_MOST_FRAMES = 200
_MOST_FAILURES = 200
_MOST_HANDLER_CALLS = 4
_MOST_WARNINGS = 20

_KIND = r"\\?[A-Za-z_][\w\\]*(?:@anonymous)?"
_HEAD = re.compile(rf"(?P<kind>{_KIND})(?:: (?P<message>.*))?$", re.DOTALL)
_UNCAUGHT = re.compile(r"(?:Fatal|Recoverable fatal) error: +Uncaught (?P<rest>.*)$")
_LOGGED = re.compile(r"(?:^|[\s\]\"'(])(?P<rest>(?:\w+\\)*\w*(?:Exception|Error)(?:: .*| in .*))$")
_PLACE = re.compile(
    r"(?P<said>.*) in (?P<path>.+?)(?:\((?P<outer>\d+)\) : eval\(\)'d code)?"
    r"(?::| on line )(?P<line>\d{1,9})$",
    re.DOTALL,
)
_LEVEL = re.compile(
    r"(?:^|[\s:\"])(?:PHP )?(?P<level>Parse error|Fatal error|Compile error|Warning|Notice|Deprecated): +"
    r"(?P<rest>(?! *Uncaught ).*)$"
)
_CALL = re.compile(
    r"#\d{1,5} (?:\[internal function\]: |"
    r"(?P<path>[^\n]+?)\((?P<line>\d{1,9})\)(?: : eval\(\)'d code\(\d+\))?: )(?P<function>.*)$"
)
_XDEBUG = re.compile(
    r"(?:PHP|[\d.]+ +\d+)? +\d{1,5}\. (?P<function>.+?)\(.*\) (?P<path>\S.*?):(?P<line>\d{1,9})$"
)
_OBJECT = re.compile(
    rf"\[object\] \((?P<kind>{_KIND})\(code: [^)]*\): (?P<message>.*?) at (?P<path>[^()\n]+?):(?P<line>\d+)\)"
)
_PREVIOUS = "[previous exception]"
_TEST = re.compile(r"(?:\d{1,6}\) )?(?P<test>[A-Za-z_][\w\\]*::\w+)(?: with data set .*)?$")
_TEST_FRAME = re.compile(r"(?P<path>\S.*\.(?:php|inc|phtml|phpt)):(?P<line>\d{1,9})$")
_TELLING = re.compile(
    r"Undefined (?:variable|property|array key|index|offset|constant)|Uninitialized string offset"
    r"|on null|on (?:bool|int|string|array|float)\b|value of type null|must be (?:of type|passed)"
    r"|Array to string conversion|A non-numeric value|Division by zero|array offset|[Ff]ailed to open stream"
    r"|Cannot modify header|could not be converted|foreach\(\) argument"
)


@dataclass(frozen=True, slots=True)
class _Thrown:
    """One error of a chain; `rest` is where its text ends, `next` whether another one follows from it."""

    failure: Failure
    rest: int


def failures_in(text: str) -> tuple[Failure, ...]:
    """Uncaught errors in their order, then warnings that tell why; of a chain the last error."""
    lines = log_lines(text)
    found = [*_errors(lines), *_of_tests(lines)]
    plain = list(islice(_plain(lines), _MOST_FAILURES))
    warnings = [warning for warning in plain if warning.kind in _MILD]
    fatal = [error for error in plain if error.kind not in _MILD]
    return tuple(_distinct([*found, *fatal, *warnings[:_MOST_WARNINGS]]))[:_MOST_FAILURES]


def _distinct(found: Sequence[Failure]) -> Iterator[Failure]:
    """Each once: a log and the terminal may both tell of it."""
    seen: set[tuple[object, ...]] = set()
    for failure in found:
        place = [(frame.path, frame.line) for frame in failure.frames[-1:]]
        if (key := (failure.kind, failure.message, *place)) not in seen:
            seen.add(key)
            yield failure


def _errors(lines: list[str]) -> Iterator[Failure]:
    """Uncaught and logged exceptions."""
    at = 0
    while at < len(lines):
        if (thrown := _native(lines, at) or _monolog(lines, at)) is None:
            at += 1
            continue
        yield thrown.failure
        at = max(thrown.rest, at + 1)


def _native(lines: list[str], at: int) -> _Thrown | None:
    """An error and those that were thrown for it (`Next …`)."""
    if not (match := _UNCAUGHT.search(lines[at]) or _LOGGED.search(lines[at])):
        return None
    thrown = _one(lines, at, match["rest"])
    if thrown is None or not (match.re is _UNCAUGHT or thrown.failure.frames[1:] or _traced(lines, thrown)):
        return None
    while (number := _after_blanks(lines, thrown.rest)) < len(lines) and lines[number].startswith("Next "):
        later = _one(lines, number, lines[number].removeprefix("Next "))
        if later is None:
            break
        causes = (replace(thrown.failure, causes=()), *thrown.failure.causes)
        thrown = _Thrown(replace(later.failure, causes=causes), later.rest)
    return thrown


def _traced(lines: list[str], thrown: _Thrown) -> bool:
    return any(line.endswith("Stack trace:") for line in lines[thrown.rest - 2 : thrown.rest])


def _one(lines: list[str], at: int, first: str) -> _Thrown | None:
    """The error whose text begins with `first` in line `at`."""
    said = first
    for number in range(at, min(at + _MESSAGE_LINES, len(lines))):
        if number > at:
            if lines[number].endswith(("Stack trace:", "Call Stack:")) or _UNCAUGHT.search(lines[number]):
                return None
            said += f"\n{lines[number]}"
        place = _PLACE.match(said) if said[-1:].isdigit() else None
        if place and (head := _HEAD.match(place["said"])):
            calls, rest = _calls(lines, number + 1)
            at_line = int(place["outer"] or place["line"])
            frames = _frames(place["path"], at_line, calls, _is_by_handler(head["kind"]))
            return _Thrown(Failure(head["kind"], (head["message"] or "").strip(), frames), rest)
    return None


def _calls(lines: list[str], at: int) -> tuple[list[Frame], int]:
    """The calls of a stack trace, innermost first, each where it was made and what it called."""
    start = _after_blanks(lines, at)
    if start < len(lines) and _LOGGED.match(lines[start]):  # Xdebug repeats the error.
        start = next((n for n in range(start, min(start + 9, len(lines))) if not lines[n].strip()), start)
        start = _after_blanks(lines, start)
    if start >= len(lines) or not lines[start].endswith(("Stack trace:", "Call Stack:", "[stacktrace]")):
        return [], at
    calls, rest = _numbered(lines, start + 1)
    return (calls, rest) if calls or rest > start + 1 else _xdebug(lines, start + 1)


def _numbered(lines: list[str], at: int) -> tuple[list[Frame], int]:
    calls: list[Frame] = []
    while at < len(lines):
        if match := _CALL.match(lines[at]):
            function = match["function"].partition("(")[0]
            calls.append(Frame(match["path"] or "", int(match["line"] or 0), function))
        elif not re.match(r"#\d+ \{main\}", lines[at]):
            break
        at += 1
    return calls[:_MOST_FRAMES], at


def _xdebug(lines: list[str], at: int) -> tuple[list[Frame], int]:
    """The same from Xdebug's text, which tells the calls outermost first."""
    calls: list[Frame] = []
    while at < len(lines) and (match := _XDEBUG.match(lines[at].strip())):
        if match["function"] != MAIN:
            name = re.sub(r"\{closure:[^}]*\}", "{closure}", match["function"])
            calls.append(Frame(match["path"], int(match["line"]), name))
        at += 1
    own = [
        call for call, inner in zip(calls, [*calls[1:], None], strict=False) if not _is_built_in(call, inner)
    ]
    return own[::-1][:_MOST_FRAMES], at


def _is_built_in(call: Frame, inner: Frame | None) -> bool:
    """Whether a call is of a function of PHP's that calls back: it has no place of its own."""
    if inner is None or not call.function.isidentifier() or call.function == inner.function:
        return False
    return (call.path, call.line) == (inner.path, inner.line)


def _frames(path: str, line: int, calls: Sequence[Frame], by_handler: bool = False) -> tuple[Frame, ...]:
    """Frames outermost first; each is in the function that the next call outwards called.

    What a built-in function or an error handler throws has the place of the call of it; a framework's handler
    makes calls of its own.
    """
    thrower = [(call.path, call.line) for call in calls[: _MOST_HANDLER_CALLS if by_handler else 1]]
    if (path, line) in thrower:
        calls = calls[thrower.index((path, line)) + 1 :]
    places = [(path, line), *((call.path, call.line) for call in calls)]
    functions = [*(call.function for call in calls), MAIN]
    frames = [Frame(*place, function) for place, function in zip(places, functions, strict=True) if place[0]]
    return tuple(reversed(frames))


def _after_blanks(lines: Sequence[str], at: int) -> int:
    while at < len(lines) and not lines[at].strip():
        at += 1
    return at


def _monolog(lines: list[str], at: int) -> _Thrown | None:
    """A logged exception of Monolog or Laravel, which name the last error of a chain first."""
    if "[object] (" not in lines[at]:
        return None
    chain: list[Failure] = []
    rest = at
    while rest < len(lines) and (rest == at or lines[rest].startswith(_PREVIOUS)):
        matches = list(_OBJECT.finditer(lines[rest]))
        calls, after = _calls(lines, rest + 1)
        for number, match in enumerate(matches):
            own = calls if number == len(matches) - 1 else []
            kind = _unescaped(match["kind"])
            frames = _frames(match["path"], int(match["line"]), own, _is_by_handler(kind))
            frames = tuple(replace(frame, function=_unescaped(frame.function)) for frame in frames)
            chain.append(Failure(kind, _unescaped(match["message"]), frames))
        rest = _after_blanks(lines, max(after, rest + 1))
    return _Thrown(replace(chain[0], causes=tuple(chain[1:])), rest) if chain else None


def _unescaped(text: str) -> str:
    """Text that stood in a JSON text."""
    return re.sub(r"\\([\\/\"])", r"\1", text)


def _is_by_handler(kind: str) -> bool:
    return kind.rpartition("\\")[2] == "ErrorException"


def _plain(lines: list[str]) -> Iterator[Failure]:
    """Errors and warnings that are no exceptions: `PHP Warning:  … in … on line …`."""
    for number, line in enumerate(lines):
        if not (match := _LEVEL.search(line)) or not (place := _PLACE.match(match["rest"])):
            continue
        level, said = match["level"], place["said"].strip()
        if level == "Deprecated" or (level in _MILD and not _TELLING.search(said)):
            continue
        kind = "ParseError" if level == "Parse error" else level.replace(" error", "Error")
        at = int(place["outer"] or place["line"])
        calls, rest = _calls(lines, number + 1)
        is_traced = rest > number + 1
        frames = _frames(place["path"], at, calls) if is_traced else (Frame(place["path"], at, ""),)
        yield Failure(kind, said, frames)


def _of_tests(lines: list[str]) -> Iterator[Failure]:
    """Failures in PHPUnit's text: a test's name, the message, an empty line, places innermost first."""
    heads = [number for number, line in enumerate(lines) if _TEST.match(line)]
    for start, end in pairwise([*heads, len(lines)]):
        block = [line.rstrip() for line in lines[start + 1 : end]]
        parts = list(_parts(block))
        if parts:
            yield replace(parts[0], causes=tuple(parts[1:]))


def _parts(block: list[str]) -> Iterator[Failure]:
    """The error of a test, then its causes."""
    at = 0
    while at < len(block):
        first = next((n for n in range(at, len(block)) if _TEST_FRAME.match(block[n])), None)
        if first is None:
            return
        matches = [_TEST_FRAME.match(line) for line in block[first:]]
        places = [m for m in takewhile(lambda match: match is not None, matches) if m is not None]
        frames = [Frame(place["path"], int(place["line"]), "") for place in places]
        message = "\n".join(line for line in block[at:first][-_MESSAGE_LINES:]).strip()
        yield _of_test(message, tuple(reversed(frames))[-_MOST_FRAMES:])
        at = _after_blanks(block, first + len(places))
        if at >= len(block) or block[at] != "Caused by":
            return
        at += 1


def _of_test(message: str, frames: tuple[Frame, ...]) -> Failure:
    head = _HEAD.match(message)
    if head and head["message"] is not None and re.search(r"(?:Exception|Error)$", head["kind"]):
        return Failure(head["kind"], head["message"], frames)
    return Failure("Warning" if _TELLING.search(message.partition("\n")[0]) else ASSERTION, message, frames)
