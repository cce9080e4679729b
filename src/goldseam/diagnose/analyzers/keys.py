"""Keys that a mapping does not have: the near key, and on which side it is misspelt."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from goldseam.core.case import Case
from goldseam.core.example import Diagnosed
from goldseam.core.fault import Code, Fault
from goldseam.core.ports import Analyzer
from goldseam.core.source import Edit
from goldseam.diagnose.names.program import Module, Program
from goldseam.diagnose.names.spelling import Guess, nearest, related
from goldseam.diagnose.names.symptoms import Symptom, symptoms
from goldseam.diagnose.renaming import means_same
from goldseam.plugins import hookimpl

_KEY = re.compile(r"^(?:'([^']*)'|\"([^\"]*)\"|(-?\d+))\Z")
_SHOWN = re.compile(r"['\"](\w+)['\"]\s*:")
_READERS = frozenset({"get", "pop", "setdefault", "getlist"})


@dataclass(frozen=True, slots=True)
class KeyUse:
    """A text as a key: where, and whether it is read or written there."""

    module: Module
    node: ast.Constant
    key: str
    reads: bool


def analyze(case: Case) -> Iterator[Fault]:
    """A fault for each failure by a missing key that some mapping of the program nearly has."""
    for symptom in symptoms(case):
        said = symptom.failure.message.strip().partition("\n")[0]
        if symptom.kind == "KeyError" and (match := _KEY.match(said)):
            key = next(group for group in match.groups() if group is not None)
            yield from _faults(symptom, key)


def _faults(symptom: Symptom, key: str) -> Iterator[Fault]:
    uses = list(key_uses(symptom.program))
    written = Counter(use.key for use in uses if not use.reads)
    read = Counter(use.key for use in uses if use.reads)
    held = _held(symptom)
    candidates = (held or frozenset(written)) - {key}
    guess = nearest(key, candidates) or related(key, candidates) or _meant(key, held, read)
    here = [use for use in uses if use.key == key and _is_on(use, symptom)]
    if guess is None:
        return
    producers = [use for use in uses if use.key == guess.name and not use.reads]
    readers = here or [use for use in uses if use.key == key and use.reads]
    odd_producer = len(producers) == 1 and not read[guess.name]
    odd = symptom.program.is_odder(guess.name, key)
    producer_is_wrong = odd_producer and (read[key] > 1 or written[key] > 0 or odd)
    for use in readers[:2]:
        yield _fault(symptom, use, guess.name, 0.7 if producer_is_wrong else 0.95)
    if odd_producer:
        weight = 0.95 if producer_is_wrong else 0.75
        yield _fault(symptom, producers[0], key, weight)


def _meant(key: str, held: frozenset[str], read: Counter[str]) -> Guess | None:
    """The one key that the mapping has, nobody reads, and means the same; else the one that nobody reads."""
    alike = [name for name in held if not read[name] and means_same(name, key)]
    return Guess(alike[0], 3.0, certain=False) if len(alike) == 1 else _swapped(key, held, read)


def _swapped(key: str, held: frozenset[str], read: Counter[str]) -> Guess | None:
    """The one key that the mapping has and nobody reads."""
    unread = [name for name in held if not read[name]]
    return Guess(unread[0], 3.0, certain=False) if len(unread) == 1 and held else None


def _held(symptom: Symptom) -> frozenset[str]:
    """Keys that mappings in the failing frame had, as a traced run saw them."""
    values = [v.value for v in symptom.frame.variables if v.value.startswith(("{", "defaultdict", "Counter"))]
    return frozenset(name for value in values for name in _SHOWN.findall(value))


def _is_on(use: KeyUse, symptom: Symptom) -> bool:
    return use.module is symptom.module and use.node.lineno <= symptom.line <= (use.node.end_lineno or 0)


def _fault(symptom: Symptom, use: KeyUse, meant: str, suspiciousness: float) -> Fault:
    span = use.module.span(use.node)
    quote = use.module.data[span.start : span.start + 1]
    plain = quote in (b"'", b'"')
    fix = (Edit(span, quote + meant.encode() + quote),) if plain else ()
    side = "read" if use.reads else "written"
    hint = f"use the key '{meant}': '{use.key}' is {side} here, and the other side has '{meant}'"
    return symptom.fault(Code.TYP_WRONG_KEY, use.module, span, hint, suspiciousness, fix)


def key_uses(program: Program) -> Iterator[KeyUse]:
    """Texts that a program uses as keys: in subscripts, `get` and displays, `dict(key=…)` left out."""
    for module in program.modules:
        for node in module.nodes:
            match node:
                case ast.Subscript(slice=ast.Constant(value=str(key)) as constant, ctx=context):
                    yield KeyUse(module, constant, key, isinstance(context, ast.Load))
                case ast.Dict(keys=keys):
                    for part in keys:
                        if isinstance(part, ast.Constant) and isinstance(part.value, str):
                            yield KeyUse(module, part, part.value, False)
                case ast.Call(func=ast.Attribute(attr=attr), args=[ast.Constant(value=str(key)) as c, *_]):
                    if attr in _READERS:
                        yield KeyUse(module, c, key, attr != "setdefault")
                case _:
                    continue


@hookimpl
def goldseam_analyzers() -> tuple[Analyzer, ...]:
    return (analyze,)


EXAMPLES = (
    Diagnosed(
        "p = {'amount_cents': 3, 'ok': True}\nprint(p['amount'], p['ok'])\n",
        ("TYP.WRONG_KEY", "TYP.WRONG_KEY"),
    ),
    Diagnosed(
        "def make():\n    return {'totl': 1}\n\na = make()\nprint(a['total'])\nprint(a['total'] + 1)\n",
        ("TYP.WRONG_KEY", "TYP.WRONG_KEY"),
        (5, 2),
    ),
    Diagnosed("p = {'name': 3}\nprint(p['name'])\nprint(p['nmae'])\n", ("TYP.WRONG_KEY",), (3,)),
    Diagnosed("{}['a']\n"),
    Diagnosed("p = {'red': 1}\nprint(p['somewhere'], p['red'])\n"),
)
