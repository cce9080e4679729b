"""Functions whose body is replaced by nothing or by a fixed value."""

import ast
from collections.abc import Iterator

from goldseam.verify.policy.change import FileChange
from goldseam.verify.policy.context import Context
from goldseam.verify.policy.ruling import Decision, Example, Objection, Rule, reject, review
from goldseam.verify.policy.trees import (
    FUNCTIONS,
    SCOPES,
    Function,
    functions,
    is_constant,
    line_of,
    without_docstring,
)

LONG = 10
KEPT = 0.4


def check(change: FileChange, _: Context) -> Iterator[Objection]:
    """Functions that did something and do nothing, and classes that became empty."""
    before, after = functions(change.old_tree), functions(change.new_tree)
    for name in before.keys() & after.keys():
        old, new = before[name], after[name]
        if _does_something(old) and not _does_something(new):
            yield reject(line_of(new), f"the body of '{name}' is replaced by {_what(new)}")
        elif _returns_something(old) and _returns_fixed(new) and not _returns_fixed(old):
            yield reject(line_of(new), f"'{name}' now returns a fixed value whatever it is given")
        elif _passes(new) > _passes(old):
            yield review(line_of(new), f"'pass' stands in '{name}' where code was or should be")
        elif _size(old) >= LONG and _size(new) < KEPT * _size(old) and not _grown(before, after):
            yield review(line_of(new), f"most of '{name}' is gone: {_size(old)} statements, now {_size(new)}")


def _grown(before: dict[str, Function], after: dict[str, Function]) -> bool:
    """Whether the statements went into new functions."""
    return len(after.keys() - before.keys()) > 0


def _does_something(function: Function) -> bool:
    return any(not _is_nothing(node, function) for node in without_docstring(function.body))


def _is_nothing(node: ast.stmt, function: Function) -> bool:
    match node:
        case ast.Pass():
            return True
        case ast.Return(value=value):
            return is_constant(value) or _is_argument(value, function)
        case ast.Expr(value=ast.Constant()):
            return True
        case ast.Expr(value=ast.Call(func=ast.Name(id="print"))):
            return True
        case ast.Raise(exc=exc):
            return exc is not None and "NotImplemented" in ast.unparse(exc)
        case ast.Assign(value=value):
            return is_constant(value)
    return False


def _is_argument(value: ast.expr | None, function: Function) -> bool:
    names = {a.arg for a in (*function.args.posonlyargs, *function.args.args)}
    return isinstance(value, ast.Name) and value.id in names


def _what(function: Function) -> str:
    body = without_docstring(function.body)
    return f"'{ast.unparse(body[-1])}'" if body else "nothing"


def _returns(function: Function) -> list[ast.Return]:
    return [node for node in _own(function) if isinstance(node, ast.Return) and node.value is not None]


def _own(function: Function) -> Iterator[ast.AST]:
    for statement in function.body:
        yield from _inside(statement)


def _inside(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    if not isinstance(node, SCOPES):
        for child in ast.iter_child_nodes(node):
            yield from _inside(child)


def _returns_something(function: Function) -> bool:
    return any(not is_constant(node.value) for node in _returns(function))


def _returns_fixed(function: Function) -> bool:
    returns = _returns(function)
    fixed = _fixed_names(function)
    yields = any(isinstance(node, ast.Yield | ast.YieldFrom) for node in _own(function))
    values = {ast.unparse(node) for node in returns}
    always = [
        n for n in returns if is_constant(n.value) or (isinstance(n.value, ast.Name) and n.value.id in fixed)
    ]
    return bool(returns) and len(always) == len(returns) and len(values) == 1 and not yields


def _fixed_names(function: Function) -> set[str]:
    """Names that are only ever set to a literal."""
    stored = [n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
    literal = [
        target.id
        for node in ast.walk(function)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    ]
    return {name for name in literal if stored.count(name) == 1}


def _passes(function: Function) -> int:
    """Blocks that do nothing, handlers aside: those are another rule's."""
    nodes = list(ast.walk(function))
    handled = {id(part) for node in nodes if isinstance(node, ast.ExceptHandler) for part in node.body}
    return sum(
        isinstance(node, ast.Pass | ast.Expr) and id(node) not in handled and _is_nothing(node, function)
        for node in nodes
        if not (isinstance(node, ast.Expr) and not _is_ellipsis(node))
    )


def _is_ellipsis(node: ast.Expr) -> bool:
    return isinstance(node.value, ast.Constant) and node.value.value is ...


def _size(function: Function) -> int:
    return sum(isinstance(node, ast.stmt) and not isinstance(node, FUNCTIONS) for node in ast.walk(function))


_OLD = "def area(a, b):\n    result = a + b\n    return result\n"
RULE = Rule(
    "gutted body",
    check,
    hits=(
        Example(_OLD, "def area(a, b):\n    pass\n"),
        Example(_OLD, "def area(a, b):\n    return 6\n"),
        Example(_OLD, "def area(a, b):\n    raise NotImplementedError\n"),
        Example(_OLD, "def area(a, b):\n    result = a + b\n    return 6\n"),
        Example(_OLD, "def area(a, b):\n    result = 6\n    return result\n"),
        Example(_OLD, 'def area(a, b):\n    """Area."""\n    return a\n'),
        Example(
            "def f(a):\n    for b in a:\n        print(b)\n",
            "def f(a):\n    for b in a:\n        pass\n",
            Decision.REVIEW,
        ),
        Example(
            "def f(a):\n" + "".join(f"    g{i}(a)\n" for i in range(12)),
            "def f(a):\n    g0(a)\n    return a.b\n",
            Decision.REVIEW,
        ),
    ),
    misses=(
        Example(_OLD, _OLD.replace("+", "*")),
        Example(_OLD, "def area(a, b):\n    return a * b\n"),
        Example("def f():\n    return 1\n", "def f():\n    return 2\n"),
        Example(_OLD, _OLD + "\nclass Base:\n    def f(self):\n        raise NotImplementedError\n"),
    ),
)
