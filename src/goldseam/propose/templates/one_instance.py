"""A class that hands out its one instance and is constructed directly: ask it for the instance."""

import ast
from collections.abc import Iterator

from goldseam.core.fault import Code, Fault
from goldseam.propose.templating.python_edits import nodes_at, replaced
from goldseam.propose.templating.scene import SURE, Mended, Repair, Scene, repair, template


def mend(scene: Scene, fault: Fault) -> Iterator[Repair]:
    """The call that the diagnosis names, in place of the construction."""
    module = scene.module(fault)
    owner, _, giver = fault.expected.partition(".")
    if module is None or not giver:
        return
    for call in nodes_at(module, fault, ast.Call):
        text = module.text(call.func)
        if text.rpartition(".")[2] == owner:
            yield repair(fault.path, fault.hint, replaced(module, call, f"{text}.{giver}"), cost=SURE)
            return


_POOL = (
    "class Pool:\n    _one = None\n\n    def __init__(self):\n        self.known = []\n\n    @classmethod\n"
    "    def get_instance(cls):\n        if cls._one is None:\n            cls._one = cls()\n"
    "        return cls._one\n\n\n"
)
_USE = "Pool.get_instance().known.append('a')\nprint({}.known)\n"
EXAMPLES = (
    Mended(_POOL + _USE.format("Pool()"), _POOL + _USE.format("Pool.get_instance()"), expected="['a']\n"),
    Mended(
        "import pools\n\npools.Pool.get_instance().known.append(3)\nprint(pools.Pool().known)\n",
        "import pools\n\npools.Pool.get_instance().known.append(3)\nprint(pools.Pool.get_instance().known)\n",
        expected="[3]\n",
        beside={"pools.py": _POOL},
    ),
    Mended("class Pool:\n    known = 3\n\n\nprint(Pool().known)\n", expected="4\n"),
)
TEMPLATE = template("one_instance", (Code.SEM_SINGLETON_BYPASSED,), mend, EXAMPLES)
