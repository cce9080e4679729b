"""A recursion without an end: a base case for what gets smaller, or a step where nothing gets smaller."""

import ast
from collections.abc import Iterator

from goldseam.core.fault import Code, Fault
from goldseam.languages.python_view import Function, Module, name_of, own
from goldseam.propose.templating.python_edits import INDENT, at_start, replaced
from goldseam.propose.templating.scene import GUESS, LIKELY, Repair, Scene, hit, miss, repair, template


def mend(scene: Scene, fault: Fault) -> Iterator[Repair]:
    """By how the function calls itself: with a smaller number, with a part, or with the same value."""
    module = scene.module(fault)
    if module is None:
        return
    line = scene.line(fault)
    around = [one for one in module.functions if one.lineno <= line <= (one.end_lineno or one.lineno)]
    for function in sorted(around, key=lambda one: -one.lineno)[:1]:
        for call in _calls(function):
            for parameter, given in _given(function, call):
                yield from _ended(module, function, parameter, given, fault.path)


def _calls(function: Function) -> Iterator[ast.Call]:
    inside = (node for node in own(function) if isinstance(node, ast.Call))
    return (call for call in inside if name_of(call.func) == function.name)


def _given(function: Function, call: ast.Call) -> Iterator[tuple[str, ast.expr]]:
    names = [argument.arg for argument in function.args.args]
    if names[:1] in (["self"], ["cls"]) and isinstance(call.func, ast.Attribute):
        names = names[1:]
    yield from zip(names, call.args, strict=False)


def _ended(module: Module, function: Function, name: str, given: ast.expr, path: str) -> Iterator[Repair]:
    tests: tuple[tuple[str, tuple[str, ...]], ...]
    match given:
        case ast.BinOp(left=ast.Name(id=left), op=ast.Sub() | ast.FloorDiv()) if left == name:
            results = ("1", "0", name) if _multiplies(function) else ("0", "1", name)
            tests = ((f"{name} <= 0", results), (f"{name} <= 1", (name, "1", "0")))
        case ast.Subscript(value=ast.Name(id=left), slice=ast.Slice()) if left == name:
            tests = ((f"not {name}", ("0", name, "[]", '""')),)
        case ast.Attribute(value=ast.Name(id=left)) if left == name:
            tests = ((f"{name} is None", ("0", "None", "[]")),)
        case ast.Name(id=left) if left == name and _is_number(function, name):
            smaller = replaced(module, given, f"{name} - 1")
            yield repair(path, f"calls itself with a smaller '{name}'", smaller, cost=GUESS)
            return
        case _:
            return
    for number, (test, values) in enumerate(tests):
        for value in values:
            if edit := at_start(module, function, f"if {test}:", f"{INDENT}return {value}"):
                why = f"ends the recursion with {value}"
                yield repair(path, why, edit, cost=LIKELY if not number and value == values[0] else GUESS)


def _multiplies(function: Function) -> bool:
    return any(isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult) for node in own(function))


def _is_number(function: Function, name: str) -> bool:
    """Whether a parameter is compared or computed with."""
    for node in own(function):
        names = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
        if isinstance(node, ast.Compare | ast.BinOp) and name in names:
            return True
    return False


EXAMPLES = (
    hit(
        "def factorial(n):\n    return n * factorial(n - 1)\n\n\nprint(factorial(4))\n",
        ("    return", "    if n <= 0:\n        return 1\n    return"),
        expected="24\n",
    ),
    hit(
        "def total(xs):\n    return xs[0] + total(xs[1:])\n\n\nprint(total([1, 2]))\n",
        ("    return", "    if not xs:\n        return 0\n    return"),
        expected="3\n",
    ),
    hit(
        "def down(n):\n    if n == 0:\n        return 'end'\n    return down(n)\n\n\nprint(down(3))\n",
        ("return down(n)", "return down(n - 1)"),
        expected="end\n",
    ),
    miss("def f():\n    return f()\n\n\nf()\n"),
)
TEMPLATE = template("base_case", (Code.RUN_RECURSION, Code.RUN_INDEX), mend, EXAMPLES)
