"""A name defined a second time, so that the first definition is never used."""

import ast
import builtins
from collections import Counter
from collections.abc import Iterator

from goldseam.verify.policy.change import FileChange
from goldseam.verify.policy.context import Context
from goldseam.verify.policy.ruling import Example, Objection, Rule, reject
from goldseam.verify.policy.trees import SCOPES, line_of

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
BUILT_IN = frozenset(dir(builtins)) - {"__doc__", "__name__", "_", "copyright", "credits", "license", "exit"}


def check(change: FileChange, _: Context) -> Iterator[Objection]:
    """Doubles in one block, functions that are assigned over, built-in functions that are replaced."""
    before = Counter(key for key, _ in _doubles(change.old_tree))
    for key, node in _doubles(change.new_tree):
        if before[key] == 0:
            yield reject(line_of(node), f"'{key[1]}' is defined a second time")
        before[key] -= 1
    shadowed = {name for name, _ in _shadowed(change.old_tree)}
    for name, node in _shadowed(change.new_tree):
        if name not in shadowed:
            yield reject(line_of(node), f"the built-in '{name}' is replaced for the whole file")


def _doubles(tree: ast.Module | None) -> Iterator[tuple[tuple[str, str], ast.stmt]]:
    for scope in ast.walk(tree) if tree else ():
        if isinstance(scope, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _doubles_in(getattr(scope, "name", ""), scope.body)


def _doubles_in(scope: str, body: list[ast.stmt]) -> Iterator[tuple[tuple[str, str], ast.stmt]]:
    defined: dict[str, Definition] = {}
    for node in body:
        if isinstance(node, SCOPES):
            if node.name in defined and not node.decorator_list and not defined[node.name].decorator_list:
                yield (scope, node.name), node
            defined[node.name] = node
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name) and target.id in defined and not _wraps(node, target.id):
                    yield (scope, target.id), node


def _wraps(node: ast.Assign, name: str) -> bool:
    """`f = property(f)`, `f = cache(f)`: the first definition is still used."""
    return any(isinstance(part, ast.Name) and part.id == name for part in ast.walk(node.value))


def _shadowed(tree: ast.Module | None) -> Iterator[tuple[str, ast.stmt]]:
    for node in tree.body if tree else ():
        names = [node.name] if isinstance(node, SCOPES) else []
        if isinstance(node, ast.Assign):
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
        yield from ((name, node) for name in names if name in BUILT_IN)


_OLD = "def area(a, b):\n    return a + b\n"
RULE = Rule(
    "second definition",
    check,
    hits=(
        Example(_OLD, _OLD + "\ndef area(a, b):\n    return a * b\n"),
        Example(_OLD, _OLD + "\narea = lambda a, b: 6\n"),
        Example(_OLD, "def sum(values):\n    return 15\n" + _OLD),
        Example(_OLD, "print = str\n" + _OLD),
    ),
    misses=(
        Example(_OLD, _OLD + "\narea = staticmethod(area)\n"),
        Example(
            _OLD,
            "if X:\n    def area(a, b):\n        return a * b\nelse:\n    def area(a):\n        return a\n",
        ),
        Example(
            "class A:\n    x = 1\n",
            "class A:\n    @property\n    def y(self):\n        return 1\n"
            "    @y.setter\n    def y(self, value):\n        pass\n",
        ),
        Example(_OLD, "def f(sum):\n    return sum\n" + _OLD),
    ),
)
