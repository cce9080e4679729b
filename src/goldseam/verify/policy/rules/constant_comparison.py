"""Objects that claim to be equal, true or contained, whatever they are compared with."""

import ast
from collections.abc import Iterator

from goldseam.verify.policy.change import FileChange
from goldseam.verify.policy.context import Context
from goldseam.verify.policy.ruling import Decision, Example, Objection, Rule, reject, review
from goldseam.verify.policy.trees import FUNCTIONS, dotted, is_constant, line_of, surplus, without_docstring

COMPARISONS = frozenset({"__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__", "__contains__"})
FIXED = COMPARISONS | {"__instancecheck__", "__subclasscheck__", "__bool__", "__hash__", "__getattr__"}
SWALLOWING = frozenset({"__exit__", "__aexit__"})
BUILT_INS = frozenset({"int", "float", "str", "bytes", "bool", "list", "dict", "tuple", "set", "complex"})


def check(change: FileChange, _: Context) -> Iterator[Objection]:
    """New special methods that always answer the same, and built-in types with their own comparison."""
    old, new = list(change.old_nodes()), list(change.new_nodes())
    for function in surplus(_fixed(old), _fixed(new), ast.unparse):
        yield reject(line_of(function), "a comparison or special method that always answers the same")
    for text in surplus(_spelt(old), _spelt(new), ast.unparse):
        yield reject(line_of(text), f"the special method {text.value!r} is set by its name")
    for kind in surplus(_disguised(old), _disguised(new), ast.unparse):
        yield review(line_of(kind), f"'{kind.name}' is a built-in type with its own comparison")


def _fixed(nodes: list[ast.AST]) -> list[ast.stmt]:
    return [node for node in nodes if isinstance(node, ast.stmt) and _is_fixed(node)]


def _is_fixed(node: ast.stmt) -> bool:
    match node:
        case ast.FunctionDef(name=name, body=body) if name in FIXED | SWALLOWING:
            last = without_docstring(body)[-1:] if name in SWALLOWING else without_docstring(body)
            return len(last) == 1 and _returns_fixed(last[0], name)
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Lambda(body=body)) if name in FIXED:
            return is_constant(body)
        case ast.Assign(targets=[ast.Attribute(attr=name)], value=ast.Lambda(body=body)) if name in FIXED:
            return is_constant(body)
    return False


def _returns_fixed(statement: ast.stmt, name: str) -> bool:
    if not isinstance(statement, ast.Return) or statement.value is None:
        return False
    value = statement.value.value if isinstance(statement.value, ast.Constant) else statement.value
    if name in SWALLOWING:
        return value is True
    if name == "__bool__":
        return value is True or value is False
    return is_constant(statement.value)


def _spelt(nodes: list[ast.AST]) -> list[ast.Constant]:
    return [node for node in nodes if isinstance(node, ast.Constant) and node.value in COMPARISONS]


def _disguised(nodes: list[ast.AST]) -> list[ast.ClassDef]:
    classes = [node for node in nodes if isinstance(node, ast.ClassDef)]
    return [
        kind
        for kind in classes
        if BUILT_INS & {dotted(base) for base in kind.bases}
        and any(isinstance(part, FUNCTIONS) and part.name in COMPARISONS for part in kind.body)
    ]


_OLD = "class Point:\n    x = 0\n"
RULE = Rule(
    "constant comparison",
    check,
    hits=(
        Example(_OLD, _OLD + "    def __eq__(self, other):\n        return True\n"),
        Example(_OLD, _OLD + "    __eq__ = lambda self, other: True\n"),
        Example(
            _OLD, _OLD + "    def __exit__(self, *details):\n        self.close()\n        return True\n"
        ),
        Example(_OLD, _OLD + "A = type('A', (), {'__eq__': lambda a, b: True})\n"),
        Example(
            _OLD,
            "class N(int):\n    def __eq__(self, other):\n        return self - other < 9\n" + _OLD,
            Decision.REVIEW,
        ),
    ),
    misses=(
        Example(_OLD, _OLD + "    def __eq__(self, other):\n        return self.x == other.x\n"),
        Example(_OLD, _OLD + "    def __eq__(self, other):\n        return NotImplemented\n"),
        Example(
            _OLD, _OLD + "    def __exit__(self, *details):\n        self.close()\n        return False\n"
        ),
    ),
)
