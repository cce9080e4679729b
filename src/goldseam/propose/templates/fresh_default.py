"""A mutable default that calls share: None as the default, and a new value in each call."""

import ast
from collections.abc import Iterator

from goldseam.core.fault import Code, Fault
from goldseam.languages.python_view import Function
from goldseam.propose.templating.python_edits import INDENT, at_start, nodes_at, replaced
from goldseam.propose.templating.scene import SURE, Repair, Scene, hit, miss, repair, template

_MADE: tuple[type[ast.expr], ...] = (ast.List, ast.Dict, ast.Set, ast.Call)


def mend(scene: Scene, fault: Fault) -> Iterator[Repair]:
    """The default becomes None, the body starts by making the value."""
    module = scene.module(fault)
    for kind in _MADE if module else ():
        for value in nodes_at(module, fault, kind) if module else ():
            function = module.function_of(value) if module else None
            name = _parameter(function, value) if function else ""
            if not module or not function or not name:
                continue
            made = module.text(value)
            start = at_start(module, function, f"if {name} is None:", f"{INDENT}{name} = {made}")
            if start:
                yield repair(fault.path, fault.hint, replaced(module, value, "None"), start, cost=SURE)
            return


def _parameter(function: Function, value: ast.expr) -> str:
    """The parameter whose default a value is."""
    spec = function.args
    positional = [*spec.posonlyargs, *spec.args]
    pairs: list[tuple[ast.arg, ast.expr | None]] = [
        *zip(positional[::-1], spec.defaults[::-1], strict=False),
        *zip(spec.kwonlyargs, spec.kw_defaults, strict=True),
    ]
    return next((argument.arg for argument, default in pairs if default is value), "")


EXAMPLES = (
    hit(
        """\
def add(x, seen=[]):
    seen.append(x)
    return seen


add(1)
print(add(2))
""",
        ("seen=[]", "seen=None"),
        ("    seen.append", "    if seen is None:\n        seen = []\n    seen.append"),
        expected="[2]\n",
    ),
    hit(
        '''\
def count(word, *, counts={}):
    """Counts words."""
    counts[word] = counts.get(word, 0) + 1
    return counts


count("a")
print(count("b"))
''',
        ("counts={}", "counts=None"),
        ("    counts[word]", "    if counts is None:\n        counts = {}\n    counts[word]"),
        expected="{'b': 1}\n",
    ),
    miss("def add(x, seen=()):\n    return [*seen, x]\n\n\nprint(add(1))\n", expected="[2]\n"),
)
TEMPLATE = template("fresh_default", (Code.SEM_MUTABLE_DEFAULT,), mend, EXAMPLES)
