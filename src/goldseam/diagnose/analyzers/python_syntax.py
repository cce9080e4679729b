"""Syntax faults of files whose language has no analyzer of its own for them, and of Python."""

from collections.abc import Iterator
from dataclasses import dataclass

from goldseam.core.case import Case
from goldseam.core.errors import SandboxError, ToolMissing
from goldseam.core.example import Diagnosed
from goldseam.core.fault import Fault
from goldseam.core.language import Language, language_of
from goldseam.core.observation import SyntaxProblem
from goldseam.core.ports import Analyzer, Tools
from goldseam.core.source import position_of
from goldseam.diagnose.syntax.found import faults_of, read
from goldseam.diagnose.syntax.judge import ROLE, Judge
from goldseam.diagnose.syntax.python_roots import find_roots
from goldseam.diagnose.syntax.reported import fault_of
from goldseam.plugins import hookimpl

SERVED_ELSEWHERE = frozenset({"javascript", "typescript", "php"})
"""Languages of braces have their own analyzer."""
SECONDS = 1.5


@dataclass(frozen=True, slots=True)
class SyntaxFaults:
    """All root faults of the Python files that do not parse; of other files what the compiler reports."""

    tools: Tools
    languages: tuple[Language, ...]

    def __call__(self, case: Case) -> Iterator[Fault]:
        for problem in case.verdict.observation.syntax:
            language = language_of(problem.path, self.languages)
            if language is None or language.name not in SERVED_ELSEWHERE:
                yield from self._faults(problem, case.current.files[problem.path], language)

    def _faults(self, problem: SyntaxProblem, data: bytes, language: Language | None) -> list[Fault]:
        if language is None or ROLE not in language.programs:
            return [fault_of(problem, data)]
        try:
            reading = read(data, language.encoding_of(data))
            draft = find_roots(reading.text, Judge(self.tools, language.name, SECONDS))
        except (ToolMissing, SandboxError, LookupError, ValueError):
            return [fault_of(problem, data)]
        faults = faults_of(problem.path, reading, draft.repairs)
        line = position_of(data, problem.span.start)[0]
        if faults and (draft.parses or line in {position_of(data, one.span.start)[0] for one in faults}):
            return faults
        return [fault_of(problem, data), *faults]


@hookimpl
def goldseam_analyzers(tools: Tools, languages: tuple[Language, ...]) -> tuple[Analyzer, ...]:
    return (SyntaxFaults(tools, languages),)


EXAMPLES = (
    Diagnosed("def f(a)\n    return a\n", ("SYN.MISSING_COLON",), (1,)),
    Diagnosed("total = (1 + 2\nprint(total)\n", ("SYN.UNCLOSED_BRACKET",), (1,)),
    Diagnosed("total = 1 + 2)\n", ("SYN.UNMATCHED_BRACKET",), (1,)),
    Diagnosed("name = 'goldseam\n", ("SYN.UNTERMINATED_STRING",), (1,)),
    Diagnosed("def f():\nreturn 1\n", ("SYN.INDENTATION",), (2,)),
    Diagnosed("if 1 = 1:\n    pass\n", ("SYN.ASSIGNMENT_FOR_COMPARISON",), (1,)),
    Diagnosed("pairs = [1 2]\n", ("SYN.MISSING_COMMA",), (1,)),
    Diagnosed("raise ValueError('expected \\':\\'')\n"),
    Diagnosed("print(undefined_name)\n"),
)
