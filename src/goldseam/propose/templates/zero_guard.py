"""A division by what may be zero: say what there is for nothing, before dividing."""

import ast
from collections.abc import Iterator

from goldseam.core.fault import Code, Fault
from goldseam.languages.python_view import Module, dotted_of
from goldseam.propose.templating.python_edits import (
    INDENT,
    lines_before,
    nodes_at,
    operand,
    statement_of,
    wrapped,
)
from goldseam.propose.templating.scene import GUESS, LIKELY, Repair, Scene, hit, miss, repair, template

_DIVIDES = (ast.Div, ast.FloorDiv, ast.Mod)


def mend(scene: Scene, fault: Fault) -> Iterator[Repair]:
    """A guard before a returned quotient, a conditional expression around any other."""
    module = scene.module(fault)
    for division in nodes_at(module, fault, ast.BinOp) if module else ():
        if module and isinstance(division.op, _DIVIDES) and not _is_fixed(division.right):
            yield from _guarded(module, division, fault.path)
            return


def _is_fixed(divisor: ast.expr) -> bool:
    return isinstance(divisor, ast.Constant)


def _guarded(module: Module, division: ast.BinOp, path: str) -> Iterator[Repair]:
    asked = _asked(module, division.right)
    nothing = "0.0" if isinstance(division.op, ast.Div) and not _is_exact(module, division) else "0"
    statement = statement_of(module, division)
    why = f"gives {nothing} where '{asked}' is nothing, instead of dividing by it"
    inline = wrapped(module, division, "(", f" if {asked} else {nothing})")
    if isinstance(statement, ast.Return) and not _is_in_round(module, division):
        guard = lines_before(module, statement, f"if not {asked}:", f"{INDENT}return {nothing}")
        yield repair(path, why, guard)
        yield repair(path, why, *inline, cost=GUESS)
    else:
        yield repair(path, why, *inline, cost=LIKELY)
    if isinstance(statement, ast.Return):
        none = lines_before(module, statement, f"if not {asked}:", f"{INDENT}return None")
        yield repair(path, f"gives None where '{asked}' is nothing", none, cost=GUESS)


def _asked(module: Module, divisor: ast.expr) -> str:
    """What to ask for: the collection whose length divides, or the number itself."""
    if isinstance(divisor, ast.Call) and dotted_of(divisor.func) == "len" and len(divisor.args) == 1:
        return operand(module, divisor.args[0])
    return operand(module, divisor)


def _is_exact(module: Module, division: ast.BinOp) -> bool:
    """Whether the quotient is of decimals or fractions, which a float would not go with."""
    names = {node.id for node in ast.walk(division) if isinstance(node, ast.Name)}
    return bool(names & {"Decimal", "Fraction"}) or (
        "Decimal" in module.words and not any(isinstance(c.value, float) for c in module.every(ast.Constant))
    )


def _is_in_round(module: Module, division: ast.BinOp) -> bool:
    """Whether a returned comprehension divides once for each element."""
    for around in module.ancestors(division):
        if isinstance(around, ast.stmt):
            return False
        if hasattr(around, "generators") or isinstance(around, ast.Lambda):
            return True
    return False


EXAMPLES = (
    hit(
        """\
def mean(values):
    return sum(values) / len(values)

print(mean([]))
""",
        ("    return", "    if not values:\n        return 0.0\n    return"),
        expected="0.0\n",
    ),
    hit(
        """\
def rate(done, total):
    share = done * 100 // total
    return f'{share}%'

print(rate(0, 0))
""",
        ("done * 100 // total", "(done * 100 // total if total else 0)"),
        expected="0%\n",
    ),
    hit(
        """\
from decimal import Decimal


class Book:
    def __init__(self, rows):
        self.rows = rows

    def mean(self):
        return sum(map(Decimal, self.rows)) / len(self.rows)


print(Book([]).mean())
""",
        ("        return", "        if not self.rows:\n            return 0\n        return"),
        expected="0\n",
    ),
    miss("print(1 / 0)\n"),
    miss("import math\nprint(math.sqrt(-1))\n"),
)
TEMPLATE = template("zero_guard", (Code.RUN_ZERO_DIVISION,), mend, EXAMPLES)
