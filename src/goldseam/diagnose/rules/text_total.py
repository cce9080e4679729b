"""A total that starts as text and is added numbers to, or starts as a number and is added text to."""

import ast
import re
from collections.abc import Iterator

from goldseam.core.fault import Code, Fault
from goldseam.core.source import Edit
from goldseam.diagnose.rule import Rule, hit, miss
from goldseam.languages.python_view import Module, Project, name_of, own, text_of, words_of

_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_QUANTITIES = frozenset(
    {
        "seconds",
        "amount",
        "price",
        "total",
        "count",
        "quantity",
        "size",
        "ms",
        "cents",
        "ticks",
        "points",
        "minutes",
        "hours",
        "duration",
        "elapsed",
        "weight",
        "score",
        "delta",
        "step",
        "cost",
        "n",
        "length",
    }
)
_TEXT_CALLS = frozenset(
    {"str", "repr", "join", "format", "strip", "upper", "lower", "replace", "input", "read"}
)


def find(project: Project) -> Iterator[Fault]:
    """Starting values of another type than what is added to them."""
    for module in project:
        for start, name, around in _starts(module):
            for added in _added(name, around, start):
                if _differs(start, added.value):
                    yield _fault(module, start, name, added)
                    break


def _fault(module: Module, start: ast.Constant, name: str, added: ast.AugAssign) -> Fault:
    value = str(start.value)
    is_text = isinstance(start.value, str)
    number = value if _NUMBER.fullmatch(value) else "0"
    span = module.span(start)
    return module.fault(
        start,
        Code.TYP_MISMATCH,
        f"'{name}' starts as {'text' if is_text else 'a number'} and line {added.lineno} adds"
        f" {'a number' if is_text else 'text'} to it",
        f"start '{name}' with {number}" if is_text else "convert what is added to a number",
        suspiciousness=0.75,
        detail="total",
        expected=number if is_text else "",
        fix=(Edit(span, number.encode()),) if is_text else (),
    )


def _starts(module: Module) -> Iterator[tuple[ast.Constant, str, ast.AST]]:
    """Constants that a name or attribute starts with, and where it may be added to."""
    added = {name_of(node.target) for node in module.every(ast.AugAssign)}
    for target, value in module.assignments:
        if name_of(target) not in added:
            continue
        if not isinstance(value, ast.Constant) or not isinstance(value.value, str | int | float):
            continue
        around = _reach(target, module)
        if around is not None and not isinstance(value.value, bool):
            yield value, name_of(target), around


def _reach(target: ast.expr, module: Module) -> ast.AST | None:
    """The class for an attribute of `self`, the function for a local name."""
    if isinstance(target, ast.Attribute):
        plain = isinstance(target.value, ast.Name) and target.value.id == "self"
        return module.class_of(target) if plain else None
    if isinstance(target, ast.Name):
        return module.function_of(target) or module.tree
    return None


def _added(name: str, around: ast.AST, start: ast.Constant) -> Iterator[ast.AugAssign]:
    """Additions to a name that is given nothing else than its start."""
    is_class = isinstance(around, ast.ClassDef)
    inside = list(ast.walk(around)) if is_class else list(own(around))
    given = [
        node.value
        for node in inside
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if name_of(target) == name
    ]
    if any(type(getattr(value, "value", None)) is not type(start.value) for value in given):
        return
    for node in inside:
        if not isinstance(node, ast.AugAssign) or not isinstance(node.op, ast.Add):
            continue
        if name_of(node.target) == name and isinstance(node.target, ast.Attribute) == is_class:
            yield node


def _differs(start: ast.Constant, added: ast.expr) -> bool:
    if isinstance(start.value, str):
        return _is_number(added) or bool(
            _NUMBER.fullmatch(start.value) and start.value in ("0", "0.0") and not _is_text(added)
        )
    return _is_text(added)


