"""What ruff and ty say of Python sources, as suspicions: a red run must support them before they count.

Rules of style never appear. A rule has a code, and how often it is right where a program fails.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from goldseam.core.case import Case
from goldseam.core.errors import SandboxError, ToolMissing
from goldseam.core.example import Diagnosed
from goldseam.core.fault import Code, Evidence, Fault
from goldseam.core.language import ANALYSE, Language
from goldseam.core.ports import Analyzer, Tools
from goldseam.core.source import UTF8_BOM, Edit, Span, line_span
from goldseam.diagnose.names.imports import import_for
from goldseam.diagnose.names.program import BUILTINS, CONSTANTS, Module, Program, program_of, visible_at
from goldseam.diagnose.names.rules import RULES, Rule
from goldseam.diagnose.names.spelling import Guess, nearest
from goldseam.diagnose.nearest_files import nearest_files
from goldseam.languages.python_imports import import_edits
from goldseam.plugins import hookimpl

ASK_SECONDS = 15.0
MAX_FILES = 120
MAX_BYTES = 2_000_000
MAX_FINDINGS = 200
_QUOTED = re.compile(r"`([^`]+)`")
_OF_VALUES = (Code.NAM_WRONG_ATTRIBUTE, Code.TYP_MISMATCH, Code.TYP_NOT_CALLABLE)
_PARAMETERS = re.compile(r"\[[^\[\]]*\]|\([^()]*\)")
_NAME = re.compile(r"[^\W\d]\w*\Z")


@dataclass(frozen=True, slots=True)
class StaticAnalyzer:
    """Asks the boxed servers about the files of a case that parse."""

    tools: Tools
    languages: tuple[Language, ...]

    def __call__(self, case: Case) -> Iterator[Fault]:
        program = program_of(nearest_files(case, MAX_FILES, MAX_BYTES))
        if not program.modules:
            return
        codecs = {module.path: self._codec(module) for module in program.modules}
        texts = {module.path: _text(module.data, codecs[module.path]) for module in program.modules}
        try:
            question = {"files": texts, "open": list(texts)}
            answer = self.tools.ask("python", ANALYSE, question, seconds=ASK_SECONDS)
        except (ToolMissing, SandboxError):
            return
        for said in answer.get("findings", ())[:MAX_FINDINGS]:
            module = program.module(str(said.get("path")))
            rule = RULES.get((str(said.get("tool")), str(said.get("rule"))))
            if (
                module is not None
                and rule is not None
                and (fault := _fault(said, rule, module, program, codecs[module.path]))
            ):
                yield fault

    def _codec(self, module: Module) -> str:
        for language in self.languages:
            if language.name == "python":
                try:
                    return language.encoding_of(module.data)
                except (LookupError, ValueError):
                    break
        return "utf-8"


def _text(data: bytes, codec: str) -> str:
    """What a file or a part of it says; what its codec cannot read is replaced, by as much as it can."""
    try:
        return data.decode(codec, "replace")
    except LookupError:
        return data.decode("utf-8", "replace")


def _fault(said: Mapping[str, Any], rule: Rule, module: Module, program: Program, codec: str) -> Fault | None:
    start, end = (_offset(module.data, codec, *said[side]) for side in ("start", "end"))
    span = Span(start, max(start, end))
    message = str(said["message"])
    named = _QUOTED.findall(message)
    if rule.needs and not re.search(rule.needs, message):
        return None
    code = rule.code
    if _may_be_none(named) and code in _OF_VALUES:
        code = Code.TYP_NONE_ACCESS
    evidence = (Evidence(f"{said['tool']} {said['rule']}", message),)
    plain = Fault(code, module.path, span, message, rule.hint, rule.precision, evidence=evidence, static=True)
    if code in (Code.NAM_UNDEFINED, Code.NAM_WRONG_ATTRIBUTE, Code.NAM_WRONG_IMPORT) and named:
        return _named(plain, named, said, module, program)
    return plain


def _may_be_none(named: list[str]) -> bool:
    """Whether None is one of the types that a message names, not a part of their parameters."""
    text, inside = " ".join(named), 1
    while inside:
        text, inside = _PARAMETERS.subn("", text)
    return "None" in text


def _named(
    plain: Fault, named: list[str], said: Mapping[str, Any], module: Module, program: Program
) -> Fault:
    """A finding about a name, with what may have been meant."""
    name = named[0] if plain.code is Code.NAM_UNDEFINED else named[-1]
    if not _NAME.match(name):
        return plain
    span = _identifier(plain.span, name, module)
    line = int(said["start"][0]) + 1
    options = [str(option) for option in said.get("options", ())]
    if plain.code is Code.NAM_UNDEFINED:
        names = visible_at(module, line)
        statement = import_for(name, module, program, frozenset())
        guess = nearest(name, names - BUILTINS) or nearest(name, names - CONSTANTS)
        if statement and not (guess and guess.lookalike):
            hint, fix = f"add '{statement}'", import_edits(statement, module.tree, module.data)
            return _with(plain, Code.NAM_MISSING_IMPORT, span, hint, fix)
    else:
        guess = nearest(name, options)
    if guess is None or ("`Self@" in plain.message and _is_mixin_guess(name, guess)):
        return _with(plain, plain.code, span, plain.hint, ())
    fix = (Edit(span, guess.name.encode()),)
    return _with(plain, _spelling(plain.code, guess), span, f"write '{guess.name}' instead of '{name}'", fix)


def _is_mixin_guess(name: str, guess: Guess) -> bool:
    """Whether a class may well mean what its subclasses have: by an underscore, or the guess is vague."""
    return not guess.certain or name.strip("_") == guess.name.strip("_")


def _spelling(code: Code, guess: Guess) -> Code:
    if guess.lookalike:
        return Code.NAM_LOOKALIKE
    return code if code is Code.NAM_WRONG_IMPORT else Code.NAM_MISSPELT


def _with(plain: Fault, code: Code, span: Span, hint: str, fix: tuple[Edit, ...]) -> Fault:
    return Fault(
        code,
        plain.path,
        span,
        plain.message,
        hint,
        plain.suspiciousness,
        fix=fix,
        evidence=plain.evidence,
        static=True,
    )


def _identifier(span: Span, name: str, module: Module) -> Span:
    """The last place of `name` in a span, or the span."""
    at = module.data[span.start : span.end].rfind(name.encode())
    return span if at < 0 else Span(span.start + at, span.start + at + len(name.encode()))


def _offset(data: bytes, codec: str, line: int, column: int) -> int:
    """A byte offset of a file from a line and a column in UTF-8, both from 0."""
    span = line_span(data, line + 1)
    mark = len(UTF8_BOM) if line == 0 and data.startswith(UTF8_BOM) else 0
    before = column
    if not codec.startswith("utf-8"):
        text = _text(data[span.start : span.end], codec).encode()[:column].decode("utf-8", "replace")
        before = len(text.encode(codec, "replace"))
    return min(span.start + mark + before, span.end)


@hookimpl
def goldseam_analyzers(tools: Tools, languages: tuple[Language, ...]) -> tuple[Analyzer, ...]:
    return (StaticAnalyzer(tools, languages),)


EXAMPLES = (
    Diagnosed("class Clock:\n    pass\n\nprint(Cl0ck())\n", ("NAM.LOOKALIKE", "NAM.LOOKALIKE"), (4, 4)),
    Diagnosed("import math\nmath.sqtr(4)\n", ("NAM.MISSPELT",), (2,)),
    Diagnosed("class A:\n    def start(self):\n        pass\nA().strat()\n", ("NAM.MISSPELT",), (4,)),
    Diagnosed("def f(a):\n    return a\nf()\n", ("TYP.ARITY",), (3,)),
    Diagnosed("from math import squareroot\n", ("NAM.WRONG_IMPORT",), (1,)),
    Diagnosed("import re\nprint(re.match('a', 'b').group())\n", ("TYP.NONE_ACCESS",), (2,)),
    Diagnosed("print('1' + 1)\n", ("TYP.MISMATCH",), (1,)),
    Diagnosed("x = 3\nx()\n", ("TYP.NOT_CALLABLE",), (2,)),
    Diagnosed(
        "import asyncio\nasync def f():\n    return 1\nasync def g():\n    f()\n"
        "asyncio.run(g())\nraise SystemExit(1)\n",
        ("TYP.NOT_AWAITED",),
        (5,),
    ),
    Diagnosed("import nope_nope\n"),
    Diagnosed("import os, sys\nl = 1;print({}['a'])\n"),
)
