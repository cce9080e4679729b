"""A misspelt attribute of an object from elsewhere: what the interpreter itself suggests."""

import ast
import re
from collections.abc import Iterator

from goldseam.core.fault import Code, Fault
from goldseam.core.source import Span
from goldseam.propose.templating.python_edits import nodes_at
from goldseam.propose.templating.scene import SURE, Repair, Scene, at, hit, miss, repair, template

_SUGGESTED = re.compile(r"has no attribute '(?P<wrong>\w+)'\. Did you mean: '(?P<right>\w+)'\?")


def mend(scene: Scene, fault: Fault) -> Iterator[Repair]:
    """The suggested name in the place of the one that the object has not."""
    module, said = scene.module(fault), _SUGGESTED.search(fault.message)
    if module is None or said is None:
        return
    for node in nodes_at(module, fault, ast.Attribute):
        if node.attr == said["wrong"]:
            end = module.span(node).end
            edit = at(Span(end - len(node.attr.encode()), end), said["right"])
            yield repair(fault.path, f"asks for '{said['right']}', which the object has", edit, cost=SURE)


EXAMPLES = (
    hit(
        "import textwrap\n\nprint(textwrap.shortn('a b', 9))\n",
        ("shortn", "shorten"),
        expected="a b\n",
    ),
    hit(
        "import math\n\nprint(int(math.sqrtt(16)))\n",
        ("sqrtt", "sqrt"),
        expected="4\n",
    ),
    miss("print('abc'.xyzzy())\n", expected="abc\n"),
)
TEMPLATE = template("suggested_member", (Code.NAM_WRONG_ATTRIBUTE, Code.NAM_MISSPELT), mend, EXAMPLES)
