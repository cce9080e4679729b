"""Unified diffs of bytes: as text that `patch` understands, and in colour for a person."""

import re
from collections.abc import Iterator
from difflib import unified_diff as diff_lines
from typing import TYPE_CHECKING

from goldseam.cli.printable import printable, printable_lines

if TYPE_CHECKING:
    from rich.syntax import Syntax

_NO_NEWLINE = "\n\\ No newline at end of file\n"
_BODY_LINE = re.compile(r"^(?!--- |\+\+\+ )[ +-].*$", re.MULTILINE)


def unified_diff(path: str, before: bytes, after: bytes) -> str:
    """The diff between two states of a file, empty if they are equal.

    Read as UTF-8, or as Latin-1 if either is not UTF-8: every byte then still shows as one character.
    Line ends are as in the file.
    """
    encoding = _encoding(before, after)
    old, new = (_lines(data.decode(encoding)) for data in (before, after))
    name = printable(path)
    return "".join(_ended(line) for line in diff_lines(old, new, f"a/{name}", f"b/{name}"))


def render_diff(text: str) -> "Syntax":
    """A unified diff in colour, its control characters made visible; CRLF only where ends are mixed."""
    from rich.syntax import Syntax

    body = _BODY_LINE.findall(text)
    if body and not all(line.endswith("\r") for line in body):
        text = text.replace("\r\n", "\\r\n")
    shown = printable_lines(text).rstrip("\n")
    return Syntax(shown, "diff", theme="ansi_dark", background_color="default", word_wrap=True)


def _encoding(*contents: bytes) -> str:
    try:
        for data in contents:
            data.decode()
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8"


def _lines(text: str) -> list[str]:
    # Old line ends, a lone \r each, would make the whole file one line.
    end = "\n" if "\n" in text else "\r"
    return list(_split(text, end))


def _split(text: str, end: str) -> Iterator[str]:
    parts = text.split(end)
    yield from (part + end for part in parts[:-1])
    if parts[-1]:
        yield parts[-1]


def _ended(line: str) -> str:
    if line.endswith("\n"):
        return line
    return f"{line}\n" if line.endswith("\r") else line + _NO_NEWLINE
