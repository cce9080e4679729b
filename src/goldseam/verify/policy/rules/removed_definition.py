"""Functions, classes and public names that are gone."""

import ast
from collections.abc import Iterator

from goldseam.verify.policy.change import FileChange
from goldseam.verify.policy.context import Context
from goldseam.verify.policy.ruling import Decision, Example, Objection, Rule, reject, review
from goldseam.verify.policy.trees import SCOPES, functions, line_of, top_level


def check(change: FileChange, context: Context) -> Iterator[Objection]:
    """Names of the module and methods of its classes that the new file lacks."""
    if change.new_tree is None or change.old_tree is None:
        return
    after = _names(change.new_tree) | set(functions(change.new_tree))
    for name, line in _defined(change.old_tree):
        last = name.rpartition(".")[2]
        if name in after or _moved(name, change.new_tree, after):
            continue
        if "." in name and _inherited(name, change, context):
            yield review(line, f"'{name}' is removed; a base class may define it")
        elif user := _user(last, change, context, is_method="." in name):
            yield reject(line, f"'{name}' is removed, but {user} uses it")
        elif not last.startswith("_"):
            yield review(line, f"'{name}', a public name, is removed")


def _moved(name: str, tree: ast.Module, after: set[str]) -> bool:
    """A method of a class that is gone or renamed counts with its class; one made another way stays."""
    owner, _, last = name.rpartition(".")
    if not owner:
        return False
    return owner not in after or any(
        isinstance(node, ast.ClassDef) and node.name == owner and last in _names(node)
        for node in ast.walk(tree)
    )


def _inherited(name: str, change: FileChange, context: Context) -> bool:
    """Whether the class has bases and another file defines a method of this name."""
    owner, _, last = name.rpartition(".")
    classes = [node for node in change.new_nodes() if isinstance(node, ast.ClassDef) and node.name == owner]
    return any(node.bases for node in classes) and any(
        isinstance(node, SCOPES) and node.name == last
        for _, tree in context.project.trees_with(last, besides=change.path)
        for node in ast.walk(tree)
    )


def _defined(tree: ast.Module) -> Iterator[tuple[str, int]]:
    for node in top_level(tree.body):
        if isinstance(node, SCOPES):
            yield node.name, line_of(node)
        elif isinstance(node, ast.Assign):
            yield from ((t.id, line_of(node)) for t in node.targets if isinstance(t, ast.Name))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id, line_of(node)
        if isinstance(node, ast.ClassDef):
            parts = [part for part in top_level(node.body) if isinstance(part, SCOPES)]
            yield from ((f"{node.name}.{part.name}", line_of(part)) for part in parts)


def _names(tree: ast.Module | ast.ClassDef) -> set[str]:
    """Everything bound in a scope."""
    bound: set[str] = set()
    for node in top_level(tree.body):
        if isinstance(node, SCOPES):
            bound.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            bound |= {alias.asname or alias.name.partition(".")[0] for alias in node.names}
        else:
            bound |= {
                n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
            }
    return bound


def _user(name: str, change: FileChange, context: Context, *, is_method: bool) -> str | None:
    if change.new_tree and _reads(change.new_tree, name, is_method=is_method):
        return "this file"
    for path, tree in context.project.trees_with(name, besides=change.path):
        if _imports_from(tree, name, change.path) if not is_method else False:
            return path
    return None


def _reads(tree: ast.Module, name: str, *, is_method: bool) -> bool:
    if is_method:
        return any(
            isinstance(n, ast.Attribute)
            and n.attr == name
            and isinstance(n.value, ast.Name)
            and n.value.id == "self"
            for n in ast.walk(tree)
        ) and not any(isinstance(n, SCOPES) and n.name == name for n in ast.walk(tree))
    stores = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    arguments = {n.arg for n in ast.walk(tree) if isinstance(n, ast.arg)}
    if name in stores | arguments:
        return False
    return any(isinstance(n, ast.Name) and n.id == name for n in ast.walk(tree))


def _imports_from(tree: ast.Module, name: str, path: str) -> bool:
    """Whether `tree` imports `name` from the module at `path`, or reads it as its attribute."""
    module = path.removesuffix(".py").removesuffix("/__init__").rpartition("/")[2]
    bound: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            if (node.module or "").rpartition(".")[2] == module and any(a.name == name for a in node.names):
                return True
            bound |= {a.asname or a.name for a in node.names if a.name == module}
        elif isinstance(node, ast.Import):
            bound |= {a.asname or a.name for a in node.names if a.name.rpartition(".")[2] == module}
    return any(
        isinstance(n, ast.Attribute) and n.attr == name and ast.unparse(n.value) in bound
        for n in ast.walk(tree)
    )


_OLD = "def used():\n    return 1\n\ndef spare():\n    return 2\n\ndef main():\n    return used()\n"
RULE = Rule(
    "removed definition",
    check,
    hits=(
        Example(_OLD, _OLD.replace("def used():\n    return 1\n\n", "")),
        Example(_OLD, _OLD.replace("def spare():\n    return 2\n\n", ""), Decision.REVIEW),
        Example(
            _OLD,
            _OLD.replace("def spare():\n    return 2\n\n", ""),
            project={"app.py": "from job import spare\nspare()\n"},
        ),
        Example(
            "class A(B):\n    def f(self):\n        return self.g()\n    def g(self):\n        return 1\n",
            "class A(B):\n    def f(self):\n        return self.g()\n",
            Decision.REVIEW,
            project={"b.py": "class B:\n    def g(self):\n        return 1\n"},
        ),
        Example(
            "class A:\n    def f(self):\n        return self.g()\n    def g(self):\n        return 1\n",
            "class A:\n    def f(self):\n        return self.g()\n",
        ),
    ),
    misses=(
        Example(_OLD, _OLD.replace("def spare():\n    return 2\n", "spare = used\n")),
        Example("def _f():\n    return 1\nx = 1\n", "x = 1\n"),
        Example("def f():\n    return 1\n", "from other import f\n"),
        Example(
            "class A:\n    def f(self):\n        return 1\n", "class A:\n    f = property(lambda self: 1)\n"
        ),
    ),
)
