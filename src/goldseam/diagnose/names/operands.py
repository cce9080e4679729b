"""The expressions of a failing line whose value a message complains about."""

import ast
import re
from collections.abc import Iterator

from goldseam.diagnose.names.program import Module

_NO_ATTRIBUTE = re.compile(r"has no attribute '([^']+)'")
Operand = tuple[ast.AST, tuple[str, ...]]


def operands(module: Module, line: int, message: str, wrong: tuple[str, ...]) -> Iterator[Operand]:
    """Expressions on the line, each with the types it may have, the nearest to the failure first.

    A star before one, which the source need not have, stands for what it holds.
    """
    nodes = [*module.at_line(line), *_heads(module, line)]
    if match := _NO_ATTRIBUTE.search(message):
        yield from ((n.value, wrong) for n in nodes if isinstance(n, ast.Attribute) and n.attr == match[1])
        return
    if len(wrong) == 2:
        for node in nodes:
            yield from _pairs(node, wrong)
        return
    for node in nodes:
        yield from ((part, wrong) for part in _parts(node, message))


def _pairs(node: ast.AST, wrong: tuple[str, ...]) -> Iterator[Operand]:
    """Both sides of an operation: a chain of sums has its own sides in between."""
    match node:
        case ast.BinOp(left=left, right=right):
            yield left, wrong[:1]
            yield right, wrong[1:]
        case ast.AugAssign(target=target, value=value):
            yield target, wrong[:1]
            yield value, wrong[1:]
        case ast.Compare(left=left, comparators=rest):
            sides = [left, *rest]
            yield from ((side, wrong) for side in sides)
        case ast.Call(func=ast.Name(id="sum" | "min" | "max" | "sorted"), args=args, keywords=named):
            yield from ((k.value.body, wrong) for k in named if isinstance(k.value, ast.Lambda))
            yield from ((ast.Starred(value=arg), wrong) for arg in args)
        case _:
            return


def _parts(node: ast.AST, message: str) -> Iterator[ast.AST]:
    """What a node needs to be of some type, by the kind of complaint."""
    match node:
        case ast.Subscript(value=value, slice=index):
            yield index if "indices" in message else value
        case ast.Call(func=func, args=args, keywords=keywords):
            if "callable" in message:
                yield func
            elif "sequence item" in message:
                yield from (ast.Starred(value=arg) for arg in args)
            else:
                yield from args
                yield from (keyword.value for keyword in keywords)
        case ast.For(iter=value) | ast.comprehension(iter=value) | ast.Starred(value=value):
            yield value
        case ast.Compare(comparators=values) if "iterable" in message:
            yield from values
        case ast.BinOp(left=left, right=right):
            yield from (left, right)
        case ast.Assign(value=value) | ast.Await(value=value) | ast.FormattedValue(value=value):
            yield value
        case ast.withitem(context_expr=value) | ast.UnaryOp(operand=value):
            yield value
        case _:
            return


def _heads(module: Module, line: int) -> list[ast.AST]:
    """Loops and `with` statements whose head is on the line, and comprehensions' parts that touch it."""
    found: list[ast.AST] = []
    for node in module.nodes:
        if isinstance(node, ast.For | ast.AsyncFor) and node.lineno <= line < node.body[0].lineno:
            found.append(node)
        elif isinstance(node, ast.With | ast.AsyncWith) and node.lineno <= line < node.body[0].lineno:
            found += node.items
        elif isinstance(node, ast.comprehension) and _touches(node.iter, line):
            found.append(node)
    return found


def _touches(node: ast.expr, line: int) -> bool:
    return node.lineno <= line <= (node.end_lineno or node.lineno)
