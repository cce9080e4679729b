"""A coroutine made where nothing can await it: run it."""

import ast
from collections.abc import Iterator

from goldseam.core.fault import Code, Fault
from goldseam.propose.templating.python_edits import imported, nodes_at, wrapped
from goldseam.propose.templating.scene import LIKELY, SURE, Repair, Scene, hit, miss, repair, template


def mend(scene: Scene, fault: Fault) -> Iterator[Repair]:
    """`asyncio.run(...)` around the call, in a function that is not async or at the top."""
    module = scene.module(fault)
    for call in nodes_at(module, fault, ast.Call)[:1] if module else ():
        function = module.function_of(call) if module else None
        if module is None or isinstance(function, ast.AsyncFunctionDef):
            return
        edits = (*wrapped(module, call, "asyncio.run("), *imported(module, "import asyncio"))
        cost = SURE if function is None else LIKELY
        yield repair(fault.path, "runs the coroutine", *edits, cost=cost)


EXAMPLES = (
    hit(
        "import asyncio\n\n\nasync def main():\n    await asyncio.sleep(0)\n    print('done')\n\n\nmain()\n",
        ("\n\nmain()", "\n\nasyncio.run(main())"),
        expected="done\n",
    ),
    hit(
        """\
async def load():
    return [1]


def show():
    rows = load()
    return len(rows)


print(show())
""",
        ("async def load", "import asyncio\nasync def load"),
        ("rows = load()", "rows = asyncio.run(load())"),
        expected="1\n",
    ),
    miss("def load():\n    return [1]\n\n\nprint(load())\n", expected="1\n"),
)
TEMPLATE = template("started_loop", (Code.TYP_NOT_AWAITED,), mend, EXAMPLES)
