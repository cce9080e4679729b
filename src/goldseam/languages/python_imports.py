"""Where an import belongs in a Python source: in the statement of its module, or in its group."""

import ast
import sys
from collections.abc import Iterator

from goldseam.core.source import UTF8_BOM, Edit, Span, line_span, lines_of, newline_of

_Import = ast.Import | ast.ImportFrom


def import_edits(statement: str, tree: ast.Module, data: bytes) -> tuple[Edit, ...]:
    """The edit that adds an import `statement` at its place; none where the source has it already.

    A name is added to an import of the same module that stands on one line. Else the statement is a line of
    its own: in front of the first import of its group (library, installed, project) that comes after it by
    name, behind the last one before it, and behind the docstring where there are no imports.
    """
    wanted = ast.parse(statement).body[0]
    if not isinstance(wanted, ast.Import | ast.ImportFrom):
        raise ValueError(f"no import: {statement}")
    there = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    if any(_gives(node, wanted) for node in there):
        return ()
    for node in there:
        if edit := _joined(node, wanted, data):
            return (edit,)
    return (_line(statement, wanted, there, tree, data),)


def _gives(node: _Import, wanted: _Import) -> bool:
    if isinstance(node, ast.ImportFrom) != isinstance(wanted, ast.ImportFrom):
        return False
    has = {(alias.name, alias.asname) for alias in node.names}
    is_there = {(alias.name, alias.asname) for alias in wanted.names} <= has
    return is_there and (isinstance(node, ast.Import) or _module(node) == _module(wanted))


def _joined(node: _Import, wanted: _Import, data: bytes) -> Edit | None:
    """The name in an import of the same module: `from a import b` becomes `from a import b, c`."""
    if not (isinstance(node, ast.ImportFrom) and isinstance(wanted, ast.ImportFrom)):
        return None
    one_line = node.lineno == node.end_lineno
    if _module(node) != _module(wanted) or not one_line or node.names[0].name == "*":
        return None
    new = wanted.names[0].name
    after = next((alias for alias in node.names if alias.name > new and _is_sorted(node)), None)
    start = line_span(data, node.lineno).start + (len(UTF8_BOM) if _has_mark(data, node) else 0)
    if after is not None:
        at = start + after.col_offset
        return Edit(Span(at, at), f"{new}, ".encode())
    at = start + (node.names[-1].end_col_offset or 0)
    return Edit(Span(at, at), f", {new}".encode())


def _has_mark(data: bytes, node: ast.stmt) -> bool:
    return node.lineno == 1 and data.startswith(UTF8_BOM)


def _is_sorted(node: ast.ImportFrom) -> bool:
    names = [alias.name for alias in node.names]
    return names == sorted(names)


def _line(statement: str, wanted: _Import, there: list[_Import], tree: ast.Module, data: bytes) -> Edit:
    key = _key(wanted)
    following = next((node for node in there if _key(node) > key), None)
    preceding = next((node for node in reversed(there) if _key(node) < key), None)
    if following is not None and following.col_offset == 0:
        return _inserted(statement, following.lineno - 1, data)
    if preceding is not None:
        return _inserted(statement, preceding.end_lineno or preceding.lineno, data)
    return _inserted(statement, _first_line(tree), data)


def _key(node: _Import) -> tuple[int, int, str]:
    """Groups in their order; in one group plain imports before those of single names, each by name."""
    module = _module(node)
    first = module.partition(".")[0]
    if first == "__future__":
        group = 0
    elif isinstance(node, ast.ImportFrom) and node.level:
        group = 3
    else:
        group = 1 if first in sys.stdlib_module_names else 2
    return group, int(isinstance(node, ast.ImportFrom)), module


def _module(node: _Import) -> str:
    if isinstance(node, ast.ImportFrom):
        return "." * node.level + (node.module or "")
    return node.names[0].name


def _first_line(tree: ast.Module) -> int:
    """How many lines stand before the first statement that is no docstring."""
    line = 0
    for node in tree.body:
        if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            return min(_heads(node)) - 1
        line = node.end_lineno or line
    return line


def _heads(node: ast.stmt) -> Iterator[int]:
    yield node.lineno
    yield from (decorator.lineno for decorator in getattr(node, "decorator_list", ()))


def _inserted(statement: str, line: int, data: bytes) -> Edit:
    """A statement behind so many lines."""
    lines = lines_of(data)
    at = sum(map(len, lines[:line])) or (len(UTF8_BOM) if data.startswith(UTF8_BOM) else 0)
    newline = newline_of(data)
    first = newline if line and not lines[line - 1].endswith((b"\n", b"\r")) else b""
    return Edit(Span(at, at), first + statement.encode() + newline)
