"""Edits of Python sources by their trees: small spans, in the indentation and line ends of the file."""

import ast
from collections.abc import Iterator, Sequence
from typing import TypeVar

from goldseam.core.fault import Fault
from goldseam.core.source import Edit, Span, line_span, newline_of
from goldseam.languages.python_imports import import_edits
from goldseam.languages.python_view import Function, Module

INDENT = "    "
N = TypeVar("N", bound=ast.AST)

_BINDS_LOOSER = (ast.BoolOp, ast.IfExp, ast.Lambda, ast.NamedExpr, ast.Yield, ast.YieldFrom, ast.Starred)
_OPERATIONS = (ast.BinOp, ast.UnaryOp, ast.Compare, ast.Await, *_BINDS_LOOSER)


def nodes_at(module: Module, fault: Fault, kind: type[N]) -> list[N]:
    """Nodes of a kind inside a fault's span, else around it, else on its line; the innermost first."""
    span, line = fault.span, module.line_at(fault.span.start)
    every = [(module.span(node), node) for node in module.every(kind)]
    every.sort(key=lambda pair: (pair[0].end - pair[0].start, pair[0].start))
    inside = [node for at, node in every if span.start <= at.start and at.end <= span.end]
    around = [node for at, node in every if at.start <= span.start and span.end <= at.end]
    on_line = [node for _, node in every if module.line(node) <= line <= last_line(node)]
    return list(dict.fromkeys([*inside, *around, *on_line]))


def on_line(module: Module, line: int, kind: type[N]) -> list[N]:
    """Nodes of a kind whose text touches a line, the innermost first."""
    found = [node for node in module.every(kind) if module.line(node) <= line <= last_line(node)]
    return sorted(found, key=lambda node: module.span(node).end - module.span(node).start)


def last_line(node: ast.AST) -> int:
    end: int | None = getattr(node, "end_lineno", None)
    start: int = getattr(node, "lineno", 1)
    return end or start


def statement_of(module: Module, node: ast.AST) -> ast.stmt | None:
    """The innermost statement around a node."""
    around = (node, *module.ancestors(node))
    return next((one for one in around if isinstance(one, ast.stmt)), None)


def statement_at(module: Module, line: int) -> ast.stmt | None:
    """The innermost statement whose text touches a line, one with a body only by its head."""
    found = [
        node
        for kind in _STATEMENTS
        for node in module.every(kind)
        if module.line(node) <= line <= _head_end(node)
    ]
    return max(found, key=lambda node: (module.line(node), node.col_offset), default=None)


def _head_end(node: ast.stmt) -> int:
    body = getattr(node, "body", None)
    return max(node.lineno, body[0].lineno - 1) if isinstance(body, list) and body else last_line(node)


_STATEMENTS: Sequence[type[ast.stmt]] = tuple(ast.stmt.__subclasses__())


def replaced(module: Module, node: ast.AST, text: str) -> Edit:
    """`text` for a node."""
    return Edit(module.span(node), encoded(module, text))


def wrapped(module: Module, node: ast.AST, head: str, tail: str = ")") -> tuple[Edit, Edit]:
    """A node between two texts."""
    span = module.span(node)
    return Edit(Span(span.start, span.start), head.encode()), Edit(Span(span.end, span.end), tail.encode())


def encoded(module: Module, text: str) -> bytes:
    """A text as the file's bytes, with its line ends; `text` holds names of the file and ASCII."""
    return newline_of(module.data).decode().join(text.split("\n")).encode("utf-8", "surrogateescape")


def operand(module: Module, node: ast.expr) -> str:
    """The source of an expression, in parentheses where another operation would tear it apart."""
    text = module.text(node)
    return f"({text})" if isinstance(node, _OPERATIONS) else text


def indentation(module: Module, statement: ast.AST) -> str:
    """The white space before a statement; empty where something else stands before it."""
    span = line_span(module.data, module.line(statement))
    head = module.data[span.start : module.span(statement).start]
    return head.decode("ascii", "replace") if not head.strip() else ""


def is_alone(module: Module, statement: ast.stmt) -> bool:
    """Whether nothing stands before a statement on its first line."""
    span = line_span(module.data, module.line(statement))
    start = module.span(statement).start
    mark = 3 if module.data.startswith(b"\xef\xbb\xbf") and span.start == 0 else 0
    return not module.data[span.start + mark : start].strip()


def lines_before(module: Module, statement: ast.stmt, *lines: str) -> Edit:
    """Lines of their own before a statement, in its indentation."""
    margin = indentation(module, statement)
    start = module.span(statement).start
    decorators = getattr(statement, "decorator_list", [])
    if decorators:
        start = line_span(module.data, decorators[0].lineno).start + len(margin)
    text = "".join(f"{line}\n{margin}" for line in lines)
    return Edit(Span(start, start), encoded(module, text))


def lines_after(module: Module, statement: ast.stmt, *lines: str, margin: str | None = None) -> Edit:
    """Lines of their own behind a statement, in its indentation unless another is given."""
    margin = indentation(module, statement) if margin is None else margin
    end = line_span(module.data, last_line(statement)).end
    return Edit(Span(end, end), encoded(module, "".join(f"\n{margin}{line}" for line in lines)))


def body_of(function: Function) -> list[ast.stmt]:
    """The statements of a function behind its docstring."""
    first = function.body[0]
    is_text = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    documented = is_text and isinstance(first.value.value, str)  # type: ignore[attr-defined]
    return function.body[1:] if documented else function.body


def at_start(module: Module, function: Function, *lines: str) -> Edit | None:
    """Lines at the start of a function's body, behind its docstring; None for a body on the `def` line."""
    body = body_of(function)
    if not body:
        return lines_after(module, function.body[0], *lines)
    return lines_before(module, body[0], *lines) if is_alone(module, body[0]) else None


def imported(module: Module, statement: str) -> tuple[Edit, ...]:
    """The edit that gives a module an import, or none where it has it: `from decimal import Decimal`."""
    return import_edits(statement, module.tree, module.data)


def loops_around(module: Module, node: ast.AST) -> Iterator[ast.For | ast.While]:
    """The loops around a node within its function, the innermost first."""
    for around in module.ancestors(node):
        if isinstance(around, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            return
        if isinstance(around, ast.For | ast.While):
            yield around


def constant(node: ast.AST | None) -> object:
    """The value of a constant, or None."""
    return node.value if isinstance(node, ast.Constant) else None
