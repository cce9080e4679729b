"""A value of the wrong type where it is used: convert it to what the operation takes."""

import ast
import re
from collections.abc import Callable, Iterator

from goldseam.core.fault import Code, Fault
from goldseam.core.source import Edit, Span
from goldseam.languages.python_view import Module, name_of
from goldseam.propose.templating.python_edits import on_line, wrapped
from goldseam.propose.templating.scene import GUESS, LIKELY, SURE, Repair, Scene, hit, miss, repair, template

_NUMBERS = frozenset({"int", "float", "Decimal", "Fraction", "complex"})
_OPERANDS = re.compile(
    r"(?:unsupported operand type\(s\) for [^:]+: '([\w.]+)' and '([\w.]+)'"
    r"|not supported between instances of '([\w.]+)' and '([\w.]+)'"
    r"|can only concatenate (\w+) \(not \"([\w.]+)\"\)|multiply sequence by non-int of type '()(\w+)')"
)
_Found = Iterator[tuple[str, tuple[Edit, ...], float]]


def mend(scene: Scene, fault: Fault) -> Iterator[Repair]:
    """Conversions where the message tells that one operand is text and the other a number, and the like."""
    module = scene.module(fault)
    if module is None:
        return
    line = scene.line(fault)
    if fault.symptom and (fault.symptom.path, fault.symptom.line) != (fault.path, line):
        yield from _at_origin(module, fault)
        return
    message = fault.message
    for why, edits, cost in _at_use(module, line, message, scene.kinds_at(fault.path, line)):
        yield repair(fault.path, why, *edits, cost=cost)


def _at_use(module: Module, line: int, message: str, kinds: dict[str, str]) -> _Found:
    if match := _OPERANDS.search(message):
        left, right = (part for part in match.groups() if part is not None)
        yield from _mixed(module, line, left, right, kinds)
    for words, act in _BY_MESSAGE:
        if words in message:
            yield from act(module, line)


def _mixed(module: Module, line: int, left: str, right: str, kinds: dict[str, str]) -> _Found:
    """Both sides of each operation of the line that may be the one of the message."""
    for one, other in _pairs(module, line):
        if not (_may_be(one, left, kinds) and _may_be(other, right, kinds)):
            continue
        if left == "str" and right in _NUMBERS:
            yield from _text_and_number(module, one, other, right)
        elif right == "str" and left in (*_NUMBERS, ""):
            yield from _text_and_number(module, other, one, left or "int")
        elif left == right == "str":
            edits = (*wrapped(module, one, "float("), *wrapped(module, other, "float("))
            yield "computes with numbers instead of texts", edits, LIKELY
        elif {left, right} == {"list", "tuple"}:
            node = other if right == "tuple" else one
            yield "makes a list of it", wrapped(module, node, "list("), LIKELY
        elif {left, right} == {"Decimal", "float"}:
            node = one if left == "float" else other
            yield "computes with decimals", wrapped(module, node, "Decimal(str(", "))"), LIKELY
        elif left == "list":
            yield "adds one element", wrapped(module, other, "[", "]"), LIKELY


def _text_and_number(module: Module, text: ast.expr, number: ast.expr, kind: str) -> _Found:
    """A number out of the text, or a text out of the number where texts are put together."""
    parent = module.parent(text)
    adds = isinstance(parent, ast.BinOp) and isinstance(parent.op, ast.Add)
    shown = ("shows the number as text", wrapped(module, number, "str("))
    written = isinstance(text, ast.Constant | ast.JoinedStr | ast.BinOp)
    if adds and written:
        yield *shown, SURE
    for one in _kinds(kind):
        why = f"reads the text as a number: {one}()"
        yield why, wrapped(module, text, f"{one}("), GUESS if adds and written else LIKELY
    if adds and not written:
        yield *shown, LIKELY


def _kinds(kind: str) -> tuple[str, ...]:
    return ("float", "int") if kind == "float" else ("int", "float") if kind == "int" else (kind,)


def _pairs(module: Module, line: int) -> Iterator[tuple[ast.expr, ast.expr]]:
    for operation in on_line(module, line, ast.BinOp):
        yield operation.left, operation.right
    for comparison in on_line(module, line, ast.Compare):
        if len(comparison.ops) == 1:
            yield comparison.left, comparison.comparators[0]
    for added in on_line(module, line, ast.AugAssign):
        yield added.target, added.value


def _may_be(node: ast.expr, kind: str, kinds: dict[str, str]) -> bool:
    """Whether a node may have a type, by its form or by what a traced run saw."""
    if isinstance(node, ast.Constant):
        return type(node.value).__name__ == kind or not kind
    if isinstance(node, ast.JoinedStr):
        return kind in ("str", "")
    if isinstance(node, ast.Name) and node.id in kinds:
        return kinds[node.id].rpartition(".")[2] == kind or not kind
    return True


