"""What rules read out of a Python tree."""

import ast
import warnings
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeVar

Node = TypeVar("Node", bound=ast.AST)
Function = ast.FunctionDef | ast.AsyncFunctionDef
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
SCOPES = (*FUNCTIONS, ast.ClassDef)


def parsed(text: str) -> ast.Module | None:
    """The tree of `text`, or None."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(text.removeprefix("\ufeff"))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None


def surplus(old: Iterable[Node], new: Iterable[Node], key: Callable[[Node], Hashable]) -> list[Node]:
    """Nodes of `new` beyond as many of the same key in `old`, in order."""
    left = Counter(map(key, old))
    found = []
    for node in new:
        if left[key(node)] > 0:
            left[key(node)] -= 1
        else:
            found.append(node)
    return found


def imports(tree: ast.Module | None) -> dict[str, str]:
    """Bound name to what it stands for: `{"pd": "pandas", "run": "subprocess.run"}`."""
    bound: dict[str, str] = {}
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, ast.Import):
            for alias in node.names:
                root = alias.name.partition(".")[0]
                bound[alias.asname or root] = alias.name if alias.asname else root
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            bound |= {alias.asname or alias.name: f"{module}.{alias.name}" for alias in node.names}
    return bound


def dotted(node: ast.AST, bound: dict[str, str] | None = None) -> str:
    """`a.b.c` with its first part resolved through the imports; `?` for what is no name."""
    if isinstance(node, ast.Name):
        return (bound or {}).get(node.id, node.id)
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value, bound)}.{node.attr}"
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "__import__":
        name = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else "?"
        return str(name)
    return "?"


def blocks(tree: ast.AST) -> Iterator[list[ast.stmt]]:
    """Every list of statements."""
    for node in ast.walk(tree):
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if isinstance(block, list) and block and isinstance(block[0], ast.stmt):
                yield block


def without_docstring(body: list[ast.stmt]) -> list[ast.stmt]:
    """A body without its first string."""
    first = body[0] if body else None
    is_text = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    if is_text and isinstance(first.value.value, str):  # type: ignore[union-attr]
        return body[1:]
    return body


def top_level(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Statements of a scope, through `if`, `try` and `with`, not into functions and classes."""
    for node in body:
        yield node
        for name in ("body", "orelse", "finalbody"):
            if not isinstance(node, SCOPES):
                yield from top_level(getattr(node, name, []))
        for handler in getattr(node, "handlers", []):
            yield from top_level(handler.body)


def functions(tree: ast.Module | None) -> dict[str, Function]:
    """Functions and methods by qualified name, those inside functions too; of doubles the last."""
    found: dict[str, Function] = {}
    if tree is not None:
        _collect(tree.body, "", found)
    return found


def _collect(body: list[ast.stmt], prefix: str, found: dict[str, Function]) -> None:
    for node in top_level(body):
        if isinstance(node, SCOPES):
            name = f"{prefix}{node.name}"
            if isinstance(node, FUNCTIONS):
                found[name] = node
            _collect(node.body, f"{name}.", found)


def line_of(node: ast.AST) -> int:
    return int(getattr(node, "lineno", 1))


def is_constant(node: ast.AST | None) -> bool:
    """A literal, a display of literals, or nothing (`return`)."""
    if node is None:
        return True
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return all(map(is_constant, node.elts))
    if isinstance(node, ast.Dict):
        return all(map(is_constant, [*node.keys, *node.values]))
    if isinstance(node, ast.UnaryOp):
        return is_constant(node.operand)
    if isinstance(node, ast.BinOp):
        return is_constant(node.left) and is_constant(node.right)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _CONTAINERS:
        return all(map(is_constant, node.args))
    return isinstance(node, ast.Constant)


_CONTAINERS = frozenset({"dict", "list", "set", "tuple", "str", "int", "float", "bool", "frozenset"})
