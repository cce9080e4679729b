"""An index past the end: the loop that goes one too far, the last index, the empty sequence."""

import ast
from collections.abc import Iterator

from goldseam.core.fault import Code, Fault
from goldseam.core.source import Edit, Span
from goldseam.languages.python_view import Module, dotted_of
from goldseam.propose.templating.python_edits import (
    INDENT,
    constant,
    is_alone,
    lines_before,
    loops_around,
    on_line,
    replaced,
    statement_of,
)
from goldseam.propose.templating.scene import GUESS, LIKELY, SURE, Repair, Scene, hit, miss, repair, template


def mend(scene: Scene, fault: Fault) -> Iterator[Repair]:
    """What keeps the index inside: at the loop's bound, at the index, before the first element."""
    module = scene.module(fault)
    if module is None or fault.detail not in ("IndexError", ""):
        return
    for item in on_line(module, scene.line(fault), ast.Subscript):
        if isinstance(item.slice, ast.Slice | ast.Tuple):
            continue
        for loop in loops_around(module, item):
            yield from _shorter(module, loop, item, fault.path)
        yield from _nearer(module, item, fault.path)
        yield from _guarded(module, item, fault.path)


def _shorter(module: Module, loop: ast.For | ast.While, item: ast.Subscript, path: str) -> Iterator[Repair]:
    owner = module.text(item.value)
    if isinstance(loop, ast.While):
        yield from _stricter(module, loop, owner, path)
        return
    if not (isinstance(loop.iter, ast.Call) and dotted_of(loop.iter.func) == "range" and loop.iter.args):
        return
    names = {node.id for node in ast.walk(item.slice) if isinstance(node, ast.Name)}
    if not isinstance(loop.target, ast.Name) or loop.target.id not in names:
        return
    end = loop.iter.args[min(1, len(loop.iter.args) - 1)]
    why = f"stops the loop with the last of '{owner}'"
    match end, item.slice:
        case ast.BinOp(left=length, op=ast.Add(), right=ast.Constant()), _:
            yield repair(path, why, replaced(module, end, module.text(length)), cost=SURE)
        case _, ast.BinOp(op=ast.Add(), right=ast.Constant(value=int(steps))):
            yield repair(path, why, replaced(module, end, f"{module.text(end)} - {steps}"))
        case ast.Call(func=ast.Name(id="len")), ast.Name():
            yield repair(path, why, replaced(module, end, f"len({owner})"))
        case _:
            yield repair(path, why, replaced(module, end, f"len({owner})"), cost=GUESS)


def _stricter(module: Module, loop: ast.While, owner: str, path: str) -> Iterator[Repair]:
    """`while i <= len(x)` with `<`."""
    for test in ast.walk(loop.test):
        if isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], ast.LtE):
            start, end = module.span(test.left).end, module.span(test.comparators[0]).start
            at = module.data.find(b"<=", start, end)
            if at >= 0:
                why = f"stops the loop with the last of '{owner}'"
                yield repair(path, why, Edit(Span(at, at + 2), b"<"), cost=SURE)


def _nearer(module: Module, item: ast.Subscript, path: str) -> Iterator[Repair]:
    index, owner = item.slice, module.text(item.value)
    text = module.text(index)
    if text == f"len({owner})":
        yield repair(path, f"reads the last of '{owner}'", replaced(module, index, "-1"), cost=SURE)
    elif isinstance(index, ast.Name):
        yield repair(path, "counts from zero", replaced(module, index, f"{text} - 1"), cost=GUESS)
    elif isinstance(index, ast.Constant) and isinstance(index.value, int) and index.value > 0:
        yield repair(path, "counts from zero", replaced(module, index, str(index.value - 1)))


def _guarded(module: Module, item: ast.Subscript, path: str) -> Iterator[Repair]:
    """An answer for an empty sequence, where its first or last element is read."""
    is_end = constant(item.slice) == 0 or ast.unparse(item.slice) == "-1"
    statement, function = statement_of(module, item), module.function_of(item)
    if not is_end or function is None or statement is None or not is_alone(module, statement):
        return
    owner = module.text(item.value)
    for number, nothing in enumerate(("None", "0", "[]", '""')):
        guard = lines_before(module, statement, f"if not {owner}:", f"{INDENT}return {nothing}")
        cost = GUESS if number else LIKELY
        yield repair(path, f"gives {nothing} where '{owner}' is empty", guard, cost=cost)


EXAMPLES = (
    hit(
        "def total(xs):\n    s = 0\n    for i in range(len(xs) + 1):\n        s += xs[i]\n    return s\n\n\n"
        "print(total([1, 2]))\n",
        ("len(xs) + 1", "len(xs)"),
        expected="3\n",
    ),
    hit(
        "xs = [1, 2, 4]\nprint([xs[i + 1] - xs[i] for i in range(len(xs) - 1)])\n"
        "for i in range(len(xs)):\n    print(xs[i + 1] > xs[i])\n",
        ("(len(xs)):", "(len(xs) - 1):"),
        expected="[1, 2]\nTrue\nTrue\n",
    ),
    hit(
        "xs = [3, 4]\ni = 0\nwhile i <= len(xs):\n    print(xs[i])\n    i += 1\n",
        ("<=", "<"),
        expected="3\n4\n",
    ),
    hit("xs = [3, 4]\nprint(xs[len(xs)])\n", ("[len(xs)]", "[-1]"), expected="4\n"),
    hit(
        "def first(rows):\n    return rows[0]\n\n\nprint(first([]))\n",
        ("    return", "    if not rows:\n        return None\n    return"),
        expected="None\n",
    ),
    miss("print({}['a'])\n"),
)
TEMPLATE = template("index_range", (Code.RUN_INDEX,), mend, EXAMPLES)
