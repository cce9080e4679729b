"""The origin of a wrong value: back from the line that failed to the assignment or `return` that made it.

`x = "0"` … `x += 1` fails at the addition; the fault is the string. A function that ends without a value on
one path gives None, and its caller fails. Both are found by a walk over the sources from the operands of the
failing line, with the call frames of the failure.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from goldseam.core.case import Case
from goldseam.core.example import Diagnosed
from goldseam.core.fault import Code, Evidence, Fault
from goldseam.core.ports import Analyzer
from goldseam.core.source import Edit, Span
from goldseam.diagnose.names.flow import COROUTINE, IN_PLACE, NONE, Origin, Trace
from goldseam.diagnose.names.members import last_name, members_of
from goldseam.diagnose.names.operands import operands
from goldseam.diagnose.names.program import Function, Module, Program, program_of
from goldseam.diagnose.names.returns import is_generator
from goldseam.diagnose.names.spelling import nearest
from goldseam.diagnose.names.symptoms import Symptom, symptoms
from goldseam.plugins import hookimpl

_QUOTED_TYPES = (
    re.compile(r"unsupported operand type\(s\) for [^:]+: '(?P<left>[\w.]+)' and '(?P<right>[\w.]+)'"),
    re.compile(r"not supported between instances of '(?P<left>[\w.]+)' and '(?P<right>[\w.]+)'"),
    re.compile(r"can only concatenate (?P<left>\w+) \(not \"(?P<right>[\w.]+)\"\)"),
    re.compile(r"'(?P<left>[\w.]+)' object (?:is not|has no|does not|doesn't|cannot|can't)"),
    re.compile(r"object of type '(?P<left>[\w.]+)' has no len"),
    re.compile(r"argument of type '(?P<left>[\w.]+)' is not iterable"),
    re.compile(r"cannot unpack non-iterable (?P<left>[\w.]+) object"),
    re.compile(r"sequence item \d+: expected \w+ instance, (?P<left>[\w.]+) found"),
    re.compile(r"indices must be integers(?: or slices)?, not '?(?P<left>[\w.]+)'?"),
    re.compile(r"must be (?:a |an )?[\w ,.'-]+?, not '?(?P<left>[\w.]+)'?"),
    re.compile(r"(?:can't|cannot) multiply sequence by non-int of type '(?P<left>[\w.]+)'"),
    re.compile(r"bad operand type for \w+[^:]*: '(?P<left>[\w.]+)'"),
    re.compile(r"type (?P<left>\w+) doesn't define __\w+__ method"),
    re.compile(r"Unknown format code '\w' for object of type '(?P<left>\w+)'"),
)
_NO_ATTRIBUTE = re.compile(r"object has no attribute '([^']+)'")
_NOTHING = re.compile(rb"\b(?:None|null)\b")
_NUMBERS = frozenset({"int", "float"})
_NUMERAL = re.compile(r"\s*[-+]?\d+(?:\.\d*)?\s*\Z")
_PENDING = re.compile(r"Future$|^Task$")
_MOST = 2
_MARGIN = 0.12
"""Suspects that are so much weaker than the best are not told."""


@dataclass(frozen=True, slots=True)
class Suspect:
    """An origin and how much speaks for it."""

    origin: Origin
    weight: float


def analyze(case: Case) -> Iterator[Fault]:
    """For each failure over a value's type, where the value came from, the most likely first."""
    for symptom in symptoms(case):
        if symptom.kind not in ("TypeError", "AttributeError", "ValueError"):
            continue
        wrong = wrong_types(symptom.message)
        found = sorted(_suspects(symptom, wrong), key=lambda suspect: (-suspect.weight, suspect.origin.steps))
        told: set[tuple[str, int]] = set()
        for suspect in (one for one in found if one.weight > found[0].weight - _MARGIN):
            fault = _fault(symptom, suspect)
            place = (fault.path, fault.span.start)
            if place not in told and len(told) < _MOST:
                told.add(place)
                yield fault
    yield from _printed_none(case)


def _printed_none(case: Case) -> Iterator[Fault]:
    """Where the output has None instead of a value: functions whose result is used, and that give none."""
    seen = case.observation
    if seen.run is None or seen.expected is None or seen.failures:
        return
    if not (_NOTHING.search(seen.run.stdout) and not _NOTHING.search(seen.expected)):
        return
    program = program_of(case.current.files)
    for module in program.modules:
        for function in module.functions:
            if _is_used(program, function) and not is_generator(module, function):
                for origin in Trace(program, ()).returned(module, function, 0):
                    if origin.type == NONE and origin.steps == 0:
                        yield _no_value(origin)