def _is_number(node: ast.expr) -> bool:
    match node:
        case ast.Constant(value=value):
            return isinstance(value, int | float) and not isinstance(value, bool)
        case ast.BinOp(op=ast.Sub() | ast.Div() | ast.FloorDiv() | ast.Pow()):
            return True
        case ast.BinOp(op=ast.Mult(), left=left, right=right):
            return not _is_text(left) and not _is_text(right) and (_is_number(left) or _is_number(right))
        case ast.Call(func=ast.Name(id=name)):
            return name in ("len", "int", "float", "sum", "round", "abs")
        case ast.Name(id=name):
            return words_of(name)[-1:] != () and words_of(name)[-1] in _QUANTITIES
    return False


def _is_text(node: ast.expr) -> bool:
    match node:
        case ast.JoinedStr():
            return True
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name in _TEXT_CALLS and not (isinstance(node.func, ast.Attribute) and name == "read")
        case ast.BinOp(op=ast.Add() | ast.Mod() | ast.Mult(), left=left, right=right):
            return _is_text(left) or _is_text(right)
    return text_of(node) is not None


_C = Code.TYP_MISMATCH
EXAMPLES = (
    hit(
        _C,
        "class A:\n    def __init__(self):\n        self.n = '0'\n    def add(self, x):\n"
        "        self.n += x\n",
        3,
    ),
    hit(
        _C,
        "class A:\n    def __init__(self):\n        self.t = ''\n    def add(self, seconds):\n"
        "        self.t += seconds\n",
        3,
    ),
    hit(_C, "def f(xs):\n    total = '0'\n    for x in xs:\n        total += x\n    return total\n", 2),
    hit(_C, "def f(xs):\n    total = ''\n    for x in xs:\n        total += len(x)\n    return total\n", 2),
    hit(
        _C, "def f(xs):\n    total = '0.0'\n    for x in xs:\n        total += x * 1.5\n    return total\n", 2
    ),
    hit(_C, "total = '5'\ntotal += 1\n", 1),
    hit(_C, "def f(xs):\n    total = 0\n    for x in xs:\n        total += str(x)\n    return total\n", 2),
    hit(_C, "def f(xs):\n    out = 0\n    for x in xs:\n        out += f'{x}'\n    return out\n", 2),
    hit(_C, "def f(xs):\n    n = 0\n    n += input()\n    return n\n", 2),
    hit(
        _C,
        "class A:\n    def __init__(self):\n        self.n: int = '0'\n    def add(self):\n"
        "        self.n += 1\n",
        3,
    ),
    hit(_C, "def f(a, b):\n    left = ''\n    left += a - b\n    return left\n", 2),
    miss(
        "class A:\n    def __init__(self):\n        self.n = 0\n    def add(self, x):\n        self.n += x\n"
    ),
    miss("def f(xs):\n    out = ''\n    for x in xs:\n        out += x\n    return out\n"),
    miss("def f(xs):\n    out = ''\n    for x in xs:\n        out += str(len(x))\n    return out\n"),
    miss("def f(xs):\n    out = '0'\n    for x in xs:\n        out += str(x)\n    return out\n"),
    miss("def f(xs):\n    out = '0'\n    out = 0\n    for x in xs:\n        out += x\n    return out\n"),
    miss("def f(xs):\n    out = '0'\n    for x in xs:\n        out += f'{x}'\n    return out\n"),
    miss("class A:\n    def f(self):\n        n = '0'\n        self.n += 1\n        return n\n"),
    miss("def f(n):\n    out = ''\n    out += ' ' * n\n    return out\n"),
    miss("def f(n):\n    out = 'x'\n    out += 'y' * 3\n    return out\n"),
    miss("def f(xs):\n    total = 0\n    for x in xs:\n        total += len(str(x))\n    return total\n"),
    miss("def f(xs):\n    total = 0\n    for x in xs:\n        total += int(x.strip())\n    return total\n"),
)
RULE = Rule("text_total", find, EXAMPLES)
