"""A key that a mapping may not have yet: say what counts for it until then."""

import ast
from collections.abc import Iterator

from goldseam.core.fault import Code, Fault
from goldseam.languages.python_view import Module
from goldseam.propose.templating.python_edits import on_line, replaced, statement_of
from goldseam.propose.templating.scene import GUESS, LIKELY, Repair, Scene, hit, miss, repair, template

_MADE = {"append": "[]", "extend": "[]", "insert": "[]", "add": "set()", "update": "{}", "setdefault": "{}"}
_ARITHMETIC = (ast.BinOp, ast.UnaryOp)


def mend(scene: Scene, fault: Fault) -> Iterator[Repair]:
    """`get` with a default for what is read, `setdefault` for what is filled, `pop` with one for `del`."""
    module = scene.module(fault)
    if module is None or fault.detail not in ("KeyError", ""):
        return
    line = scene.line(fault)
    for item in on_line(module, line, ast.Subscript):
        if not isinstance(item.slice, ast.Slice):
            yield from _defaulted(module, item, fault.path)
    for call in on_line(module, line, ast.Call):
        match call:
            case ast.Call(func=ast.Attribute(value=owner, attr="pop"), args=[key], keywords=[]):
                edit = replaced(module, call, f"{module.text(owner)}.pop({module.text(key)}, None)")
                yield repair(fault.path, "takes nothing where the key is not there", edit)
            case ast.Call(func=ast.Attribute(value=owner, attr="remove"), args=[value]):
                edit = replaced(module, call, f"{module.text(owner)}.discard({module.text(value)})")
                yield repair(fault.path, "discards what may not be there", edit)


def _defaulted(module: Module, item: ast.Subscript, path: str) -> Iterator[Repair]:
    owner, key, parent = module.text(item.value), module.text(item.slice), module.parent(item)
    match parent:
        case ast.AugAssign(target=target, value=value, op=ast.Add() | ast.Sub()) if target is item:
            sign = "+" if isinstance(parent.op, ast.Add) else "-"
            text = f"{owner}[{key}] = {owner}.get({key}, {_nothing(value)}) {sign} {module.text(value)}"
            yield repair(path, "starts from nothing where the key is new", replaced(module, parent, text))
        case ast.Attribute(attr=method) if method in _MADE:
            text = f"{owner}.setdefault({key}, {_MADE[method]})"
            yield repair(path, "makes the entry where the key is new", replaced(module, item, text))
        case ast.Delete():
            text = f"{owner}.pop({key}, None)"
            yield repair(path, "takes nothing where the key is not there", replaced(module, parent, text))
        case _ if isinstance(item.ctx, ast.Load):
            yield from _read(module, item, owner, key, path)


def _read(module: Module, item: ast.Subscript, owner: str, key: str, path: str) -> Iterator[Repair]:
    statement = statement_of(module, item)
    for number, value in enumerate(_guesses(module, item, statement)):
        text = f"{owner}.get({key}, {value})" if value != "None" else f"{owner}.get({key})"
        why = f"reads {value} where the key is not there"
        yield repair(path, why, replaced(module, item, text), cost=GUESS if number else LIKELY)


def _guesses(module: Module, item: ast.Subscript, statement: ast.stmt | None) -> Iterator[str]:
    parent = module.parent(item)
    if isinstance(parent, _ARITHMETIC) or isinstance(statement, ast.AugAssign):
        yield "0"
        return
    if isinstance(parent, ast.For) or (isinstance(parent, ast.Call) and item in parent.args):
        yield "[]"
    yield "None"
    yield "0"


def _nothing(value: ast.expr) -> str:
    match value:
        case ast.Constant(value=str()) | ast.JoinedStr():
            return '""'
        case ast.List():
            return "[]"
    return "0"


EXAMPLES = (
    hit(
        "counts = {}\nfor letter in 'abca':\n    counts[letter] += 1\nprint(counts)\n",
        ("counts[letter] += 1", "counts[letter] = counts.get(letter, 0) + 1"),
        expected="{'a': 2, 'b': 1, 'c': 1}\n",
    ),
    hit(
        "groups = {}\nfor word in ['ab', 'b']:\n    groups[len(word)].append(word)\nprint(groups)\n",
        ("groups[len(word)]", "groups.setdefault(len(word), [])"),
        expected="{2: ['ab'], 1: ['b']}\n",
    ),
    hit(
        "ages = {'a': 3}\nprint(sum(ages[name] + 1 for name in 'ab'))\n",
        ("ages[name]", "ages.get(name, 0)"),
        expected="5\n",
    ),
    miss("rows = [1]\nprint(rows[3])\n"),
)
TEMPLATE = template("missing_entry", (Code.RUN_KEY,), mend, EXAMPLES)