def _is_used(program: Program, function: Function) -> bool:
    """Whether some call of a function is more than a statement."""
    calls = ((m, c) for m in program.modules for c in m.calls if last_name(c.func) == function.name)
    return any(not isinstance(m.parents.get(c), ast.Expr) for m, c in calls)


def _no_value(origin: Origin) -> Fault:
    place, name, hint, fix = _return_of(origin)
    weight = 0.85 if origin.alone else 0.75
    said = f"the output has None where a value is expected, and {name}() gives None here"
    evidence = (Evidence("output", said),)
    span = origin.module.span(place)
    return Fault(
        Code.TYP_WRONG_RETURN, origin.module.path, span, said, hint, weight, fix=fix, evidence=evidence
    )


def wrong_types(message: str) -> tuple[str, ...]:
    """The types that a message complains about: of both operands, or of the one."""
    for pattern in _QUOTED_TYPES:
        if match := pattern.search(message):
            named = (match["left"], match.groupdict().get("right"))
            return tuple(map(plain_type, filter(None, named)))
    return ()


def plain_type(name: str) -> str:
    """A type by its own name; whatever is to be awaited is a coroutine."""
    last = name.rpartition(".")[2]
    return COROUTINE if _PENDING.search(last) else last


def _suspects(symptom: Symptom, wrong: tuple[str, ...]) -> Iterator[Suspect]:
    if not wrong or not symptom.is_own or _is_misspelt(symptom, wrong):
        return
    odd = tuple(kind for kind in (NONE, COROUTINE) if kind in wrong) or wrong
    frames = tuple((module, frame.line) for frame, module in symptom.frames)
    for node, possible in operands(symptom.module, symptom.line, symptom.message, wrong):
        types = [kind for kind in possible if kind in odd]
        trace = Trace(symptom.program, frames)
        known = {v.name: plain_type(v.kind) for v in symptom.frame.variables}
        if not types or (isinstance(node, ast.Name) and known.get(node.id, types[0]) not in types):
            continue
        found = list(trace.origins(symptom.module, node, len(frames) - 1))
        for origin in found:
            if origin.type in types and origin.node is not node:
                yield Suspect(origin, _weight(origin, found, wrong, symptom))


def _is_misspelt(symptom: Symptom, wrong: tuple[str, ...]) -> bool:
    """Whether the object is right and its attribute misspelt."""
    match = _NO_ATTRIBUTE.search(symptom.message)
    return match is not None and bool(nearest(match[1], members_of(wrong[0], symptom.program).names))


def _weight(origin: Origin, found: list[Origin], wrong: tuple[str, ...], symptom: Symptom) -> float:
    """A numeral in quotes among numbers, the odd one among siblings, a forgotten `return`."""
    others = {other.type for other in found if other.type != origin.type}
    near = 0.02 * origin.steps
    if origin.type == COROUTINE:
        return 0.97
    if isinstance(origin.node, ast.Return | ast.FunctionDef | ast.AsyncFunctionDef):
        return (0.95 if origin.alone or isinstance(origin.node, ast.FunctionDef) else 0.9) - near
    if origin.type == NONE:
        if isinstance(origin.node, ast.Call) or origin.alone:
            return 0.95 - near
        return (0.85 if _is_beside(origin, symptom) else 0.55) - near
    if origin.type == "str" and _is_numeral(origin.node) and (_NUMBERS & ({*wrong} | others)):
        return 0.97 - near
    if others and sum(other.type != origin.type for other in found) > len(found) / 2:
        return 0.85 - near
    if not isinstance(origin.node, ast.Constant | ast.Dict | ast.List | ast.Tuple | ast.Set):
        return 0.6 - near
    return (0.8 if origin.alone else 0.6) - near


def _is_beside(origin: Origin, symptom: Symptom) -> bool:
    """Whether a value is given in the function that fails over it."""
    function = symptom.module.function_at(symptom.line)
    return (
        origin.module is symptom.module
        and origin.module.function_at(getattr(origin.node, "lineno", 0)) is function
    )


