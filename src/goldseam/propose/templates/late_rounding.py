"""Terms that are rounded before they are added up: add the exact values, round the sum."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from goldseam.core.fault import Code, Fault
from goldseam.core.source import Edit, Span
from goldseam.languages.python_view import Module, name_of, own
from goldseam.propose.templating.python_edits import nodes_at, wrapped
from goldseam.propose.templating.scene import Mended, Repair, Scene, repair, template

_TAKES_ALL = (ast.Assign, ast.AugAssign, ast.GeneratorExp, ast.ListComp)
"""Where an expression needs no parentheses."""


@dataclass(frozen=True, slots=True)
class _Rounding:
    """A value that is rounded: the whole, the exact part, and what stands before and behind that part."""

    whole: ast.Call
    exact: ast.expr
    head: str
    tail: str


def mend(scene: Scene, fault: Fault) -> Iterator[Repair]:
    """The rounding taken from the terms and put around the sum where it is returned or made."""
    module = scene.module(fault)
    if module is None:
        return
    yield from _in_sum(module, fault)
    yield from _in_loop(module, fault)


def _in_sum(module: Module, fault: Fault) -> Iterator[Repair]:
    for call in nodes_at(module, fault, ast.Call):
        if name_of(call.func) not in ("sum", "fsum") or not call.args:
            continue
        given = call.args[0]
        if isinstance(given, ast.GeneratorExp | ast.ListComp) and (found := _rounding(given.elt, module)):
            around = wrapped(module, call, found.head, found.tail)
            yield repair(fault.path, fault.hint, *_bared(module, found), *around)
            return


def _in_loop(module: Module, fault: Fault) -> Iterator[Repair]:
    sums: list[ast.AugAssign | ast.Assign] = [*nodes_at(module, fault, ast.AugAssign)[:1]]
    for statement in (*sums, *nodes_at(module, fault, ast.Assign)[:1]):
        function = module.function_of(statement)
        target = statement.target if isinstance(statement, ast.AugAssign) else statement.targets[0]
        if function is None:
            continue
        found = _rounding_of(statement.value, statement, function, module)
        ends = [
            node.value
            for node in own(function)
            if isinstance(node, ast.Return) and isinstance(node.value, ast.expr) and _is(node.value, target)
        ]
        if found and ends:
            around = [edit for end in ends for edit in wrapped(module, end, found.head, found.tail)]
            yield repair(fault.path, fault.hint, *_bared(module, found), *around)
            return


def _is(node: ast.expr, target: ast.expr) -> bool:
    return ast.unparse(node) == ast.unparse(target)


def _rounding_of(value: ast.expr, at: ast.stmt, function: ast.AST, module: Module) -> _Rounding | None:
    """The rounding inside a value, or in what the name that it adds was given before."""
    for node in ast.walk(value):
        if isinstance(node, ast.Call) and (found := _rounding(node, module)):
            return found
    names = {node.id for node in ast.walk(value) if isinstance(node, ast.Name)}
    given = [node for node in own(function) if isinstance(node, ast.Assign) and node.lineno < at.lineno]
    roundings = (_rounding(node.value, module) for node in given if name_of(node.targets[0]) in names)
    return next(filter(None, roundings), None)


def _rounding(node: ast.AST, module: Module) -> _Rounding | None:
    match node:
        case ast.Call(func=ast.Name(id="round"), args=[exact, digits]):
            return _Rounding(node, exact, "round(", f", {module.text(digits)})")
        case ast.Call(func=ast.Attribute(value=exact, attr="quantize")):
            tail = module.data[module.span(exact).end : module.span(node).end].decode("utf-8", "replace")
            return _Rounding(node, exact, "", tail.lstrip(") \n"))
    return None


def _bared(module: Module, found: _Rounding) -> tuple[Edit, ...]:
    """The exact part alone: what rounds it is cut away in front and behind."""
    whole, exact = module.span(found.whole), module.span(found.exact)
    if found.head:
        return Edit(Span(whole.start, exact.start), b""), Edit(Span(exact.end, whole.end), b"")
    if isinstance(module.parent(found.whole), _TAKES_ALL):
        return Edit(Span(whole.start, exact.start), b""), Edit(Span(exact.end, whole.end), b"")
    closing = module.data.index(b".", exact.end)
    return (Edit(Span(closing, whole.end), b""),)


_LOOP = """\
def total(prices):
    result = 0
    for price in prices:
        part = {}
        result += part
    return {}


print(total([0.125] * 4))
"""
_CENT = "from decimal import Decimal\n\nCENT = Decimal('0.01')\n\n\n"
EXAMPLES = (
    Mended(
        _LOOP.format("round(price * 1.1, 2)", "result"),
        _LOOP.format("price * 1.1", "round(result, 2)"),
        expected="0.55\n",
    ),
    Mended(
        f"{_CENT}def total(prices):\n    return sum((price * 3).quantize(CENT) for price in prices)\n\n\n"
        "print(total([Decimal('0.005')] * 10))\n",
        f"{_CENT}def total(prices):\n    return sum(price * 3 for price in prices).quantize(CENT)\n\n\n"
        "print(total([Decimal('0.005')] * 10))\n",
        expected="0.15\n",
    ),
    Mended("def f(x):\n    return round(x, 2)\n\n\nprint(f(0.125))\n", expected="0.13\n"),
)
TEMPLATE = template("late_rounding", (Code.SEM_ROUNDING,), mend, EXAMPLES)
