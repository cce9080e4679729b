"""Exceptions that are caught and forgotten."""

import ast
from collections.abc import Iterator

from goldseam.verify.policy.change import FileChange
from goldseam.verify.policy.context import Context
from goldseam.verify.policy.ruling import Decision, Example, Objection, Rule, reject, review
from goldseam.verify.policy.trees import dotted, imports, is_constant, line_of, surplus

BROAD = frozenset({"Exception", "BaseException", "?"})
_QUIET_CALLS = ("print", "logging", "logger", "log", "warnings", "traceback")


def check(change: FileChange, context: Context) -> Iterator[Objection]:
    """New handlers that are broad or that forget; new suppressions; returns in `finally`."""
    old = list(change.old_nodes())
    new = list(change.new_nodes())
    written = {ast.unparse(node) for node in old if isinstance(node, ast.stmt)}
    failing = set(context.failing_lines(change.path).values())
    for block in (node for node in new if isinstance(node, ast.Try | ast.TryStar)):
        known = [node for node in old if isinstance(node, ast.ExceptHandler)]
        for handler in surplus(known, block.handlers, _key):
            wraps = any(ast.unparse(node) in written for node in block.body)
            if objection := _judged(handler, wraps, failing):
                yield objection
    for call in surplus(_suppressions(change, old), _suppressions(change, new), ast.unparse):
        names = [dotted(argument) for argument in call.args]
        what = f"suppresses {', '.join(names)}"
        is_broad = bool(BROAD & set(names) or failing & set(names))
        yield reject(line_of(call), what) if is_broad else review(line_of(call), what)
    for leaving in surplus(_leavings(old), _leavings(new), ast.unparse):
        yield reject(line_of(leaving), "leaving in 'finally' swallows every exception")


def _judged(handler: ast.ExceptHandler, wraps: bool, failing: set[str]) -> Objection | None:
    line, caught = line_of(handler), set(_caught(handler))
    if any(isinstance(node, ast.Raise) for node in ast.walk(handler)):
        return None
    names = " or ".join(sorted(caught)).replace("?", "everything")
    if caught & BROAD:
        if _is_silent(handler) or wraps:
            return reject(line, f"catches {names} and goes on: it hides every error, not this one")
        return review(line, f"catches {names}, which is more than one kind of error")
    if not _is_silent(handler) or not wraps:
        return None
    if caught & failing and all(isinstance(node, ast.Pass | ast.Continue) for node in handler.body):
        return reject(line, f"catches the {names} that was to be repaired, and forgets it")
    return review(line, f"catches {names} around code that was there and gives a made-up result")


def _caught(handler: ast.ExceptHandler) -> list[str]:
    if handler.type is None:
        return ["?"]
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return [dotted(kind).rpartition(".")[2] for kind in kinds]


def _key(handler: ast.ExceptHandler) -> tuple[object, ...]:
    return tuple(_caught(handler)), _is_silent(handler)


def _is_silent(handler: ast.ExceptHandler) -> bool:
    return all(_forgets(statement) for statement in handler.body)


def _forgets(statement: ast.stmt) -> bool:
    match statement:
        case ast.Pass() | ast.Continue() | ast.Break():
            return True
        case ast.Return(value=value):
            return is_constant(value)
        case ast.Assign(value=value):
            return is_constant(value)
        case ast.Expr(value=ast.Call(func=func)):
            return dotted(func).partition(".")[0].lower().lstrip("_") in _QUIET_CALLS
        case ast.Expr(value=ast.Constant()):
            return True
    return False


def _suppressions(change: FileChange, nodes: list[ast.AST]) -> list[ast.Call]:
    bound = imports(change.new_tree)
    calls = [node for node in nodes if isinstance(node, ast.Call)]
    return [call for call in calls if dotted(call.func, bound) == "contextlib.suppress"]


def _leavings(nodes: list[ast.AST]) -> list[ast.stmt]:
    blocks = [node.finalbody for node in nodes if isinstance(node, ast.Try | ast.TryStar)]
    kinds = (ast.Return, ast.Break, ast.Continue)
    return [node for block in blocks for node in block if isinstance(node, kinds)]


_OLD = "def mean(values):\n    return sum(values) / len(values)\n"
RULE = Rule(
    "swallowed exception",
    check,
    hits=(
        Example(
            _OLD,
            "def mean(values):\n    try:\n        return sum(values) / len(values)\n"
            "    except Exception:\n        return 0\n",
        ),
        Example(
            _OLD,
            "def mean(values):\n    try:\n        return sum(values) / len(values)\n"
            "    except:\n        pass\n",
        ),
        Example(
            _OLD,
            "from contextlib import suppress\ndef mean(values):\n    with suppress(Exception):\n"
            "        return sum(values) / len(values)\n",
        ),
        Example(
            _OLD,
            "def mean(values):\n    try:\n        return sum(values) / len(values)\n"
            "    finally:\n        return 0\n",
        ),
        Example(
            _OLD,
            "def mean(values):\n    try:\n        return sum(values) / len(values)\n"
            "    except ZeroDivisionError:\n        pass\n",
            failing=("ZeroDivisionError", 2),
        ),
        Example(
            _OLD,
            "def mean(values):\n    try:\n        return sum(values) / len(values)\n"
            "    except ZeroDivisionError:\n        return 0\n",
            Decision.REVIEW,
        ),
    ),
    misses=(
        Example(_OLD, "def mean(values):\n    if not values:\n        return 0\n    return sum(values)\n"),
        Example(
            _OLD,
            "def mean(values):\n    try:\n        return sum(values) / len(values)\n"
            "    except ZeroDivisionError as error:\n        raise ValueError('no values') from error\n",
        ),
        Example("x = 1\n", "try:\n    import tomllib\nexcept ImportError:\n    tomllib = None\nx = 1\n"),
    ),
)
