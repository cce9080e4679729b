"""A function that gives None where its result is used: return what it has made."""

import ast
from collections.abc import Iterator

from goldseam.core.fault import Code, Fault
from goldseam.languages.python_view import Function, Module, own
from goldseam.propose.templating.python_edits import body_of, is_alone, lines_after, nodes_at, replaced
from goldseam.propose.templating.scene import (
    GUESS,
    LIKELY,
    Repair,
    Scene,
    before,
    hit,
    miss,
    repair,
    template,
)

_FILLS = frozenset({"append", "extend", "add", "update", "insert", "setdefault"})
_MOST = 3


def mend(scene: Scene, fault: Fault) -> Iterator[Repair]:
    """A `return` at the end, or a value for a bare one: of what the function adds to, else assigned last."""
    module = scene.module(fault)
    function = _function(module, fault) if module else None
    if module is None or function is None:
        return
    bare = [node for node in nodes_at(module, fault, ast.Return) if node.value is None]
    made = list(_made(function))[:_MOST]
    for number, name in enumerate(made):
        cost = GUESS if number else LIKELY
        if bare:
            yield repair(
                fault.path, f"returns '{name}'", replaced(module, bare[0], f"return {name}"), cost=cost
            )
        elif is_alone(module, function.body[-1]):
            margin = " " * function.body[-1].col_offset
            edit = lines_after(module, function.body[-1], f"return {name}", margin=margin)
            yield repair(fault.path, f"returns '{name}'", edit, cost=cost)
    last = body_of(function)[-1:]
    if last and isinstance(last[0], ast.Expr) and isinstance(last[0].value, ast.Call):
        yield repair(fault.path, "returns what it calls", before(module.span(last[0]).start, "return "))


def _function(module: Module, fault: Fault) -> Function | None:
    nodes: list[ast.AST] = [*nodes_at(module, fault, ast.Return), *nodes_at(module, fault, ast.Expr)]
    found = next((module.function_of(node) for node in nodes), None)
    around = [one for one in module.functions if _holds(module, one, fault)]
    return found or max(around, key=lambda one: one.lineno, default=None)


def _holds(module: Module, function: Function, fault: Fault) -> bool:
    span = module.span(function)
    return span.start <= fault.span.start <= span.end


def _made(function: Function) -> Iterator[str]:
    """Local names that hold what the function makes: those added to, then the one assigned last."""
    local: dict[str, int] = {}
    grown: dict[str, int] = {}
    for node in own(function):
        match node:
            case ast.AugAssign(target=ast.Name(id=name)):
                grown[name] = node.lineno
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=method)) if method in _FILLS:
                grown[name] = node.lineno
            case ast.Subscript(value=ast.Name(id=name), ctx=ast.Store()):
                grown[name] = node.lineno
            case ast.Assign(targets=[ast.Name(id=name)]):
                local[name] = node.lineno
    counters = {name for name in grown if name not in local}
    first = sorted(grown.keys() - counters, key=lambda name: local[name])
    yield from first
    yield from sorted(local.keys() - set(first), key=lambda name: -local[name])


EXAMPLES = (
    hit(
        """\
def total(xs):
    result = 0
    for x in xs:
        result += x


print(total([1, 2]) + 1)
""",
        ("        result += x\n", "        result += x\n    return result\n"),
        expected="4\n",
    ),
    hit(
        "def pick(xs):\n    kept = []\n    for x in xs:\n        kept.append(x)\n    return\n\n\n"
        "print(len(pick([1, 2])))\n",
        ("    return\n", "    return kept\n"),
        expected="2\n",
    ),
    hit(
        "def add(a, b):\n    return a + b\n\n\ndef twice(a):\n    add(a, a)\n\n\nprint(twice(2) + 1)\n",
        ("    add(a, a)", "    return add(a, a)"),
        expected="5\n",
    ),
    miss("def f(a):\n    return a\n\n\nprint(f('a') + 1)\n"),
)
TEMPLATE = template("missing_result", (Code.TYP_WRONG_RETURN,), mend, EXAMPLES)
