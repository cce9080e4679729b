"""Rounding before adding up: each term loses up to half a unit, and the sum all of them."""

import ast
from collections.abc import Iterator
from typing import TypeGuard

from goldseam.core.fault import Code, Fault
from goldseam.diagnose.rule import Rule, hit, miss
from goldseam.languages.python_view import Module, Project, own

_Loop = ast.For | ast.AsyncFor | ast.While


def find(project: Project) -> Iterator[Fault]:
    """Sums of rounded terms, and sums rounded at every step."""
    for module in project:
        for node in (*_in_loops(module), *_in_sums(module)):
            yield module.fault(
                node,
                Code.SEM_ROUNDING,
                "what is added up here was rounded before: the errors add up as well",
                "add up the exact values and round the sum once",
                suspiciousness=0.6,
            )


def _in_sums(module: Module) -> Iterator[ast.AST]:
    for call in module.every(ast.Call):
        if isinstance(call.func, ast.Name) and call.func.id in ("sum", "fsum") and call.args:
            given = call.args[0]
            if isinstance(given, ast.GeneratorExp | ast.ListComp) and _is_rounded(given.elt):
                yield call


def _in_loops(module: Module) -> Iterator[ast.AST]:
    loops: list[_Loop] = [*module.every(ast.For), *module.every(ast.While), *module.every(ast.AsyncFor)]
    for loop in loops:
        inside = list(own(loop))
        rounded = _rounded_names(inside)
        for node in inside:
            if _nearest_loop(node, module) is loop and _adds_rounded(node, rounded):
                yield node


def _nearest_loop(node: ast.AST, module: Module) -> ast.AST | None:
    return next((at for at in module.ancestors(node) if isinstance(at, _Loop)), None)


def _rounded_names(inside: list[ast.AST]) -> dict[str, int]:
    """Names that the loop gives rounded values only, and the line where it does."""
    rounded: dict[str, int] = {}
    exact: set[str] = set()
    for node in inside:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            if _is_rounded(node.value):
                rounded[name] = node.lineno
            else:
                exact.add(name)
    return {name: line for name, line in rounded.items() if name not in exact}


def _adds_rounded(node: ast.AST, rounded: dict[str, int]) -> bool:
    if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add):
        return any(_is_rounded(term) or _is_known(term, rounded, node.lineno) for term in _terms(node.value))
    if not isinstance(node, ast.Assign) or len(node.targets) != 1:
        return False
    target = node.targets[0]
    sums = [part for part in ast.walk(node.value) if _adds_to(part, target)]
    if not sums:
        return False
    if _is_rounded(node.value):
        return True
    terms = [term for part in sums for term in (part.left, part.right)]
    return any(_is_rounded(term) or _is_known(term, rounded, node.lineno) for term in terms)


def _terms(node: ast.expr) -> Iterator[ast.expr]:
    """What is added up in an expression."""
    while isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        yield node.right
        node = node.left
    yield node


def _adds_to(node: ast.AST, target: ast.expr) -> TypeGuard[ast.BinOp]:
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, ast.Add):
        return False
    return any(_same(side, target) for side in (node.left, node.right))


def _same(node: ast.expr, target: ast.expr) -> bool:
    match node, target:
        case ast.Name(id=one), ast.Name(id=other):
            return one == other
        case ast.Attribute(value=ast.Name(id=one), attr=a), ast.Attribute(value=ast.Name(id=other), attr=b):
            return (one, a) == (other, b)
    return False


def _is_known(node: ast.expr, rounded: dict[str, int], line: int) -> bool:
    return isinstance(node, ast.Name) and rounded.get(node.id, line) < line


def _is_rounded(node: ast.expr) -> bool:
    """Whether a value is rounded to digits after the point; to whole numbers is another matter."""
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Name) and node.func.id == "round":
        return len(node.args) == 2 or any(keyword.arg == "ndigits" for keyword in node.keywords)
    return isinstance(node.func, ast.Attribute) and node.func.attr == "quantize"


_C = Code.SEM_ROUNDING
_LOOP = "def f(lines):\n    total = 0\n    for line in lines:\n"
EXAMPLES = (
    hit(_C, f"{_LOOP}        total += round(line * 1.19, 2)\n    return total\n", 4),
    hit(_C, f"{_LOOP}        total = round(total + line * 1.19, 2)\n    return total\n", 4),
    hit(_C, f"{_LOOP}        total = total + round(line * 1.19, 2)\n    return total\n", 4),
    hit(_C, f"{_LOOP}        tax = round(line * 0.19, 2)\n        total += tax\n    return total\n", 5),
    hit(
        _C, f"{_LOOP}        tax = round(line * 0.19, 2)\n        total = total + tax\n    return total\n", 5
    ),
    hit(_C, "def f(lines):\n    return sum(round(line * 1.19, 2) for line in lines)\n", 2),
    hit(_C, "def f(lines):\n    return sum([round(line * 1.19, ndigits=2) for line in lines])\n", 2),
    hit(_C, f"{_LOOP}        total += (line * 2).quantize(1)\n    return total\n", 4),
    hit(_C, "class A:\n    def f(self, xs):\n        for x in xs:\n            self.t += round(x, 1)\n", 4),
    hit(
        _C,
        "class A:\n    def f(self, xs):\n        for x in xs:\n            self.t = round(self.t + x, 1)\n",
        4,
    ),
    hit(_C, f"{_LOOP}        while line:\n            total += round(line, 3)\n            line -= 1\n", 5),
    hit(
        _C, f"{_LOOP}        tax = round(line * 0.19, 2)\n        total += line + tax\n    return total\n", 5
    ),
    miss(f"{_LOOP}        total += line * 1.19\n    return round(total, 2)\n"),
    miss(f"{_LOOP}        print(round(line, 2))\n        total += line\n    return total\n"),
    miss(f"{_LOOP}        total += round(line)\n    return total\n"),
    miss("def f(lines):\n    return round(sum(line * 1.19 for line in lines), 2)\n"),
    miss("def f(lines):\n    return [round(line, 2) for line in lines]\n"),
    miss("def f(lines):\n    return max(round(line, 2) for line in lines)\n"),
    miss("def f(a, b):\n    total = round(a, 2)\n    total += b\n    return total\n"),
    miss(
        f"{_LOOP}        shown = round(line, 2)\n        total += line\n        print(shown)\n"
        "    return total\n"
    ),
    miss("def f(xs):\n    rows = []\n    for x in xs:\n        rows.append(round(x, 2))\n    return rows\n"),
    miss(f"{_LOOP}        total = round(line, 2)\n    return total\n"),
    miss(f"{_LOOP}        total -= round(line, 2)\n    return total\n"),
)
RULE = Rule("rounding", find, EXAMPLES)
