"""A local that is read before it has a value: declare it global or nonlocal, or give it a first value."""

import ast
from collections.abc import Iterator

from goldseam.core.fault import Code, Fault
from goldseam.languages.python_view import Function, Module, own
from goldseam.propose.templating.python_edits import at_start, is_alone, lines_before, nodes_at
from goldseam.propose.templating.scene import GUESS, LIKELY, SURE, Repair, Scene, hit, miss, repair, template

_FIRST = {"append": "[]", "extend": "[]", "add": "set()", "update": "{}", "setdefault": "{}"}
_EMPTY: dict[type[object], str] = {int: "0", float: "0.0", str: '""', bool: "False"}


def mend(scene: Scene, fault: Fault) -> Iterator[Repair]:
    """The declaration where an outer scope has the name; else an empty value before what may give one."""
    module = scene.module(fault)
    for use in nodes_at(module, fault, ast.Name)[:1] if module else ():
        function = module.function_of(use) if module else None
        if module is None or function is None:
            continue
        if word := _outside(module, function, use.id):
            if edit := at_start(module, function, f"{word} {use.id}"):
                yield repair(fault.path, f"declares '{use.id}' {word}", edit, cost=SURE)
            continue
        yield from _initialised(module, function, use.id, fault)


def _outside(module: Module, function: Function, name: str) -> str:
    """How a name of an outer scope is declared here, or nothing."""
    outer = module.function_of(function)
    if outer is not None and any(_stores(node, name) for node in own(outer)):
        return "nonlocal"
    return "global" if any(_stores(node, name) for node in own(module.tree)) else ""


def _stores(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store)


def _initialised(module: Module, function: Function, name: str, fault: Fault) -> Iterator[Repair]:
    first = next(
        (part for part in function.body if any(_stores(node, name) for node in ast.walk(part))), None
    )
    values = list(dict.fromkeys(_values(function, name)))
    if first is None or not is_alone(module, first):
        return
    for number, value in enumerate(values):
        edit = lines_before(module, first, f"{name} = {value}")
        yield repair(fault.path, f"starts '{name}' with {value}", edit, cost=GUESS if number else LIKELY)


def _values(function: Function, name: str) -> Iterator[str]:
    """What a name may start with, by what is done with it."""
    given: list[ast.expr] = []
    for node in own(function):
        match node:
            case ast.AugAssign(target=ast.Name(id=target), op=op, value=value) if target == name:
                yield "1" if isinstance(op, ast.Mult) else _empty(value)
            case ast.Call(func=ast.Attribute(value=ast.Name(id=owner), attr=method)) if owner == name:
                if method in _FIRST:
                    yield _FIRST[method]
            case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name:
                given.append(value)
    yield from (_empty(value) for value in given if isinstance(value, ast.Constant | ast.List | ast.Dict))
    yield "None"


def _empty(value: ast.expr) -> str:
    match value:
        case ast.Constant(value=constant):
            return _EMPTY.get(type(constant), "None")
        case ast.List() | ast.ListComp():
            return "[]"
        case ast.Dict():
            return "{}"
        case ast.JoinedStr():
            return '""'
    return "0"


EXAMPLES = (
    hit(
        "count = 0\n\n\ndef step():\n    count += 1\n    return count\n\n\nstep()\nprint(count)\n",
        ("    count += 1", "    global count\n    count += 1"),
        expected="1\n",
    ),
    hit(
        """\
def counter():
    n = 0

    def step():
        n += 1
        return n

    return step


print(counter()())
""",
        ("        n += 1", "        nonlocal n\n        n += 1"),
        expected="1\n",
    ),
    hit(
        """\
def total(values):
    for value in values:
        result += value
    return result


print(total([1, 2]))
""",
        ("    for value", "    result = 0\n    for value"),
        expected="3\n",
    ),
    miss("print(nothing)\n"),
)
TEMPLATE = template("first_value", (Code.NAM_UNBOUND_LOCAL,), mend, EXAMPLES)
