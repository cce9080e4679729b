"""A loop that never ends because nothing in it changes what it asks: take the step that is missing."""

import ast
from collections.abc import Iterator

from goldseam.core.fault import Code, Fault
from goldseam.languages.python_view import Module, name_of, own
from goldseam.propose.templating.python_edits import is_alone, lines_after, lines_before, on_line
from goldseam.propose.templating.scene import GUESS, LIKELY, SURE, Repair, Scene, hit, miss, repair, template

_UP, _DOWN = (ast.Lt, ast.LtE), (ast.Gt, ast.GtE)


def mend(scene: Scene, fault: Fault) -> Iterator[Repair]:
    """The step at the end of the body, also before each `continue` that would skip it."""
    module = scene.module(fault)
    if module is None:
        return
    loops = on_line(module, scene.line(fault), ast.While) or list(module.every(ast.While))
    for loop in loops[:3]:
        for name, step, cost in _steps(loop):
            last = loop.body[-1]
            if not is_alone(module, last):
                continue
            edits = [lines_after(module, last, step, margin=" " * last.col_offset)]
            edits += [
                lines_before(module, node, step)
                for node in own(loop)
                if isinstance(node, ast.Continue) and is_alone(module, node)
            ]
            yield repair(fault.path, f"changes '{name}' in every round", *edits, cost=cost)
        yield from _skipped(module, loop, fault.path)


def _steps(loop: ast.While) -> Iterator[tuple[str, str, float]]:
    """The numbers of a loop's condition that its body does not change, and the step for each."""
    stored = {node.id for node in own(loop) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    for test in ast.walk(loop.test):
        match test:
            case ast.Compare(left=ast.Name(id=name), ops=[order]) if name not in stored:
                if isinstance(order, (*_UP, ast.NotEq)):
                    yield name, f"{name} += 1", LIKELY
                if isinstance(order, (*_DOWN, ast.NotEq)):
                    yield name, f"{name} -= 1", LIKELY
            case ast.Compare(comparators=[ast.Name(id=name)], ops=[order]) if name not in stored:
                if isinstance(order, _UP):
                    yield name, f"{name} -= 1", GUESS
                elif isinstance(order, _DOWN):
                    yield name, f"{name} += 1", GUESS
    if isinstance(loop.test, ast.Name) and loop.test.id not in stored:
        yield loop.test.id, f"{loop.test.id} -= 1", GUESS


def _skipped(module: Module, loop: ast.While, path: str) -> Iterator[Repair]:
    """The step that the body ends with, before a `continue` that skips it."""
    last = loop.body[-1]
    asked = {node.id for node in ast.walk(loop.test) if isinstance(node, ast.Name)}
    if not isinstance(last, ast.AugAssign) or name_of(last.target) not in asked:
        return
    leaving = [node for node in own(loop) if isinstance(node, ast.Continue) and is_alone(module, node)]
    if leaving:
        edits = [lines_before(module, node, module.text(last)) for node in leaving]
        yield repair(path, "takes the step also in rounds that are cut short", *edits, cost=SURE)


EXAMPLES = (
    hit(
        "i = 0\nwhile i < 3:\n    print(i)\n",
        ("    print(i)\n", "    print(i)\n    i += 1\n"),
        expected="0\n1\n2\n",
    ),
    hit(
        """\
i = 0
while i < 4:
    if i == 2:
        continue
    print(i)
    i += 1
""",
        ("        continue", "        i += 1\n        continue"),
        expected="0\n1\n3\n",
    ),
    miss("while True:\n    pass\n", expected="\n"),
)
TEMPLATE = template("endless_loop", (Code.RUN_TIMEOUT,), mend, EXAMPLES)
