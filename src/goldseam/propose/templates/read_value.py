"""A text or collection that a call cannot take as it is: take out what is in the way, or say what is then."""

import ast
import re
from collections.abc import Iterator

from goldseam.core.fault import Code, Fault
from goldseam.core.source import Edit, Span
from goldseam.languages.python_view import Module, name_of
from goldseam.propose.templating.python_edits import (
    INDENT,
    encoded,
    indentation,
    on_line,
    operand,
    replaced,
    statement_of,
    wrapped,
)
from goldseam.propose.templating.scene import GUESS, LIKELY, SURE, Repair, Scene, hit, miss, repair, template

_READ = re.compile(
    r"(?:invalid literal for int\(\) with base 10|could not convert string to float): (.*)\Z", re.S
)
_UNPACKED = re.compile(r"(?:not enough|too many) values to unpack")
_EMPTY = re.compile(r"(?:arg is an empty sequence|iterable argument is empty)")
_NUMERAL = re.compile(r"[-+]?\d*\.\d+(?:[eE][-+]?\d+)?")


def mend(scene: Scene, fault: Fault) -> Iterator[Repair]:
    """By the message: numerals with other signs, empty collections, pairs, what is not found."""
    module, line = scene.module(fault), scene.line(fault)
    if module is None:
        return
    message = fault.message
    if match := _READ.search(message):
        yield from _numeral(
            module, line, ast.literal_eval(match[1]) if _is_text(match[1]) else "", fault.path
        )
    elif _EMPTY.search(message):
        yield from _of_nothing(module, line, fault.path)
    elif _UNPACKED.search(message):
        yield from _pairs(module, line, fault.path)
    elif "substring not found" in message:
        yield from _sought(module, line, fault.path)
    elif "not in list" in message:
        yield from _asked_first(module, line, fault.path)
    elif "StopIteration" in (fault.detail, message):
        yield from _next(module, line, fault.path)


def _is_text(shown: str) -> bool:
    return bool(re.fullmatch(r"'[^'\\]*'|\"[^\"\\]*\"", shown))


def _numeral(module: Module, line: int, text: str, path: str) -> Iterator[Repair]:
    for call in on_line(module, line, ast.Call):
        kind = name_of(call.func)
        if kind not in ("int", "float") or len(call.args) != 1:
            continue
        given = call.args[0]
        for why, edits, cost in _readings(module, call, given, kind, text):
            yield repair(path, why, *edits, cost=cost)


def _readings(
    module: Module, call: ast.Call, given: ast.expr, kind: str, text: str
) -> Iterator[tuple[str, tuple[Edit, ...], float]]:
    shown = operand(module, given)
    if not text.strip():
        yield "reads nothing as zero", (replaced(module, given, f"{shown} or 0"),), LIKELY
        return
    if kind == "int" and _NUMERAL.fullmatch(text.strip()):
        yield "reads the fraction first", wrapped(module, given, "float("), LIKELY
        yield "reads a fraction", (replaced(module, call.func, "float"),), LIKELY
    if re.search(r"\d,\d{3}\b", text):
        yield "takes out the separators", (replaced(module, given, f'{shown}.replace(",", "")'),), SURE
    elif re.search(r"\d,\d", text):
        yield "reads a decimal comma", (replaced(module, given, f'{shown}.replace(",", ".")'),), LIKELY
    sign = re.sub(r"[-+\d.,_\s]", "", text)
    if len(sign) == 1 and re.search(r"\d", text):
        side = "lstrip" if text.strip().startswith(sign) else "rstrip"
        yield "takes off the sign", (replaced(module, given, f'{shown}.{side}("{sign}")'),), LIKELY
    if kind == "int" and re.fullmatch(r"0[xXbBoO][0-9a-fA-F]+", text):
        yield "reads the base from the prefix", (_inserted(module.span(call).end - 1, ", 0"),), LIKELY


def _of_nothing(module: Module, line: int, path: str) -> Iterator[Repair]:
    for call in on_line(module, line, ast.Call):
        has_default = any(keyword.arg == "default" for keyword in call.keywords)
        if name_of(call.func) not in ("max", "min") or len(call.args) != 1 or has_default:
            continue
        for number, nothing in enumerate(("0", "None")):
            edits = _argument(module, call, f"default={nothing}", module.span(call).end - 1)
            why = f"gives {nothing} where there is nothing to choose from"
            yield repair(path, why, *edits, cost=GUESS if number else LIKELY)


