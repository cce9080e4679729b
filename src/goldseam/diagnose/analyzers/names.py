"""Names that a run could not find: misspelt, look-alike, not imported, an attribute of `self`, unbound."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from goldseam.core.case import Case
from goldseam.core.errors import GoldseamError
from goldseam.core.example import Diagnosed
from goldseam.core.fault import Code, Fault
from goldseam.core.language import ANALYSE
from goldseam.core.ports import Analyzer, Tools
from goldseam.core.source import Edit, Span, line_span
from goldseam.diagnose.names.imports import import_for
from goldseam.diagnose.names.members import members_of, self_name
from goldseam.diagnose.names.program import BUILTINS, CONSTANTS, Module, Program, visible_at
from goldseam.diagnose.names.spelling import Guess, nearest
from goldseam.diagnose.names.symptoms import Symptom, symptoms
from goldseam.languages.python_imports import import_edits
from goldseam.plugins import hookimpl

_NAME = re.compile(r"name '([^']+)' is not defined")
_UNBOUND = re.compile(r"local variable '([^']+)'|free variable '([^']+)'")
_ATTRIBUTE = re.compile(r"(?:(module|type object) )?'([^']+)'(?: object)? has no attribute '([^']+)'")
_NO_MEMBER = re.compile(r"cannot import name '([^']+)' from (?:partially initialized module )?'([^']+)'")
_NO_MODULE = re.compile(r"No module named '([^']+)'")
_NOT_CALLABLE = re.compile(r"'(\w+)' object is not callable")
_SUGGESTED = re.compile(r"Did you mean:? '(?:self\.)?([^'.]+)'")
_FOREIGN = {
    "null": "None",
    "nil": "None",
    "undefined": "None",
    "none": "None",
    "true": "True",
    "false": "False",
    "this": "self",
}
ASK_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Library:
    """What is installed, as the language's own program tells it; nothing where there is none."""

    tools: Tools

    def members(self, module: str) -> frozenset[str]:
        return frozenset(self._ask({"members": [module]}).get("members", {}).get(module, ()))

    def modules(self) -> frozenset[str]:
        return frozenset(self._ask({"modules": True}).get("modules", ()))

    def _ask(self, question: dict[str, object]) -> dict[str, dict[str, list[str]]]:
        try:
            return dict(self.tools.ask("python", ANALYSE, question, seconds=ASK_SECONDS))
        except GoldseamError:
            return {}


