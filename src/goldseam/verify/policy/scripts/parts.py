"""Parts of a tree as rules compare them: texts with even white space, literals, statements of a block."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from goldseam.languages.parse_tree import text_of
from goldseam.verify.policy.scripts import grammar as g

if TYPE_CHECKING:
    from tree_sitter import Node


@dataclass(frozen=True, slots=True)
class Part:
    """Some text of the source and its line, from 1."""

    text: str
    line: int


def flat(node: "Node | None") -> str:
    """The text of a node on one line."""
    return " ".join(text_of(node).split())


def line_of(node: "Node") -> int:
    return int(node.start_point[0]) + 1


def part(node: "Node") -> Part:
    return Part(flat(node), line_of(node))


def inner(node: "Node | None") -> "Node | None":
    """An expression without the brackets, `await` and statement around it."""
    while node is not None and node.type in g.WRAPPERS and node.named_children:
        node = node.named_children[0]
    return node


def is_literal(node: "Node | None") -> bool:
    """A literal, a display of literals, or nothing."""
    node = inner(node)
    if node is None or node.type in g.LITERALS:
        return node is None or not any(child.type in g.HOLES for child in node.named_children)
    if node.type in g.DISPLAYS:
        return all(is_literal(child) for child in node.named_children if child.type != "comment")
    if node.type in g.SIGNED and node.named_children:
        return is_literal(node.named_children[-1]) and len(node.named_children) == 1
    return (node.type == "identifier" and text_of(node) in g.LITERAL_NAMES) or (
        node.type == "name" and text_of(node).upper() in ("TRUE", "FALSE", "NULL")
    )


def statements_of(block: "Node") -> "list[Node]":
    if block.type not in g.BLOCKS and block.type != "program":
        return [block]
    skipped = ("comment", "php_tag", "text", "text_interpolation")
    return [child for child in block.named_children if child.type not in skipped]


def first_of(node: "Node") -> "Node | None":
    """The first named part of a node."""
    return node.named_children[0] if node.named_children else None
