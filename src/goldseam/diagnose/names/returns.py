"""How a function ends: its `return` statements, and whether it may end without one."""

import ast

from goldseam.diagnose.names.members import last_name
from goldseam.diagnose.names.program import Function, Module


def returns(module: Module, function: Function) -> list[ast.Return]:
    """The `return` statements of a function, not of those inside it."""
    inside = (node for node in ast.walk(function) if isinstance(node, ast.Return))
    return [node for node in inside if module.scope(node) is function]


def is_generator(module: Module, function: Function) -> bool:
    inside = (node for node in ast.walk(function) if isinstance(node, ast.Yield | ast.YieldFrom))
    return any(module.scope(node) is function for node in inside)


def falls_through(body: list[ast.stmt]) -> bool:
    """Whether a block may end by its last line."""
    match body[-1]:
        case ast.Return() | ast.Raise() | ast.Continue() | ast.Break():
            return False
        case ast.If(body=then, orelse=orelse):
            return not orelse or falls_through(then) or falls_through(orelse)
        case ast.While(test=ast.Constant(value=always), body=inner) if always:
            return any(isinstance(node, ast.Break) for part in inner for node in ast.walk(part))
        case ast.With(body=inner) | ast.AsyncWith(body=inner):
            return falls_through(inner)
        case ast.Try(body=tried, handlers=handlers, orelse=orelse, finalbody=final):
            if final and not falls_through(final):
                return False
            ends = [orelse or tried, *(handler.body for handler in handlers)]
            return any(map(falls_through, ends))
        case ast.Match(cases=cases):
            last = cases[-1].pattern
            total = isinstance(last, ast.MatchAs) and last.pattern is None
            return not total or any(falls_through(case.body) for case in cases)
        case _:
            return True


def is_abstract(function: Function) -> bool:
    if any(last_name(d) in ("abstractmethod", "overload") for d in function.decorator_list):
        return True
    rest = [node for node in function.body if not _is_text(node)]
    return all(isinstance(node, ast.Pass | ast.Raise) for node in rest)


def _is_text(node: ast.stmt) -> bool:
    """Whether a statement is a docstring or `...`."""
    value = node.value if isinstance(node, ast.Expr) else None
    return isinstance(value, ast.Constant) and isinstance(value.value, str | type(...))