def _argument(module: Module, call: ast.Call, text: str, end: int) -> tuple[Edit, ...]:
    """One more argument of a call, whose only one may be a bare generator."""
    only = call.args[0]
    span = module.span(only)
    if isinstance(only, ast.GeneratorExp) and not call.keywords and span.end > end:
        return _inserted(span.start, "("), _inserted(end, f"), {text}")
    return (_inserted(end, f", {text}"),)


def _pairs(module: Module, line: int, path: str) -> Iterator[Repair]:
    loops: list[ast.For | ast.comprehension] = [*on_line(module, line, ast.For)]
    loops += [one for one in module.every(ast.comprehension) if module.line(one.iter) == line]
    for loop in loops:
        if isinstance(loop.target, ast.Tuple) and len(loop.target.elts) == 2:
            items = replaced(module, loop.iter, f"{operand(module, loop.iter)}.items()")
            yield repair(path, "goes over keys and values", items)
            yield repair(path, "numbers the elements", *wrapped(module, loop.iter, "enumerate("))
    for call in on_line(module, line, ast.Call):
        if (
            isinstance(call.func, ast.Attribute)
            and call.func.attr in ("split", "rsplit")
            and len(call.args) == 1
        ):
            yield repair(path, "splits once", _inserted(module.span(call).end - 1, ", 1"), cost=SURE)


def _sought(module: Module, line: int, path: str) -> Iterator[Repair]:
    for call in on_line(module, line, ast.Call):
        if isinstance(call.func, ast.Attribute) and call.func.attr in ("index", "rindex"):
            end = module.span(call.func).end
            name = Span(end - len(call.func.attr), end)
            instead = call.func.attr.replace("index", "find")
            yield repair(path, "finds -1 where it is not there", Edit(name, instead.encode()))


def _asked_first(module: Module, line: int, path: str) -> Iterator[Repair]:
    """`if x in xs:` before `xs.remove(x)`."""
    for call in on_line(module, line, ast.Call):
        statement = statement_of(module, call)
        match call:
            case ast.Call(func=ast.Attribute(value=owner, attr="remove"), args=[value]):
                if isinstance(statement, ast.Expr) and statement.value is call:
                    margin = indentation(module, statement)
                    test = f"if {module.text(value)} in {module.text(owner)}:\n{margin}{INDENT}"
                    start = module.span(statement).start
                    edit = Edit(Span(start, start), encoded(module, test))
                    yield repair(path, "removes only what is there", edit)


def _next(module: Module, line: int, path: str) -> Iterator[Repair]:
    for call in on_line(module, line, ast.Call):
        if name_of(call.func) == "next" and len(call.args) == 1:
            for number, nothing in enumerate(("None", "0")):
                edits = _argument(module, call, nothing, module.span(call).end - 1)
                why = f"gives {nothing} where there is no next one"
                yield repair(path, why, *edits, cost=GUESS if number else LIKELY)


def _inserted(offset: int, text: str) -> Edit:
    return Edit(Span(offset, offset), text.encode())


EXAMPLES = (
    hit("print(int('3.0') + 1)\n", ("'3.0'", "float('3.0')"), expected="4\n"),
    hit("cost = '1,200'\nprint(int(cost))\n", ("(cost))", '(cost.replace(",", "")))'), expected="1200\n"),
    hit("cost = '$12.5'\nprint(float(cost))\n", ("(cost))", '(cost.lstrip("$")))'), expected="12.5\n"),
    hit("rows = ['1', '']\nprint(sum(int(r) for r in rows))\n", ("int(r)", "int(r or 0)"), expected="1\n"),
    hit("xs = []\nprint(max(xs))\n", ("max(xs)", "max(xs, default=0)"), expected="0\n"),
    hit(
        "ages = {'ada': 3, 'bob': 4}\nfor name, age in ages:\n    print(name, age)\n",
        ("in ages", "in ages.items()"),
        expected="ada 3\nbob 4\n",
    ),
    hit("key, value = 'a=b=c'.split('=')\nprint(value)\n", ("'=')", "'=', 1)"), expected="b=c\n"),
    hit("xs = [1]\nxs.remove(2)\nprint(xs)\n", ("xs.remove", "if 2 in xs:\n    xs.remove"), expected="[1]\n"),
    hit(
        "def first(xs):\n    return next(x for x in xs if x > 3)\n\n\nprint(first([1]))\n",
        ("next(x for x in xs if x > 3)", "next((x for x in xs if x > 3), None)"),
        expected="None\n",
    ),
    miss("raise ValueError('no')\n"),
    miss("int('abc def')\n"),
)
TEMPLATE = template("read_value", (Code.RUN_VALUE, Code.RUN_ERROR), mend, EXAMPLES)