def _is_numeral(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(_NUMERAL.match(node.value))


def _fault(symptom: Symptom, suspect: Suspect) -> Fault:
    origin = suspect.origin
    module, node = origin.module, origin.node
    if origin.type == COROUTINE:
        span = module.span(node)
        hint = "await it: the call alone gives a coroutine"
        start = Edit(Span(span.start, span.start), b"await ")
        return symptom.fault(Code.TYP_NOT_AWAITED, module, span, hint, suspect.weight, fix=(start,))
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Return):
        return _wrong_return(symptom, suspect)
    if origin.type == NONE:
        return _none(symptom, suspect)
    span = module.span(node)
    text = module.data[span.start : span.end].decode("utf-8", "replace")
    why = f"'{text[:60]}' is a {origin.type}, and it gets to line {symptom.line} of {symptom.frame.path}"
    fix: tuple[Edit, ...] = ()
    hint = f"give it a value of the type that line {symptom.line} needs: this is a {origin.type}"
    if _is_numeral(node) and isinstance(node, ast.Constant):
        numeral = str(node.value).strip()
        hint, fix = f"write the number {numeral}, without quotes", (Edit(span, numeral.encode()),)
    return symptom.fault(Code.TYP_MISMATCH, module, span, hint, suspect.weight, fix, why)


def _none(symptom: Symptom, suspect: Suspect) -> Fault:
    module, node = suspect.origin.module, suspect.origin.node
    match node:
        case ast.Call(func=ast.Attribute(attr=attr)) if attr in IN_PLACE:
            hint = f"{attr}() changes the object and returns None: do not assign its result"
        case _:
            hint = f"this is None, and line {symptom.line} of {symptom.frame.path} uses it as a value"
    return symptom.fault(Code.TYP_NONE_ACCESS, module, module.span(node), hint, suspect.weight)


def _wrong_return(symptom: Symptom, suspect: Suspect) -> Fault:
    """Where a function gives None: its `return`, or the last line of a path that has none."""
    place, _, hint, fix = _return_of(suspect.origin)
    module = suspect.origin.module
    return symptom.fault(Code.TYP_WRONG_RETURN, module, module.span(place), hint, suspect.weight, fix)


def _return_of(origin: Origin) -> tuple[ast.AST, str, str, tuple[Edit, ...]]:
    """The statement that gives None, its function's name, a hint and the edit that may mend it."""
    module, node = origin.module, origin.node
    is_function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    function = node if is_function else module.scope(node)
    place = _end_of(module, node) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else node
    name = str(getattr(function, "name", "the function"))
    if isinstance(place, ast.Expr) and not isinstance(place.value, ast.Constant):
        start = module.span(place).start
        fix = (Edit(Span(start, start), b"return "),)
        return place, name, f"write 'return' before this value: {name}() drops it and gives None", fix
    return place, name, f"return a value on this path: {name}() gives None here", ()


def _end_of(module: Module, function: Function) -> ast.AST:
    """The last statement of a function that may end without `return`: a dropped value, if there is one."""
    useful = [
        node
        for node in ast.walk(function)
        if isinstance(node, ast.Expr)
        and not isinstance(node.value, ast.Call | ast.Await | ast.Constant | ast.Yield)
        and module.scope(node) is function
    ]
    if useful:
        return useful[-1]
    return function.body[-1]


@hookimpl
def goldseam_analyzers() -> tuple[Analyzer, ...]:
    return (analyze,)


EXAMPLES = (
    Diagnosed('x = "0"\nfor i in range(3):\n    x += 1\nprint(x)\n', ("TYP.MISMATCH",), (1,)),
    Diagnosed(
        "class Clock:\n    def __init__(self):\n        self.elapsed = '0'\n"
        "    def tick(self, n):\n        self.elapsed += n\nClock().tick(2)\n",
        ("TYP.MISMATCH",),
        (3,),
    ),
    Diagnosed("def f(n):\n    return n + 1\nprint(f('5'))\n", ("TYP.MISMATCH",), (3,)),
    Diagnosed("def f(a):\n    a + 1\nprint(f(1) + 2)\n", ("TYP.WRONG_RETURN",), (2,)),
    Diagnosed(
        "def f(a):\n    if a > 3:\n        return a\n    return\nprint(f(1) + 2)\n",
        ("TYP.WRONG_RETURN",),
        (4,),
    ),
    Diagnosed("items = [3, 1].sort()\nprint(items[0])\n", ("TYP.NONE_ACCESS",), (1,)),
    Diagnosed(
        "import asyncio\nasync def f():\n    return 1\nasync def g():\n    a = f()\n    return a + 1\n"
        "asyncio.run(g())\n",
        ("TYP.NOT_AWAITED",),
        (5,),
    ),
    Diagnosed(
        "def total(v):\n    sum(v)\n    v[0] + v[1]\nprint(total([1, 2]))\n",
        ("TYP.WRONG_RETURN",),
        (3,),
        expected="3\n",
    ),
    Diagnosed("print('a' + 1)\n"),
    Diagnosed("import re\nprint(re.match('a', 'b').group())\n"),
    Diagnosed("{}['a']\n"),
)
