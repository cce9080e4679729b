"""Whether a source parses, and whether two sources mean the same: layout and comments aside."""

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from goldseam.languages.parse_tree import grammar_of, tree_of
from goldseam.languages.python import encoding_of

if TYPE_CHECKING:
    from tree_sitter import Node

_UNREADABLE = (SyntaxError, ValueError, LookupError, RecursionError, MemoryError)


def meaning_of(path: str, data: bytes) -> str | None:
    """Equal for sources that differ in layout and comments alone; None for one that does not parse.

    What is neither JavaScript, TypeScript nor PHP is read as Python by goldseam's own version of it.
    """
    grammar = grammar_of(path)
    if grammar is None:
        return _python(data)
    root = tree_of(grammar, data)
    return None if root is None or root.has_error else "\0".join(_leaves(root))


def _python(data: bytes) -> str | None:
    try:
        return ast.dump(ast.parse(data.decode(encoding_of(data))))
    except _UNREADABLE:
        return None


def _leaves(root: "Node") -> Iterator[str]:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.type == "comment":
            continue
        if not node.children and node.text is not None:
            yield node.text.decode("utf-8", "replace")
        waiting += node.children[::-1]
