"""A collection that changes while a loop goes over it: go over a copy."""

import ast
from collections.abc import Iterator

from goldseam.core.fault import Code, Fault
from goldseam.languages.python_view import Module, own
from goldseam.propose.templating.python_edits import on_line, wrapped
from goldseam.propose.templating.scene import LIKELY, SURE, Repair, Scene, hit, miss, repair, template

_CHANGES = frozenset({"remove", "pop", "insert", "append", "discard", "add", "clear", "popitem", "update"})
_VIEWS = frozenset({"items", "keys", "values"})


def mend(scene: Scene, fault: Fault) -> Iterator[Repair]:
    """`list(...)` around what the loop goes over, where its body changes that."""
    module = scene.module(fault)
    if module is None:
        return
    if "changed size during iteration" in fault.message:
        loops: list[ast.For] = on_line(module, scene.line(fault), ast.For)
    else:
        loops = [loop for loop in module.every(ast.For) if _changes(module, loop)]
    for loop in sorted(loops, key=lambda loop: -loop.lineno):
        edits = wrapped(module, loop.iter, "list(")
        cost = SURE if _changes(module, loop) else LIKELY
        yield repair(fault.path, "goes over a copy, which the loop does not change", *edits, cost=cost)


def _changes(module: Module, loop: ast.For) -> bool:
    """Whether a loop's body changes what the loop goes over."""
    owner = _owner(loop.iter)
    if owner is None:
        return False
    text = module.text(owner)
    for node in own(loop):
        match node:
            case ast.Call(func=ast.Attribute(value=changed, attr=method)) if method in _CHANGES:
                if module.text(changed) == text:
                    return True
            case ast.Delete(targets=[ast.Subscript(value=changed)]):
                if module.text(changed) == text:
                    return True
    return False


def _owner(node: ast.expr) -> ast.expr | None:
    match node:
        case ast.Name() | ast.Attribute():
            return node
        case ast.Call(func=ast.Attribute(value=owner, attr=view), args=[]) if view in _VIEWS:
            return owner
    return None


EXAMPLES = (
    hit(
        "ages = {'a': 3, 'b': 0}\nfor name, age in ages.items():\n    if not age:\n        del ages[name]\n"
        "print(ages)\n",
        ("ages.items()", "list(ages.items())"),
        expected="{'a': 3}\n",
    ),
    hit(
        """\
def odd(xs):
    for x in xs:
        if x % 2 == 0:
            xs.remove(x)
    return xs


print(odd([2, 4, 5]))
""",
        ("in xs:", "in list(xs):"),
        expected="[5]\n",
    ),
    miss("xs = [1]\nfor x in xs:\n    print(x)\n", expected="2\n"),
)
TEMPLATE = template(
    "copied_before_change", (Code.RUN_ERROR, Code.LOG_WRONG_RESULT, Code.LOG_WRONG_OUTPUT), mend, EXAMPLES
)
