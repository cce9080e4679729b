"""Parse trees of JavaScript, TypeScript and PHP by tree-sitter: tolerant, and nothing of the text is run.

A tree of a text that does not parse has `ERROR` nodes or missing ones (`has_error`). Positions are bytes.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node, Parser

MOST_BYTES = 1_000_000
MOST_DEPTH = 1_000
_BRACKET = re.compile(rb"[(){}\[\]]")

GRAMMARS = {
    ".php": "php", ".phtml": "php", ".inc": "php",
    ".js": "javascript", ".mjs": "javascript", ".cjs": "javascript", ".jsx": "javascript",
    ".ts": "typescript", ".mts": "typescript", ".cts": "typescript", ".tsx": "tsx",
}  # fmt: skip
"""Grammar by suffix."""


def grammar_of(path: str) -> str | None:
    """The grammar that reads a file, or None."""
    return GRAMMARS.get(PurePosixPath(path).suffix.lower())


def tree_of(grammar: str, data: bytes) -> "Node | None":
    """The root of the tree of `data`; None where it is too large or too deep to be walked."""
    if len(data) > MOST_BYTES or _depth(data) > MOST_DEPTH:
        return None
    return _parser(grammar).parse(data).root_node


def _depth(data: bytes) -> int:
    """How deep brackets are nested at most; those in strings count too."""
    depth = most = 0
    for bracket in _BRACKET.findall(data):
        if bracket in b"([{":
            depth += 1
            most = max(most, depth)
        else:
            depth = max(0, depth - 1)
    return most


@cache
def _parser(grammar: str) -> "Parser":
    from tree_sitter import Language, Parser

    return Parser(Language(_LOAD[grammar]()))


def _javascript() -> object:
    import tree_sitter_javascript

    return tree_sitter_javascript.language()


def _typescript() -> object:
    import tree_sitter_typescript

    return tree_sitter_typescript.language_typescript()


def _tsx() -> object:
    import tree_sitter_typescript

    return tree_sitter_typescript.language_tsx()


def _php() -> object:
    import tree_sitter_php

    return tree_sitter_php.language_php()


_LOAD: dict[str, Callable[[], object]] = {
    "javascript": _javascript,
    "typescript": _typescript,
    "tsx": _tsx,
    "php": _php,
}


def below(node: "Node", stop: frozenset[str] = frozenset()) -> "Iterator[Node]":
    """All named nodes below `node` in the order of the text; those of a kind in `stop` are not entered."""
    waiting = node.named_children[::-1]
    while waiting:
        at = waiting.pop()
        yield at
        if at.type not in stop:
            waiting += at.named_children[::-1]


def text_of(node: "Node | None") -> str:
    """The text of a node, or nothing."""
    return "" if node is None or node.text is None else node.text.decode("utf-8", "replace")
