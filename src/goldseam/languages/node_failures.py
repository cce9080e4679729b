"""What Node prints when a program fails: uncaught errors, their causes, and the texts of test runners.

An error is a head (`TypeError: x is not a function`), further lines of its message, and frames, innermost
first. Node's own frames are left out. What stands above an uncaught error (`file.js:2`, the line, a caret)
tells where it does not parse, and what the innermost line says.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import unquote

from goldseam.core.incident import Frame
from goldseam.core.observation import Failure
from goldseam.languages.log_lines import log_lines

_FRAME = re.compile(
    r"^(?P<indent>\s*)at (?:async )?(?:(?P<function>\S.*?) \((?P<place>.+?)\)|(?P<bare>\S.*?))(?:,| \{)?$"
)
_PLACE = re.compile(r"^(?P<path>.+?):(?P<line>\d{1,9})(?::\d{1,9})?$")
_ALIAS = re.compile(r" \[as [^\]]{1,100}\]$")
_MAPPED = re.compile(r"^\s+-> (?P<place>\S.*)$")
_LEFT_OUT = re.compile(r"^\s*\.\.\. \d+ lines? matching cause stack trace \.\.\.$")
_HEAD = re.compile(
    r"^(?P<indent>\s*)(?P<lead>(?:\[?cause\]?: )?(?:Uncaught )?(?:\(in promise\) )?|.{0,200}?[ :\t(])\[?"
    r"(?P<kind>[A-Z][\w$]*(?:\.[A-Z][\w$]*)*)(?: \[(?P<code>\w+)\])?(?:: (?P<message>.*)|:?)$"
)
_FRAMELESS = re.compile(
    r"^(?P<indent>\s*)(?P<lead>\[?cause\]?: )?\[(?P<kind>[A-Z][\w$]*)(?: \[(?P<code>\w+)\])?: "
    r"(?P<message>.*)\](?: \{|,)?$"
)
_VITEST_FRAME = re.compile(r"^ {0,8}❯ (?:(?P<function>\S.*?) )?(?P<place>\S+:\d{1,9}:\d{1,9})$")
_EXCERPT = re.compile(r"^ {3,}(?:> {0,4})?\d{0,9} ?\|(?: |$)")
"""A line of the source as jest and vitest show it beside a frame."""
_CARETS = re.compile(r"^\s*\^+\s*$")
_END_OF_THROWN = ("(Use `node --trace-uncaught ...", "Node.js v")
_OUT_OF_MEMORY = re.compile(r"FATAL ERROR: (?P<message>.*heap out of memory)")
_ERROR_NAME = re.compile(r"(?:Error|Exception|Rejection|Failure)$")
_MOST_FAILURES, _MOST_FRAMES, _MESSAGE_LINES = 200, 200, 60
_TEST_FAILURE = "ERR_TEST_FAILURE"


@dataclass(frozen=True, slots=True)
class _Block:
    """An error as printed: `indent` and `lead` of its head tell whose cause it is."""

    indent: int
    lead: str
    code: str
    failure: Failure


def failures_in(text: str) -> tuple[Failure, ...]:
    """Each error in `text` with frames once; causes belong to the error that they are printed with."""
    lines = [_VITEST_FRAME.sub(_as_frame, line) for line in log_lines(text) if not _EXCERPT.match(line)]
    found: list[list[_Block]] = []
    for block in _blocks(lines):
        if "cause" in block.lead and found and found[-1][0].indent < block.indent:
            found[-1].append(block)
        elif len(found) < _MOST_FAILURES:
            found.append([block])
    return tuple(dict.fromkeys(map(_joined, found)))


def _as_frame(match: re.Match[str]) -> str:
    """A frame of vitest as Node writes it."""
    return (
        f"    at {match['function']} ({match['place']})" if match["function"] else f"    at {match['place']}"
    )


def _joined(chain: list[_Block]) -> Failure:
    """The error with its causes; the wrapping that a test runner adds is taken off."""
    while len(chain) > 1 and chain[0].code == _TEST_FAILURE:
        chain = chain[1:]
    return replace(chain[0].failure, causes=tuple(block.failure for block in chain[1:]))


def _blocks(lines: list[str]) -> Iterator[_Block]:
    number, consumed = 0, 0
    while number < len(lines):
        if _is_frame(lines[number]):
            end = _end_of_frames(lines, number)
            if block := _block(lines, consumed, number, end):
                yield block
            number = consumed = end
            continue
        if block := _frameless(lines, consumed, number):
            yield block
            consumed = number + 1
        number += 1


def _is_frame(line: str) -> bool:
    match = _FRAME.match(line)
    if match is None:
        return False
    place = match["place"] or match["bare"]
    return bool(_PLACE.match(place)) or place in ("<anonymous>", "native") or place.startswith("index ")


def _end_of_frames(lines: list[str], start: int) -> int:
    end = start + 1
    while end < len(lines) and not lines[end - 1].endswith(" {"):
        line = lines[end]
        if not (_is_frame(line) or _MAPPED.match(line) or _LEFT_OUT.match(line)):
            break
        end += 1
    return end


def _block(lines: list[str], consumed: int, start: int, end: int) -> _Block | None:
    head = _head(lines, consumed, start)
    if head is None:
        return None
    number, match = head
    message = _message(match["message"] or "", lines[number + 1 : start])
    frames = tuple(_frames(lines[start:end]))[:_MOST_FRAMES][::-1]
    frames = _with_place(frames, match["kind"], lines, number)
    return _Block(
        len(match["indent"]), match["lead"], match["code"] or "", Failure(match["kind"], message, frames)
    )


def _head(lines: list[str], consumed: int, start: int) -> tuple[int, re.Match[str]] | None:
    """The nearest line above the frames that names an error; else one that may name a class."""
    perhaps = None
    indent = len(lines[start]) - len(lines[start].lstrip())
    for number in range(start - 1, max(consumed, start - _MESSAGE_LINES) - 1, -1):
        if _CARETS.match(lines[number]):
            break
        if (match := _HEAD.match(lines[number])) is None or len(match["indent"]) > indent:
            continue
        is_bare = not match["lead"].strip()
        if _ERROR_NAME.search(match["kind"]) and (is_bare or len(match["indent"]) < max(indent, 1)):
            return number, match
        if is_bare and match["message"] and len(match["indent"]) == max(indent - 4, 0):
            perhaps = perhaps or (number, match)
    return perhaps or _of_jest(lines, consumed, start)


def _of_jest(lines: list[str], consumed: int, start: int) -> tuple[int, re.Match[str]] | None:
    """What jest says of an expectation, which names no error."""
    for number in range(start - 1, max(consumed, start - _MESSAGE_LINES) - 1, -1):
        if lines[number].lstrip().startswith("expect("):
            return number, _named(lines[number])
    return None


def _named(line: str) -> re.Match[str]:
    match = _HEAD.match(f"AssertionError: {line.strip()}")
    assert match is not None
    return match


def _message(first: str, rest: list[str]) -> str:
    """The lines of a message without the margin that they share."""
    margin = min((len(line) - len(line.lstrip()) for line in rest if line.strip()), default=0)
    return "\n".join([first, *(line[margin:].rstrip() for line in rest)]).strip()


def _frames(lines: list[str]) -> Iterator[Frame]:
    """Frames of files, innermost first; a line `-> place` gives the last one's place in its source."""
    last: Frame | None = None
    for line in lines:
        mapped, match = _MAPPED.match(line), _FRAME.match(line)
        if mapped and last is not None:
            last = _frame(mapped["place"], last.function) or last
            continue
        if last is not None:
            yield last
        last = _frame(match["place"] or match["bare"], match["function"] or "") if match else None
    if last is not None:
        yield last


