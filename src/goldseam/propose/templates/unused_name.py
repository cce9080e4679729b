"""A name that nothing defines, in a function that is given one which it never reads: that one is meant."""

import ast
from collections.abc import Iterator

from goldseam.core.fault import Code, Fault
from goldseam.languages.python_view import Function, own
from goldseam.propose.templating.python_edits import nodes_at, replaced
from goldseam.propose.templating.scene import GUESS, LIKELY, Repair, Scene, hit, miss, repair, template


def mend(scene: Scene, fault: Fault) -> Iterator[Repair]:
    """The function's own parameters and locals that it does not read, in the order of the source."""
    module = scene.module(fault)
    for use in nodes_at(module, fault, ast.Name)[:1] if module else ():
        function = module.function_of(use) if module else None
        if module is None or function is None:
            continue
        same = [node for node in own(function) if isinstance(node, ast.Name) and node.id == use.id]
        unread = _unread(function)
        for name in unread:
            edits = [replaced(module, node, name) for node in same]
            cost = LIKELY if len(unread) == 1 else GUESS
            yield repair(fault.path, f"reads '{name}', which nothing else reads", *edits, cost=cost)


def _unread(function: Function) -> list[str]:
    spec = function.args
    given = [argument.arg for argument in (*spec.posonlyargs, *spec.args, *spec.kwonlyargs)]
    inside = [node for node in ast.walk(function) if isinstance(node, ast.Name)]
    given += [node.id for node in inside if isinstance(node.ctx, ast.Store)]
    read = {node.id for node in inside if isinstance(node.ctx, ast.Load)}
    return [name for name in dict.fromkeys(given) if name not in read and name not in ("self", "cls", "_")]


EXAMPLES = (
    hit("def area(a, b):\n    return a * height\n\n\nprint(area(2, 3))\n", ("height", "b"), expected="6\n"),
    hit(
        """\
def total(rows):
    result = 0
    for row in rows:
        result += item
    return result


print(total([1, 2]))
""",
        ("item", "row"),
        expected="3\n",
    ),
    miss("def area(a, b):\n    return a * b * depth\n\n\nprint(area(2, 3))\n"),
)
TEMPLATE = template("unused_name", (Code.NAM_UNDEFINED, Code.NAM_MISSPELT), mend, EXAMPLES)
