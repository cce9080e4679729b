"""None where a value is expected: use what was changed in place, give a lookup its default, ask first."""

import ast
from collections.abc import Iterator, Mapping

from goldseam.core.fault import Code, Fault
from goldseam.languages.python_view import Function, Module, own
from goldseam.propose.templating.python_edits import (
    INDENT,
    is_alone,
    lines_before,
    loops_around,
    nodes_at,
    on_line,
    replaced,
    statement_at,
)
from goldseam.propose.templating.scene import (
    GUESS,
    LIKELY,
    SURE,
    Repair,
    Scene,
    before,
    hit,
    miss,
    repair,
    template,
)

_COPIES = {"sort": "sorted({})", "reverse": "list(reversed({}))"}
_TEXT = frozenset(
    {"upper", "lower", "strip", "split", "replace", "startswith", "endswith", "format", "title"}
)


def mend(scene: Scene, fault: Fault) -> Iterator[Repair]:
    """By what gives None: a method that works in place, `get` without a default, a search without result."""
    module = scene.module(fault)
    if module is None:
        return
    for call in nodes_at(module, fault, ast.Call):
        yield from _in_place(module, call, fault.path)
    line = scene.line(fault)
    yield from _defaulted(module, line, fault.path)
    yield from _asked(module, line, fault.path, scene.kinds_at(fault.path, line))


def _in_place(module: Module, call: ast.Call, path: str) -> Iterator[Repair]:
    """`x = x.sort()` becomes `x.sort()`, any other use `sorted(x)`."""
    parent = module.parent(call)
    match call.func:
        case ast.Attribute(value=owner, attr=method):
            text = module.text(owner)
        case _:
            return
    if isinstance(parent, ast.Assign) and [module.text(target) for target in parent.targets] == [text]:
        why = f"{method}() changes '{text}' itself"
        yield repair(path, why, replaced(module, parent, module.text(call)), cost=SURE)
    elif method in _COPIES and not call.args and not isinstance(parent, ast.Expr):
        options = "".join(f", {module.text(keyword)}" for keyword in call.keywords)
        made = _COPIES[method].format(f"{text}{options}")
        yield repair(path, f"takes the result, which {method}() does not give", replaced(module, call, made))


def _defaulted(module: Module, line: int, path: str) -> Iterator[Repair]:
    """A default for `get`, in the failing line or where its names come from."""
    for call in _lookups(module, line):
        match call:
            case ast.Call(func=ast.Attribute(attr="get"), args=[_], keywords=[]):
                for number, value in enumerate(_values(module, line)):
                    edit = before(module.span(call).end - 1, f", {value}")
                    cost = GUESS if number else LIKELY
                    yield repair(path, f"reads {value} where there is no entry", edit, cost=cost)


def _lookups(module: Module, line: int) -> Iterator[ast.Call]:
    yield from on_line(module, line, ast.Call)
    for name in on_line(module, line, ast.Name):
        for value in module.given(name.id, module.function_of(name) or module.tree):
            if isinstance(value, ast.Call):
                yield value


def _values(module: Module, line: int) -> Iterator[str]:
    """What may stand for nothing, by what the line does with it."""
    methods = {node.attr for node in on_line(module, line, ast.Attribute)}
    if methods & _TEXT:
        yield '""'
    computed: list[ast.AST] = [*on_line(module, line, ast.BinOp), *on_line(module, line, ast.AugAssign)]
    if computed:
        yield "0"
    if any(loop.lineno == line for loop in module.every(ast.For)) or "append" in methods:
        yield "[]"
    if methods & {"items", "get", "keys", "values"}:
        yield "{}"


def _asked(module: Module, line: int, path: str, kinds: Mapping[str, str]) -> Iterator[Repair]:
    """A guard before the statement that uses what is None: what a search did not find, or a parameter."""
    statement = statement_at(module, line)
    function = module.function_of(statement) if statement else None
    if statement is None or function is None or not is_alone(module, statement):
        return
    leaves = ["return 0", "return None"] if _computes(function) else ["return None", "return 0"]
    if any(loops_around(module, statement)):
        leaves.insert(0, "continue")
    for name in dict.fromkeys([*_searched(statement, function), *_given(statement, function, kinds)]):
        for number, leave in enumerate(leaves):
            edit = lines_before(module, statement, f"if {name} is None:", f"{INDENT}{leave}")
            why = f"goes on without '{name}' where it is None"
            yield repair(path, why, edit, cost=GUESS if number else LIKELY)


def _computes(function: Function) -> bool:
    """Whether a function returns what it computes with numbers."""
    returned = [node.value for node in own(function) if isinstance(node, ast.Return)]
    return any(isinstance(value, ast.BinOp) for value in returned)


def _used(statement: ast.stmt) -> set[str]:
    """Names whose attributes or elements a statement reads."""
    inside = [node for node in ast.walk(statement) if isinstance(node, ast.Attribute | ast.Subscript)]
    return {node.value.id for node in inside if isinstance(node.value, ast.Name)}


def _searched(statement: ast.stmt, function: Function) -> Iterator[str]:
    """Names that the statement uses and that were given what a call found."""
    used = _used(statement)
    for node in own(function):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call()) if name in used:
                if node.lineno < statement.lineno:
                    yield name


def _given(statement: ast.stmt, function: Function, kinds: Mapping[str, str]) -> Iterator[str]:
    """Parameters that a traced run saw as None here."""
    used = _used(statement)
    for argument in function.args.args:
        if argument.arg in used and kinds.get(argument.arg) == "NoneType":
            yield argument.arg


EXAMPLES = (
    hit("xs = [3, 1]\nxs = xs.sort()\nprint(xs[0])\n", ("xs = xs.sort()", "xs.sort()"), expected="1\n"),
    hit("xs = [3, 1].sort()\nprint(xs[0])\n", ("[3, 1].sort()", "sorted([3, 1])"), expected="1\n"),
    hit(
        "ages = {'a': 3}\nprint(ages.get('b') + 1)\n",
        (".get('b')", ".get('b', 0)"),
        expected="1\n",
    ),
    hit(
        """\
import re


def number(text):
    found = re.search('[0-9]+', text)
    return found.group()


print(number('a'))
""",
        ("    return", "    if found is None:\n        return None\n    return"),
        expected="None\n",
    ),
    hit(
        """\
class Node:
    def __init__(self, below=None):
        self.below = below


def height(node):
    return 1 + height(node.below)


print(height(Node(Node())))
""",
        ("    return", "    if node is None:\n        return 0\n    return"),
        expected="2\n",
    ),
    miss("def f(a):\n    return a.name\n\n\nf(3)\n"),
)
TEMPLATE = template("none_result", (Code.TYP_NONE_ACCESS, Code.SEM_API_MISUSE), mend, EXAMPLES)
