"""A comparison that puts the limit itself on the wrong side: strict becomes inclusive, or the other way."""

import ast
from collections.abc import Iterator

from goldseam.core.fault import Code, Fault
from goldseam.core.source import Edit, Span
from goldseam.languages.python_view import Module
from goldseam.propose.templating.python_edits import nodes_at
from goldseam.propose.templating.scene import Mended, Repair, Scene, repair, template

_TURNED: dict[type[ast.cmpop], tuple[str, str]] = {
    ast.Lt: ("<", "<="), ast.LtE: ("<=", "<"), ast.Gt: (">", ">="), ast.GtE: (">=", ">"),
}  # fmt: skip


def mend(scene: Scene, fault: Fault) -> Iterator[Repair]:
    """The one comparison of the fault with its limit on the other side."""
    module = scene.module(fault)
    for comparison in nodes_at(module, fault, ast.Compare)[:1] if module else ():
        if module and len(comparison.ops) == 1 and (edit := turned(module, comparison)):
            yield repair(fault.path, fault.hint, edit)


def turned(module: Module, comparison: ast.Compare) -> Edit | None:
    """The edit that makes an order strict or inclusive."""
    written, instead = _TURNED.get(type(comparison.ops[0]), ("", ""))
    start, end = module.span(comparison.left).end, module.span(comparison.comparators[0]).start
    at = module.data.find(written.encode(), start, end) if written else -1
    return None if at < 0 else Edit(Span(at, at + len(written)), instead.encode())


_STOCK = (
    "class Shelf:\n    def __init__(self, pieces):\n        self.pieces = pieces\n\n"
    "    def take(self, wanted):\n        if self.pieces {} wanted:\n            self.pieces -= wanted\n"
    "            return True\n        return False\n\n\nprint(Shelf(5).take(5))\n"
)
_FRESH = (
    "class Store:\n    ttl = 60\n\n    def is_fresh(self, age):\n        return age {} self.ttl\n\n"
    "    def kept(self, ages):\n        return [age for age in ages if age <= self.ttl]\n\n\n"
    "print(Store().is_fresh(60), Store().kept([60, 61]))\n"
)
EXAMPLES = (
    Mended(_STOCK.format(">"), _STOCK.format(">="), expected="True\n"),
    Mended(_FRESH.format("<"), _FRESH.format("<="), expected="True [60]\n"),
    Mended("def f(a, b):\n    return a == b\n\n\nprint(f(1, 2))\n", expected="True\n"),
)
TEMPLATE = template("boundary", (Code.LOG_BOUNDARY,), mend, EXAMPLES)
