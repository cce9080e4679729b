"""What is called and is no function: read it, index it, or call the built-in that another name hides."""

import ast
from collections.abc import Iterator

from goldseam.core.fault import Code, Fault
from goldseam.core.source import Edit, Span
from goldseam.languages.python_view import Module, own
from goldseam.propose.templating.python_edits import nodes_at
from goldseam.propose.templating.scene import LIKELY, SURE, Repair, Scene, at, hit, miss, repair, template

_ITEMS = ("'dict'", "'list'", "'tuple'", "'str'", "`dict", "`list", "`tuple", "`str")


def mend(scene: Scene, fault: Fault) -> Iterator[Repair]:
    """Brackets for parentheses, none for empty ones; another name for what hides a built-in function."""
    module = scene.module(fault)
    if module is None:
        return
    if fault.code is Code.NAM_SHADOWED_BUILTIN:
        yield from _renamed(module, fault)
        return
    for call in nodes_at(module, fault, ast.Call):
        end = module.span(call.func).end
        close = module.span(call).end
        if not call.args and not call.keywords:
            yield repair(fault.path, "reads it, without a call", at(Span(end, close), b""), cost=LIKELY)
        elif len(call.args) == 1 and not call.keywords and any(word in fault.message for word in _ITEMS):
            opened = module.data.index(b"(", end)
            edits = at(Span(opened, opened + 1), "["), at(Span(close - 1, close), "]")
            yield repair(fault.path, "takes the element, without a call", *edits)


def _renamed(module: Module, fault: Fault) -> Iterator[Repair]:
    """All uses of the value by another name; what is called stays."""
    name = module.data[fault.span.start : fault.span.end].decode("utf-8", "replace")
    places = [node for node in nodes_at(module, fault, ast.Name) if node.id == name]
    if not name.isidentifier() or not places:
        return
    scope = module.function_of(places[0]) or module.tree
    edits: list[Edit] = []
    for node in own(scope):
        parent = module.parent(node)
        is_called = isinstance(parent, ast.Call) and parent.func is node
        if isinstance(node, ast.Name) and node.id == name and not is_called:
            edits.append(at(module.span(node), f"{name}_"))
    yield repair(
        fault.path, f"names the value '{name}_', so that '{name}' is built in again", *edits, cost=SURE
    )


EXAMPLES = (
    hit(
        "class Box:\n    def __init__(self):\n        self.size = 3\n\n\nprint(Box().size())\n",
        (".size()", ".size"),
        expected="3\n",
    ),
    hit("ages = {'a': 3}\nprint(ages('a'))\n", ("('a')", "['a']"), expected="3\n"),
    hit(
        "def best(xs):\n    max = xs[0]\n    return max([max, 4])\n\n\nprint(best([1]))\n",
        ("    max = ", "    max_ = "),
        ("([max,", "([max_,"),
        expected="4\n",
    ),
    miss("def f():\n    return 3\n\n\nprint(f() + 'a')\n"),
)
TEMPLATE = template("uncalled", (Code.TYP_NOT_CALLABLE, Code.NAM_SHADOWED_BUILTIN), mend, EXAMPLES)
