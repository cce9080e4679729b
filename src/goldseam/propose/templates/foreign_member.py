"""A method that another language's values have: what Python calls it."""

import ast
from collections.abc import Iterator

from goldseam.core.fault import Code, Fault
from goldseam.core.source import Span
from goldseam.languages.python_view import Module
from goldseam.propose.templating.python_edits import nodes_at, operand, replaced
from goldseam.propose.templating.scene import SURE, Repair, Scene, at, hit, miss, repair, template

_NAMES = {
    "push": ("append",), "addAll": ("extend", "update"), "concat": ("extend",), "toUpperCase": ("upper",),
    "toLowerCase": ("lower",), "toUpper": ("upper",), "toLower": ("lower",), "trim": ("strip",),
    "trimStart": ("lstrip",), "trimEnd": ("rstrip",), "startsWith": ("startswith",),
    "endsWith": ("endswith",), "indexOf": ("find", "index"), "iteritems": ("items",), "iterkeys": ("keys",),
    "itervalues": ("values",), "entries": ("items",), "add": ("append",), "append": ("add",),
    "replaceAll": ("replace",), "delete": ("pop", "remove"), "put": ("append",),
}  # fmt: skip
_LENGTHS = frozenset({"length", "size", "len", "count"})
_HOLDS = frozenset({"contains", "includes", "has", "has_key", "containsKey"})


def mend(scene: Scene, fault: Fault) -> Iterator[Repair]:
    """Another name, or another form: `len(x)` for `x.length`, `y in x` for `x.contains(y)`."""
    module = scene.module(fault)
    for node in nodes_at(module, fault, ast.Attribute)[:1] if module else ():
        if module:
            yield from _written_so(module, node, fault)


def _written_so(module: Module, node: ast.Attribute, fault: Fault) -> Iterator[Repair]:
    parent, owner = module.parent(node), module.text(node.value)
    call = parent if isinstance(parent, ast.Call) and parent.func is node else None
    whole = call or node
    if node.attr in _LENGTHS and not (call and call.args):
        yield repair(fault.path, f"takes len({owner})", replaced(module, whole, f"len({owner})"), cost=SURE)
    elif node.attr in _HOLDS and call and len(call.args) == 1:
        text = f"{operand(module, call.args[0])} in {operand(module, node.value)}"
        loose = isinstance(module.parent(call), ast.If | ast.While | ast.Assign | ast.Return)
        edit = replaced(module, call, text if loose else f"({text})")
        yield repair(fault.path, "asks with 'in'", edit, cost=SURE)
    elif node.attr == "join" and call and len(call.args) == 1:
        text = f"{operand(module, call.args[0])}.join({owner})"
        yield repair(fault.path, "joins by the separator's method", replaced(module, call, text), cost=SURE)
    elif node.attr == "shift" and call:
        yield repair(fault.path, "takes the first", replaced(module, call, f"{owner}.pop(0)"), cost=SURE)
    elif node.attr in ("sort", "reverse") and call and not call.args:
        made = f"sorted({owner})" if node.attr == "sort" else f"{owner}[::-1]"
        yield repair(fault.path, "makes an ordered copy", replaced(module, call, made))
    end = module.span(node).end
    name = Span(end - len(node.attr.encode()), end)
    for other in _NAMES.get(node.attr, ()):
        yield repair(fault.path, f"calls it '{other}'", at(name, other))


EXAMPLES = (
    hit("xs = [1]\nxs.push(2)\nprint(xs)\n", ("push", "append"), expected="[1, 2]\n"),
    hit("xs = [1, 2]\nprint(xs.length)\n", ("xs.length", "len(xs)"), expected="2\n"),
    hit(
        "word = 'abc'\nif word.contains('b'):\n    print('yes')\n",
        ("word.contains('b')", "'b' in word"),
        expected="yes\n",
    ),
    hit("print(['a', 'b'].join('-'))\n", ("['a', 'b'].join('-')", "'-'.join(['a', 'b'])"), expected="a-b\n"),
    hit("seen = set()\nseen.append(3)\nprint(seen)\n", ("append", "add"), expected="{3}\n"),
    miss("class A:\n    pass\n\n\nprint(A().colour)\n"),
)
TEMPLATE = template("foreign_member", (Code.NAM_WRONG_ATTRIBUTE, Code.NAM_MISSPELT), mend, EXAMPLES)
