"""Nodes of JavaScript, TypeScript and PHP trees by a fault's place, for templates."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from goldseam.core.fault import Fault
from goldseam.core.source import Span
from goldseam.languages.parse_tree import below
from goldseam.propose.templating.scene import Scene

if TYPE_CHECKING:
    from tree_sitter import Node


def span_of(node: "Node") -> Span:
    return Span(node.start_byte, node.end_byte)


def nodes_on_line(scene: Scene, fault: Fault, *kinds: str) -> "list[Node]":
    """Nodes of some kinds whose text touches the fault's line, the innermost first.

    Where it has none (an error handler that raised), those of the lines that the failure went through.
    """
    root = scene.tree(fault.path)
    found = [node for node in below(root) if node.type in kinds] if root else []
    passed = [
        frame.line
        for failure in scene.case.observation.failures
        for frame in failure.frames
        if frame.path == fault.path
    ]
    for rows in ({scene.line(fault) - 1}, {line - 1 for line in passed}):
        touching = [node for node in found if _touches(node, rows)]
        if touching:
            return sorted(touching, key=lambda node: node.end_byte - node.start_byte)
    return []


def _touches(node: "Node", rows: set[int]) -> bool:
    return any(node.start_point[0] <= row <= node.end_point[0] for row in rows)


def node_at(scene: Scene, fault: Fault) -> "Node | None":
    """The smallest named node that covers a fault's span."""
    root = scene.tree(fault.path)
    if root is None:
        return None
    return root.named_descendant_for_byte_range(fault.span.start, fault.span.end)


def around(node: "Node") -> "Iterator[Node]":
    """What is around a node, the nearest first."""
    at = node.parent
    while at is not None:
        yield at
        at = at.parent
