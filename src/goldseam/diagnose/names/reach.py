"""Which files the imports of others lead to."""

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

_IMPORT = re.compile(
    rb"""^[ \t]*(?:from[ \t]+(\.*[\w.]*)[ \t]+import[ \t]+([^\n#;]*)|import[ \t]+([\w. \t,]+))"""
    rb"""|(?:\bfrom|\bimport|\brequire\s*\(|\binclude(?:_once)?|\brequire(?:_once)?)[^\n'"]{0,40}['"]([^'"\n]+)['"]""",
    re.MULTILINE,
)
MAX_FILES = 2_000


def reached(files: Mapping[str, bytes], start: Iterable[str]) -> frozenset[str]:
    """`start` and all files that they import, and those import in turn, by the names of the files."""
    by_stem: dict[str, list[str]] = {}
    for path in list(files)[:MAX_FILES]:
        pure = PurePosixPath(path)
        by_stem.setdefault(pure.stem, []).append(path)
        by_stem.setdefault(pure.parent.name, []).append(path)
    found: set[str] = set()
    todo = [path for path in start if path in files]
    while todo:
        path = todo.pop()
        if path not in found:
            found.add(path)
            todo += [other for word in imported(files[path]) for other in by_stem.get(word, ())]
    return frozenset(found)


def imported(data: bytes) -> frozenset[str]:
    """Names of files and folders that the imports of a source mention."""
    words: set[str] = set()
    for match in _IMPORT.finditer(data):
        for group in match.groups():
            text = (group or b"").decode("utf-8", "replace")
            parts = re.split(r"[^\w.\-/]+", text)
            words.update(piece for part in parts for piece in _pieces(part) if piece)
    return frozenset(words)


def _pieces(part: str) -> list[str]:
    pieces = re.split(r"[./]", part)
    return [*pieces, PurePosixPath(part).stem if "/" in part else ""]