@dataclass(frozen=True, slots=True)
class NameAnalyzer:
    """A fault for each name that a run missed."""

    library: Library

    def __call__(self, case: Case) -> Iterator[Fault]:
        for symptom in symptoms(case):
            yield from self._faults(symptom)

    def _faults(self, symptom: Symptom) -> Iterator[Fault]:
        message = symptom.failure.message
        unbound_kind = symptom.kind in ("UnboundLocalError", "NameError")
        if unbound_kind and (match := _UNBOUND.search(message)):
            yield unbound(symptom, match[1] or match[2])
        elif symptom.kind == "NameError" and (match := _NAME.search(message)):
            yield from self._undefined(symptom, match[1])
        elif symptom.kind == "AttributeError" and (match := _ATTRIBUTE.search(message)):
            yield from self._attribute(symptom, match[1] or "", match[2], match[3])
        elif symptom.kind == "ImportError" and (match := _NO_MEMBER.search(message)):
            yield from self._member(symptom, match[1], match[2])
        elif symptom.kind == "ModuleNotFoundError" and (match := _NO_MODULE.search(message)):
            yield from self._module(symptom, match[1])
        elif symptom.kind == "TypeError" and _NOT_CALLABLE.search(message):
            yield from shadowed(symptom)

    def _undefined(self, symptom: Symptom, name: str) -> Iterator[Fault]:
        module, program = symptom.module, symptom.program
        span = use_of(module, symptom.line, name)
        if found := self_member(module, symptom.line, name, program):
            hint = f"write '{found}.{name}': it is an attribute of '{found}'"
            fix = Edit(Span(span.start, span.start), f"{found}.".encode())
            yield symptom.fault(Code.NAM_MISSING_SELF, module, span, hint, fix=(fix,))
            return
        if name in _FOREIGN:
            meant = _FOREIGN[name]
            hint = f"write '{meant}': '{name}' is of another language"
            yield symptom.fault(Code.NAM_MISSPELT, module, span, hint, fix=(Edit(span, meant.encode()),))
            return
        names = visible_at(module, symptom.line) - {name}
        guess = nearest(name, names - BUILTINS) or nearest(name, names - CONSTANTS)
        statement = import_for(name, module, program, self.library.modules())
        is_own = guess is not None and (guess.lookalike or _is_unread(guess.name, module))
        if statement and not is_own:
            hint = f"add '{statement}'"
            edits = import_edits(statement, module.tree, module.data)
            yield symptom.fault(Code.NAM_MISSING_IMPORT, module, span, hint, fix=edits)
        elif guess := guess or suggested(symptom, names):
            yield from spelt(symptom, module, span, name, guess, module.loads[guess.name])

    def _attribute(self, symptom: Symptom, sort: str, owner: str, name: str) -> Iterator[Fault]:
        if owner in ("NoneType", "coroutine"):
            return
        module = symptom.module
        span = attribute_at(module, symptom.line, name)
        names = self._members(symptom.program, sort, owner)
        guess = nearest(name, names - {name}) or suggested(symptom, names)
        loads = symptom.program.attribute_loads
        if guess:
            yield from spelt(symptom, module, span, name, guess, loads[guess.name])
        elif sort == "module" and name.islower() and self._shadows(symptom.program, owner):
            hint = f"rename the file '{owner}.py': it hides the module '{owner}' of the library"
            yield symptom.fault(Code.NAM_WRONG_IMPORT, module, span, hint)
        else:
            known = sorted(member for member in names if not member.startswith("_"))[:8]
            has = f"; it has {', '.join(known)}" if known else ""
            hint = f"'{owner}' has no '{name}'{has}"
            yield symptom.fault(Code.NAM_WRONG_ATTRIBUTE, module, span, hint, 0.9)

    def _members(self, program: Program, sort: str, owner: str) -> frozenset[str]:
        if sort != "module":
            return members_of(owner.rpartition(".")[2], program).names
        own = program.named(owner)
        return own.top if own else self.library.members(owner)

    @staticmethod
    def _shadows(program: Program, owner: str) -> bool:
        return any(module.name == owner for module in program.modules)

    def _member(self, symptom: Symptom, name: str, owner: str) -> Iterator[Fault]:
        module, own = symptom.module, symptom.program.named(owner)
        span = use_of(module, symptom.line, name)
        names = own.top if own else self.library.members(owner)
        if guess := nearest(name, names) or suggested(symptom, names):
            uses = sum(m.loads[guess.name] for m in symptom.program.modules)
            code = Code.NAM_LOOKALIKE if guess.lookalike else Code.NAM_WRONG_IMPORT
            fix = Edit(span, guess.name.encode())
            hint = f"'{owner}' has no '{name}'; did you mean '{guess.name}'?"
            yield symptom.fault(code, module, span, hint, fix=(fix,))
            if own and not uses:
                yield from binding_fault(symptom, own, guess.name, name)
        elif own:
            hint = f"define '{name}' in {own.path}, or import a name that it has"
            yield symptom.fault(Code.NAM_WRONG_IMPORT, module, span, hint)

    def _module(self, symptom: Symptom, name: str) -> Iterator[Fault]:
        module = symptom.module
        own = {part for m in symptom.program.modules for part in (m.name, m.name.rpartition(".")[2])}
        first = name.partition(".")[0]
        guess = nearest(name, own | self.library.modules()) or nearest(first, own | self.library.modules())
        if guess is None:
            return
        wrong = name if guess.name in own and "." in guess.name else first
        span = use_of(module, symptom.line, wrong)
        hint = f"there is no module '{name}'; did you mean '{guess.name}'?"
        code = Code.NAM_LOOKALIKE if guess.lookalike else Code.NAM_WRONG_IMPORT
        yield symptom.fault(code, module, span, hint, fix=(Edit(span, guess.name.encode()),))


