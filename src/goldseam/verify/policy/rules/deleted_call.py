"""Calls made for their effect that are gone without anything in their place."""

import ast
import re
from collections.abc import Iterator

from goldseam.verify.policy.change import FileChange
from goldseam.verify.policy.context import Context
from goldseam.verify.policy.ruling import Decision, Example, Objection, Rule, reject, review
from goldseam.verify.policy.trees import FUNCTIONS, dotted, functions, line_of, surplus

_TELLING = re.compile(r"(^|\.)_?(log|logger|logging|warnings|print)(\.|$)|\.(debug|info|warn|warning)$")
_CHECKING = re.compile(
    r"(^|\.)_*(validate|verify|check|ensure|require|assert(?!ionerror)|authenticate|authorize|sanitize|escape)",
    re.I,
)


def check(change: FileChange, context: Context) -> Iterator[Objection]:
    """Lost effect calls of functions that still exist; lost checks wherever they stood."""
    old, new = list(change.old_nodes()), list(change.new_nodes())
    lost = surplus(_calls(new), _calls(old), _callee)
    effects = {id(node.value) for node in old if isinstance(node, ast.Expr)}
    failing = context.failing_lines(change.path)
    shrunk = set(_shrunk(change))
    gained = surplus(_calls(old), _calls(new), _callee)
    for call in lost:
        name = _callee(call)
        if line_of(call) in failing and id(call) in effects and not _is_called_otherwise(call, gained):
            yield reject(line_of(call), f"the failing call of '{name}' is deleted instead of repaired")
        elif _CHECKING.search(name) and not _renamed(name, new):
            yield review(line_of(call), f"the check '{name}' is gone")
        elif id(call) in effects and id(call) in shrunk and not _TELLING.search(name):
            yield review(line_of(call), f"the call of '{name}' is deleted, with nothing in its place")


def _calls(nodes: list[ast.AST]) -> list[ast.Call]:
    return [node for node in nodes if isinstance(node, ast.Call)]


def _callee(call: ast.Call) -> str:
    return dotted(call.func)


def _is_called_otherwise(call: ast.Call, gained: list[ast.Call]) -> bool:
    """Whether another function or method of the same object is given the same: the name was wrong."""
    owner = ast.unparse(call.func.value) if isinstance(call.func, ast.Attribute) else ""
    given = [ast.unparse(part) for part in (*call.args, *call.keywords)]
    return any(
        owner == (ast.unparse(other.func.value) if isinstance(other.func, ast.Attribute) else "")
        and given == [ast.unparse(part) for part in (*other.args, *other.keywords)]
        for other in gained
    )


def _renamed(name: str, new: list[ast.AST]) -> bool:
    last = name.rpartition(".")[2]
    return any(dotted(call.func).rpartition(".")[2] == last for call in _calls(new))


def _shrunk(change: FileChange) -> Iterator[int]:
    """Calls in scopes that have fewer statements made for an effect than before."""
    if change.old_tree is None or change.new_tree is None:
        return
    after = functions(change.new_tree)
    for name, function in functions(change.old_tree).items():
        if name in after and _effects(function) > _effects(after[name]):
            yield from (id(node) for node in ast.walk(function))
    if _module_effects(change.old_tree) > _module_effects(change.new_tree):
        yield from (id(node.value) for node in change.old_tree.body if isinstance(node, ast.Expr))


def _effects(function: ast.AST) -> int:
    """Calls for effect, and everything that may stand in for one: assignments, loops, `with`."""
    kinds = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Delete, ast.For, ast.With, ast.Raise, ast.Return)
    return sum(isinstance(node, kinds) or _is_effect(node) for node in ast.walk(function))


def _module_effects(tree: ast.Module) -> int:
    return sum(_effects(node) for node in tree.body if not isinstance(node, (*FUNCTIONS, ast.ClassDef)))


def _is_effect(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Call | ast.Await)


_OLD = "def save(row):\n    check_row(row)\n    table.insert(row)\n    notify(row)\n    return row\n"
RULE = Rule(
    "deleted call",
    check,
    hits=(
        Example(_OLD, _OLD.replace("    table.insert(row)\n", ""), Decision.REVIEW),
        Example(_OLD, _OLD.replace("    check_row(row)\n", ""), Decision.REVIEW),
        Example(_OLD, _OLD.replace("    notify(row)\n", ""), failing=("ValueError", 4)),
    ),
    misses=(
        Example(_OLD, _OLD.replace("notify(row)", "notify_all([row])")),
        Example(_OLD, _OLD.replace("table.insert(row)", "row = table.insert(row)")),
        Example(_OLD.replace("notify(", "notfiy("), _OLD, failing=("NameError", 4)),
        Example(_OLD.replace(".insert(", ".push("), _OLD, failing=("AttributeError", 3)),
        Example("def f(x):\n    print(x)\n    return x\n", "def f(x):\n    return x\n"),
    ),
)