def _frame(place: str, function: str, source: str = "") -> Frame | None:
    match = _PLACE.match(place)
    if match is None or match["path"].startswith(("node:", "<", "eval at", "internal/", "native")):
        return None
    return Frame(_path(match["path"]), int(match["line"]), _ALIAS.sub("", function), source)


def _path(text: str) -> str:
    if text.startswith("file://"):
        return unquote(text.removeprefix("file://").partition("?")[0])
    return text


def _with_place(frames: tuple[Frame, ...], kind: str, lines: list[str], head: int) -> tuple[Frame, ...]:
    """Frames with what stands above an uncaught error.

    Where the text itself is at fault, that is the innermost place. Of any other error it may be where it was
    thrown again; then it says nothing new.
    """
    above = _place_above(lines, head)
    if above is None:
        return frames
    if frames and (frames[-1].path, frames[-1].line) == (above.path, above.line):
        return (*frames[:-1], replace(frames[-1], source=above.source))
    return (*frames, above) if kind == "SyntaxError" or not frames else frames


def _place_above(lines: list[str], head: int) -> Frame | None:
    """`path:line`, the line itself, carets, and perhaps an empty line before `head`."""
    for carets in (head - 1, head - 2):
        if carets >= 2 and _CARETS.match(lines[carets]):
            return _frame(lines[carets - 2], "", lines[carets - 1].strip())
    return None


def _frameless(lines: list[str], consumed: int, number: int) -> _Block | None:
    """An error without frames in brackets, a thrown value that is no error, or a full heap."""
    line = lines[number]
    if match := _FRAMELESS.match(line):
        failure = Failure(match["kind"], match["message"])
        return _Block(len(match["indent"]), match["lead"] or "", match["code"] or "", failure)
    if match := _OUT_OF_MEMORY.search(line):
        return _Block(0, "", "", Failure("FATAL ERROR", match["message"]))
    return _thrown(lines, consumed, number) if line.startswith(_END_OF_THROWN) else None


def _thrown(lines: list[str], consumed: int, end: int) -> _Block | None:
    for number in range(end - 1, max(consumed, end - _MESSAGE_LINES) - 1, -1):
        if _CARETS.match(lines[number]):
            place = _place_above(lines, number + 1)
            said = "\n".join(lines[number + 1 : end]).strip()
            return _Block(0, "", "", Failure("Uncaught", said, (place,))) if place else None
    return None
