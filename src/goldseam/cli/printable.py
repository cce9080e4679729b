"""Stored text on its way to a terminal: data, never instructions to the terminal."""

import unicodedata

_INVISIBLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def printable(text: str) -> str:
    r"""`text` on one line: control, formatting and direction characters and lone surrogates as escapes.

    An escape sequence shows as `\x1b[31m` instead of colouring the terminal.
    """
    return "".join(_shown(character) for character in text)


def printable_lines(text: str) -> str:
    """Like `printable`, but lines end where they ended and tabs stay."""
    return "".join(c if c in "\n\t" else _shown(c) for c in text.replace("\r\n", "\n"))


def _shown(character: str) -> str:
    if character.isprintable() or unicodedata.category(character) not in _INVISIBLE:
        return character
    if character in _NAMED:
        return _NAMED[character]
    return character.encode("ascii", "backslashreplace").decode() if character > "\x7f" else _hex(character)


def _hex(character: str) -> str:
    return f"\\x{ord(character):02x}"