def _at_origin(module: Module, fault: Fault) -> Iterator[Repair]:
    """A conversion where the value comes in: around a call or item, not around a literal."""
    match = _OPERANDS.search(fault.message)
    kinds = {part for part in match.groups() if part} if match else set()
    number = next(iter(kinds & {"int", "float"}), "")
    if "str" not in kinds or not number:
        return
    for call in module.every(ast.Call):
        if module.span(call) == fault.span and name_of(call.func) not in _NUMBERS:
            for one in _kinds(number):
                why = f"reads the text as a number where it comes in: {one}()"
                yield repair(fault.path, why, *wrapped(module, call, f"{one}("))


def _joined(module: Module, line: int) -> _Found:
    for call in on_line(module, line, ast.Call):
        if isinstance(call.func, ast.Attribute) and call.func.attr == "join" and len(call.args) == 1:
            given = call.args[0]
            if isinstance(given, ast.GeneratorExp | ast.ListComp):
                yield "joins texts", wrapped(module, given.elt, "str("), SURE
            else:
                yield "joins texts", wrapped(module, given, "map(str, "), SURE


def _whole(module: Module, line: int) -> _Found:
    """Whole numbers where indexes and counts are: `//` for `/`, else `int(...)`."""
    divisions = [node for node in on_line(module, line, ast.BinOp) if isinstance(node.op, ast.Div)]
    for division in divisions:
        start, end = module.span(division.left).end, module.span(division.right).start
        at = module.data.find(b"/", start, end)
        yield "divides without a rest", (Edit(Span(at, at + 1), b"//"),), SURE
    for item in on_line(module, line, ast.Subscript):
        if not isinstance(item.slice, ast.Slice | ast.Constant):
            yield "takes a whole number as the index", wrapped(module, item.slice, "int("), LIKELY
    for call in on_line(module, line, ast.Call):
        if name_of(call.func) == "range":
            for given in call.args:
                if not isinstance(given, ast.Constant):
                    yield "counts whole numbers", wrapped(module, given, "int("), LIKELY


def _counted(module: Module, line: int) -> _Found:
    for loop in on_line(module, line, ast.For):
        if loop.lineno == line:
            yield "goes over that many numbers", wrapped(module, loop.iter, "range("), SURE
    for generator in module.every(ast.comprehension):
        if module.line(generator.iter) == line:
            yield "goes over that many numbers", wrapped(module, generator.iter, "range("), LIKELY


def _frozen(module: Module, line: int) -> _Found:
    for item in on_line(module, line, ast.Subscript):
        yield "takes a tuple as the key", wrapped(module, item.slice, "tuple("), LIKELY
    for call in on_line(module, line, ast.Call):
        if isinstance(call.func, ast.Attribute) and call.func.attr == "add" and len(call.args) == 1:
            yield "keeps a tuple", wrapped(module, call.args[0], "tuple("), LIKELY


def _measured(module: Module, line: int) -> _Found:
    for call in on_line(module, line, ast.Call):
        if name_of(call.func) == "len" and len(call.args) == 1:
            yield "counts the digits", wrapped(module, call.args[0], "str("), LIKELY


def _listed(module: Module, line: int) -> _Found:
    for call in on_line(module, line, ast.Call):
        if name_of(call.func) in ("dumps", "dump") and call.args:
            yield "writes a list", wrapped(module, call.args[0], "list("), LIKELY
            end = module.span(call).end - 1
            yield "writes what is no plain value as text", (_inserted(end, ", default=str"),), LIKELY


def _inserted(offset: int, text: str) -> Edit:
    return Edit(Span(offset, offset), text.encode())


_BY_MESSAGE: tuple[tuple[str, Callable[[Module, int], _Found]], ...] = (
    ("sequence item", _joined),
    ("indices must be integers", _whole),
    ("cannot be interpreted as an integer", _whole),
    ("'int' object is not iterable", _counted),
    ("unhashable type: 'list'", _frozen),
    ("unhashable type: 'dict'", _frozen),
    ("object of type 'int' has no len", _measured),
    ("is not JSON serializable", _listed),
)

_AGES = "ages = ['3', '4']\n"
EXAMPLES = (
    hit("n = 3\nprint('there are ' + n)\n", ("+ n", "+ str(n)"), expected="there are 3\n"),
    hit(
        f"{_AGES}total = 0\nfor age in ages:\n    total += age\nprint(total)\n",
        ("+= age", "+= int(age)"),
        expected="7\n",
    ),
    hit("print(', '.join([1, 2]))\n", ("[1, 2]", "map(str, [1, 2])"), expected="1, 2\n"),
    hit("xs = [1, 2, 3]\nprint(xs[len(xs) / 2])\n", ("/", "//"), expected="2\n"),
    hit("for i in len('ab'):\n    print(i)\n", ("len('ab')", "range(len('ab'))"), expected="0\n1\n"),
    hit("seen = set()\nseen.add([1, 2])\nprint(len(seen))\n", ("[1, 2]", "tuple([1, 2])"), expected="1\n"),
    hit(
        "import json\n\nprint(json.dumps({3}))\n",
        ("{3}", "list({3})"),
        expected="[3]\n",
    ),
    miss("print(None + 1)\n"),
    miss("print('a'.push(1))\n"),
)
TEMPLATE = template("converted_value", (Code.TYP_MISMATCH,), mend, EXAMPLES)
