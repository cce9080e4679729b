"""A function made in a loop that reads the loop's variable when it is called: bind its value as a default."""

import ast
from collections.abc import Iterator

from goldseam.core.fault import Code, Fault
from goldseam.core.source import Edit
from goldseam.languages.python_view import Module
from goldseam.propose.templating.python_edits import nodes_at
from goldseam.propose.templating.scene import SURE, Repair, Scene, before, hit, miss, repair, template

_Made = ast.Lambda | ast.FunctionDef | ast.AsyncFunctionDef


def mend(scene: Scene, fault: Fault) -> Iterator[Repair]:
    """`lambda: i` becomes `lambda i=i: i`, and a definition likewise."""
    module = scene.module(fault)
    if module is None or "=" not in fault.expected:
        return
    made: list[_Made]
    if fault.detail == "lambda":
        made = [*nodes_at(module, fault, ast.Lambda)]
    else:
        made = [*nodes_at(module, fault, ast.FunctionDef), *nodes_at(module, fault, ast.AsyncFunctionDef)]
    for closure in made[:1]:
        if edit := _bound(module, closure, fault.expected):
            yield repair(fault.path, fault.hint, edit, cost=SURE)


def _bound(
    module: Module, closure: ast.Lambda | ast.FunctionDef | ast.AsyncFunctionDef, text: str
) -> Edit | None:
    spec = closure.args
    if spec.vararg or spec.kwonlyargs or spec.kwarg:
        return None
    last: ast.AST | None = [*spec.args, *spec.defaults][-1] if spec.args else None
    if last is not None:
        return before(module.span(last).end, f", {text}")
    start = module.span(closure).start
    if isinstance(closure, ast.Lambda):
        return before(start + len("lambda"), f" {text}")
    return before(module.data.index(b"(", start) + 1, text)


EXAMPLES = (
    hit(
        "made = [lambda: i for i in range(3)]\nprint([f() for f in made])\n",
        ("lambda:", "lambda i=i:"),
        expected="[0, 1, 2]\n",
    ),
    hit(
        """\
made = {}
for name in ("a", "b"):

    def say(text):
        return f"{name} {text}"

    made[name] = say
print(made["a"]("x"))
""",
        ("say(text)", "say(text, name=name)"),
        expected="a x\n",
    ),
    hit(
        "made = [lambda: a + b for a, b in ((1, 2), (3, 4))]\nprint([f() for f in made])\n",
        ("lambda:", "lambda a=a, b=b:"),
        expected="[3, 7]\n",
    ),
    miss("made = [lambda x: x for i in range(3)]\nprint(made[0](1))\n", expected="2\n"),
)
TEMPLATE = template("bound_in_loop", (Code.SEM_LATE_BINDING,), mend, EXAMPLES)
