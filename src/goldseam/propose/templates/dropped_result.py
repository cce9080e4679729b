"""A call whose result is all that it does, and is thrown away: keep the result."""

import ast
from collections.abc import Iterator

from goldseam.core.fault import Code, Fault
from goldseam.core.source import Span
from goldseam.languages.python_view import Module, dotted_of
from goldseam.propose.templating.python_edits import nodes_at, statement_of
from goldseam.propose.templating.scene import SURE, Repair, Scene, at, before, hit, miss, repair, template


def mend(scene: Scene, fault: Fault) -> Iterator[Repair]:
    """`text.strip()` becomes `text = text.strip()`; a function called too early is passed uncalled."""
    module = scene.module(fault)
    for call in nodes_at(module, fault, ast.Call)[:2] if module else ():
        if module is None:
            return
        statement = statement_of(module, call)
        if isinstance(statement, ast.Expr) and statement.value is call:
            yield from _kept(module, call, fault.path)
        elif isinstance(module.parent(call), ast.keyword) and not call.args and not call.keywords:
            target = Span(module.span(call.func).end, module.span(call).end)
            yield repair(fault.path, "passes the function, uncalled", at(target, b""), cost=SURE)


def _kept(module: Module, call: ast.Call, path: str) -> Iterator[Repair]:
    owner = call.func.value if isinstance(call.func, ast.Attribute) else None
    if owner is not None and dotted_of(owner):
        text = module.text(owner)
        yield repair(
            path, f"keeps the result as '{text}'", before(module.span(call).start, f"{text} = "), cost=SURE
        )


EXAMPLES = (
    hit(
        "def clean(text):\n    text.strip()\n    return text\n\n\nprint(clean(' a '))\n",
        ("    text.strip()", "    text = text.strip()"),
        expected="a\n",
    ),
    hit(
        "name = 'a-b'\nname.replace('-', '+')\nprint(name)\n",
        ("name.replace", "name = name.replace"),
        expected="a+b\n",
    ),
    miss("xs = [2, 1]\nxs.sort()\nprint(xs)\n", expected="[2]\n"),
)
TEMPLATE = template("dropped_result", (Code.SEM_API_MISUSE,), mend, EXAMPLES)
