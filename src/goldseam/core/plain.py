"""Text that others wrote, made fit to be read: what hides, moves or colours text is taken out."""

import re

MAX_LINE = 4096
_CLIPPED = " … "

_ESCAPES = re.compile(
    r"\x1b\[[0-?]{0,64}[ -/]{0,8}[@-~]"  # colours, cursor
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d\x9e\x9f])[^\x07\x1b\x9c]{0,4096}(?:\x07|\x1b\\|\x9c)"  # titles, links
    r"|\x1b[ -/]{0,4}[0-~]"
)
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_BREAK = re.compile(r"[^\S ]+")
_FENCE = re.compile(r"`{3,}|~{3,}")


def visible(text: str) -> str:
    r"""`text` without escapes, control, direction and zero-width characters; only `\n` ends a line."""
    lines = re.sub(r"\r\n?|[\x85\u2028\u2029]", "\n", text)
    return _HIDDEN.sub("", _ESCAPES.sub("", lines))


def readable(output: bytes) -> str:
    """What a program printed, as text of visible, short lines."""
    return with_short_lines(visible(output.decode("utf-8", "replace")))


def with_short_lines(text: str, limit: int = MAX_LINE) -> str:
    """`text` with the middle of every longer line left out."""
    if len(text) <= limit:
        return text
    return "\n".join(clipped(line, limit) for line in text.split("\n"))


def clipped(text: str, limit: int) -> str:
    """At most about `limit` characters: the beginning and the end."""
    return text if len(text) <= limit else f"{text[: limit // 2]}{_CLIPPED}{text[-limit // 2 :]}"


def one_line(text: str, limit: int) -> str:
    """`text` as one visible line that opens no block of Markdown."""
    line = _BREAK.sub(" ", visible(clipped(text, 16 * limit))).strip()
    return clipped(_FENCE.sub(lambda fence: "'" * len(fence[0]), line), limit)


def quoted(text: str, limit: int) -> str:
    """`text` as one line between backticks that it cannot close."""
    line = one_line(text, limit)
    ticks = "`" * (1 + _longest_run(line))
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{ticks}{pad}{line}{pad}{ticks}"


def fence_around(text: str) -> str:
    """A Markdown fence that `text` cannot close."""
    return "`" * max(3, 1 + _longest_run(text))


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall(r"`+", text)), default=0)