def _is_unread(name: str, module: Module) -> bool:
    """Whether a module gives a value to a name that nothing in it reads."""
    return name in module.top and not module.loads[name]


def spelt(
    symptom: Symptom, module: Module, span: Span, name: str, guess: Guess, uses: int
) -> Iterator[Fault]:
    """The use of a misspelt name, and its binding where nothing else uses that: then either may be wrong.

    Where several places read `name` and none reads the guess, the binding is the misspelt one.
    """
    code = Code.NAM_LOOKALIKE if guess.lookalike else Code.NAM_MISSPELT
    hint = f"write '{guess.name}' instead of '{name}'"
    fix = (Edit(span, guess.name.encode()),)
    wanted = sum(m.loads[name] for m in symptom.program.modules) + symptom.program.attribute_loads[name]
    bindings = _bindings(symptom, module, guess, name) if uses == 0 else []
    odd = symptom.program.is_odder(guess.name, name)
    binding_is_wrong = bool(bindings) and (wanted > 1 or odd)
    yield symptom.fault(code, module, span, hint, 0.6 if binding_is_wrong else 0.95, fix=fix)
    yield from (replace(fault, suspiciousness=0.9 if binding_is_wrong else 0.7) for fault in bindings)


def _bindings(symptom: Symptom, module: Module, guess: Guess, name: str) -> list[Fault]:
    """The one place that binds a name which nothing reads, in this module or in another one."""
    if guess.name in BUILTINS or (guess.lookalike and is_odd(name)):
        return []
    for owner in (module, *(m for m in symptom.program.modules if m is not module)):
        if found := list(binding_fault(symptom, owner, guess.name, name)):
            return found
    return []


def is_odd(name: str) -> bool:
    """Whether a name holds a character that is no letter where letters are meant."""
    return not name.isascii() or bool(re.search(r"[A-Za-z]\d+[A-Za-z]|^_*[Il1]{2}", name))


def binding_fault(symptom: Symptom, module: Module, bound: str, wanted: str) -> Iterator[Fault]:
    """The one place that binds a name which nothing reads, while another one is read."""
    places = [
        node
        for node in module.nodes
        if (isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Store))
        or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.arg)
    ]
    named = [node for node in places if bound_name(node) == bound]
    if len(named) == 1:
        span = module.name_span(named[0], bound)
        hint = f"name it '{wanted}', as its users do: nothing reads '{bound}'"
        fix = (Edit(span, wanted.encode()),)
        yield symptom.fault(Code.NAM_MISSPELT, module, span, hint, 0.7, fix)


def bound_name(node: ast.AST) -> str:
    for field in ("id", "attr", "name", "arg"):
        if isinstance(value := getattr(node, field, None), str):
            return value
    return ""


def suggested(symptom: Symptom, names: frozenset[str]) -> Guess | None:
    """What the interpreter itself suggests, or None."""
    match = _SUGGESTED.search(symptom.failure.message)
    return Guess(match[1], 2.0) if match and (match[1] in names or not names) else None


def self_member(module: Module, line: int, name: str, program: Program) -> str:
    """What `name` is an attribute of in the method on a line (`self`), or nothing."""
    function = module.function_at(line)
    while function is not None and (owner := module.class_of(function)) is None:
        outer = module.scope(function)
        function = outer if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef) else None
    if function is None or owner is None or name in BUILTINS:
        return ""
    first = self_name(function)
    if first not in ("self", "cls", "mcs"):
        return ""
    return first if name in members_of(owner.name, program).names else ""


def use_of(module: Module, line: int, name: str) -> Span:
    """The bytes of a name on a line: as the tree says it, else as text, else the line."""
    for node in module.at_line(line):
        if isinstance(node, ast.Name) and node.id == name:
            return module.name_span(node, name)
    return word_on(module, line, name)


def attribute_at(module: Module, line: int, name: str) -> Span:
    """The bytes of an attribute's name on a line."""
    found = [node for node in module.at_line(line) if isinstance(node, ast.Attribute) and node.attr == name]
    return module.name_span(found[0], name) if found else word_on(module, line, name)


