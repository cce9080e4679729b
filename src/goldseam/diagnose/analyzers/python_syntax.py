"""Syntax faults of files whose language has no analyzer of its own for them, and of Python."""

from collections.abc import Iterator
from dataclasses import dataclass

from goldseam.core.case import Case
from goldseam.core.example import Diagnosed
from goldseam.core.fault import Fault
from goldseam.core.language import Language, language_of
from goldseam.core.ports import Analyzer
from goldseam.diagnose.syntax.reported import fault_of
from goldseam.plugins import hookimpl

SERVED_ELSEWHERE = frozenset({"javascript", "typescript", "php"})
"""Languages of braces have their own analyzer."""


@dataclass(frozen=True, slots=True)
class SyntaxFaults:
    """All root faults of the files that do not parse."""

    languages: tuple[Language, ...]

    def __call__(self, case: Case) -> Iterator[Fault]:
        for problem in case.verdict.observation.syntax:
            language = language_of(problem.path, self.languages)
            if language is None or language.name not in SERVED_ELSEWHERE:
                yield fault_of(problem, case.current.files[problem.path])


@hookimpl
def goldseam_analyzers(languages: tuple[Language, ...]) -> tuple[Analyzer, ...]:
    return (SyntaxFaults(languages),)


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