def word_on(module: Module, line: int, word: str) -> Span:
    nodes = [node for node in module.tree.body if node.lineno <= line <= (node.end_lineno or line)]
    span = line_span(module.data, line)
    match = re.search(rb"\b" + re.escape(word.encode()) + rb"\b", module.data[span.start : span.end])
    if match:
        return Span(span.start + match.start(), span.start + match.end())
    return module.name_span(nodes[0], word) if nodes else span


def unbound(symptom: Symptom, name: str) -> Fault:
    """A local that is read before it has a value."""
    module = symptom.module
    span = use_of(module, symptom.line, name)
    function = module.function_at(symptom.line)
    if function is not None and name in module.top:
        hint = f"'{name}' is assigned in {function.name}, so it is local there: declare 'global {name}' first"
    elif name in BUILTINS:
        hint = f"'{name}' is assigned in this function and hides the built-in: use another name for it"
        return symptom.fault(Code.NAM_SHADOWED_BUILTIN, module, span, hint)
    else:
        hint = f"give '{name}' a value on every path before it is read"
    return symptom.fault(Code.NAM_UNBOUND_LOCAL, module, span, hint)


def shadowed(symptom: Symptom) -> Iterator[Fault]:
    """A built-in function whose name the program gave to a value, and then called."""
    module = symptom.module
    for node in module.at_line(symptom.line):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in BUILTINS):
            continue
        name = node.func.id
        stores = [n for n in module.names if n.id == name and isinstance(n.ctx, ast.Store)]
        if stores:
            hint = f"use another name: this hides the built-in '{name}', which line {symptom.line} calls"
            yield symptom.fault(Code.NAM_SHADOWED_BUILTIN, module, module.span(stores[0]), hint)


@hookimpl
def goldseam_analyzers(tools: Tools) -> tuple[Analyzer, ...]:
    return (NameAnalyzer(Library(tools)),)


EXAMPLES = (
    Diagnosed("class Clock:\n    pass\n\nprint(Cl0ck())\n", ("NAM.LOOKALIKE",), (4,)),
    Diagnosed("total = 1\nprint(totel + total)\n", ("NAM.MISSPELT",), (2,)),
    Diagnosed("items = []\nfor i in range(3):\n    itmes.append(i)\nprint(items)\n", ("NAM.MISSPELT",), (3,)),
    Diagnosed("print(json.dumps({}))\n", ("NAM.MISSING_IMPORT",), (1,)),
    Diagnosed("counts = defaultdict(int)\n", ("NAM.MISSING_IMPORT",), (1,)),
    Diagnosed(
        "from shop import price\nprint(total(price))\n",
        ("NAM.MISSING_IMPORT",),
        (2,),
        beside={"shop.py": "price = 3\n", "sums.py": "def total(a):\n    return a\n"},
    ),
    Diagnosed(
        "class A:\n    def f(self):\n        return g()\n    def g(self):\n        return 1\nA().f()\n",
        ("NAM.MISSING_SELF",),
        (3,),
    ),
    Diagnosed("print(null)\n", ("NAM.MISSPELT",), (1,)),
    Diagnosed("[1].appned(2)\n", ("NAM.MISSPELT",), (1,)),
    Diagnosed("import math\nmath.sqtr(4)\n", ("NAM.MISSPELT",), (2,)),
    Diagnosed("'a'.push(1)\n", ("NAM.WRONG_ATTRIBUTE",), (1,)),
    Diagnosed("from collections import OrderdDict\n", ("NAM.WRONG_IMPORT",), (1,)),
    Diagnosed("import jsno\n", ("NAM.WRONG_IMPORT",), (1,)),
    Diagnosed("import zzqqxxy\n"),
    Diagnosed("n = 0\ndef f():\n    n += 1\nf()\n", ("NAM.UNBOUND_LOCAL",), (3,)),
    Diagnosed("sum = 3\nprint(sum([1]))\n", ("NAM.SHADOWED_BUILTIN",), (1,)),
    Diagnosed("x = 3\nx()\n"),
    Diagnosed("None.name\n"),
    Diagnosed("print(qqqzzz)\n"),
)
