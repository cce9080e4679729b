"""What cannot be right in PHP sources, by their parse trees: a red run must support it before it counts.

Undefined variables, unknown members, misspelt functions and classes, a missing `$this->`, wrong numbers of
arguments, assignments in conditions. Where a name may come from what is not seen here (an unknown parent,
magic methods, `extract`, an included file), nothing is said.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from goldseam.core.case import Case
from goldseam.core.errors import SandboxError, ToolMissing
from goldseam.core.example import Diagnosed
from goldseam.core.fault import Evidence, Fault
from goldseam.core.language import ANALYSE
from goldseam.core.ports import Analyzer, Tools
from goldseam.core.source import Edit, Span
from goldseam.diagnose.php.calls import calls_in
from goldseam.diagnose.php.names import Finding, names_in
from goldseam.diagnose.php.program import File, program_of
from goldseam.languages.parse_tree import grammar_of
from goldseam.plugins import hookimpl

ASK_SECONDS = 10.0
MOST_FINDINGS = 200


@dataclass(slots=True)
class PhpAnalyzer:
    """Asks PHP once what it has built in; without PHP, the sources alone are looked at."""

    tools: Tools
    _built_in: dict[str, Any] = field(default_factory=dict)

    def __call__(self, case: Case) -> Iterator[Fault]:
        first = case.incident.path
        paths = sorted(case.current.files, key=lambda path: (path != first, path))
        sources = {path: case.current.files[path] for path in paths if grammar_of(path) == "php"}
        if not sources or case.observation.syntax:
            return
        program = program_of(sources, self._symbols())
        found = (
            _fault(finding, file)
            for file in program.files
            for finding in (*names_in(file, program), *calls_in(file, program))
        )
        for _, fault in zip(range(MOST_FINDINGS), found, strict=False):
            yield fault

    def _symbols(self) -> Mapping[str, Any]:
        if not self._built_in:
            try:
                self._built_in.update(self.tools.ask("php", ANALYSE, {}, seconds=ASK_SECONDS))
            except (ToolMissing, SandboxError):
                return {}
        return self._built_in


def _fault(finding: Finding, file: File) -> Fault:
    span = Span(finding.node.start_byte, finding.node.end_byte)
    fix = (Edit(span, finding.replacement.encode()),) if finding.replacement is not None else ()
    return Fault(
        finding.code,
        file.path,
        span,
        finding.message,
        finding.hint,
        suspiciousness=finding.suspiciousness,
        fix=fix,
        evidence=(Evidence("parse tree", f"{finding.rule}: {finding.message}"),),
        static=True,
    )


@hookimpl
def goldseam_analyzers(tools: Tools) -> tuple[Analyzer, ...]:
    return (PhpAnalyzer(tools),)


def _php(body: str, *codes: str, line: int = 0) -> Diagnosed:
    return Diagnosed(f"<?php\n{body}\n", codes, (line,) * len(codes), name="program.php")


EXAMPLES = (
    _php("function f($total) {\n    return $totl + 1;\n}\nthrow new Error(f(1));", "NAM.MISSPELT", line=3),
    _php("function f() {\n    return $n;\n}\nthrow new Error(f());", "NAM.UNDEFINED", line=3),
    _php("class A {\n    private $n = 1;\n    function f() { return $n; }\n}\nthrow new Error((new A)->f());",
         "NAM.MISSING_SELF", line=4),
    _php("class A {\n    function f() { return g(); }\n    function g() { return 1; }\n}\n(new A)->f();",
         "NAM.MISSING_SELF", line=3),
    _php("echo strlenn('a');", "NAM.MISSPELT", line=2),
    _php("class Clock {}\nnew Cl0ck();", "NAM.LOOKALIKE", line=3),
    _php("class A { function total() {} }\n$a = new A();\n$a->totl();", "NAM.WRONG_ATTRIBUTE", line=4),
    _php("class A { const RATE = 2; }\necho A::RATES;", "NAM.WRONG_ATTRIBUTE", line=3),
    _php("function f($a, $b) {}\nf(1);", "TYP.ARITY", line=3),
    _php("echo strlen();", "TYP.ARITY", line=2),
    _php("function f($a) {\n    if ($a = 5) { return 1; }\n    return 2;\n}\nthrow new Error(f(3));",
         "LOG.WRONG_OPERATOR", line=3),
    _php("function f($rows) {\n    extract($rows);\n    return $n;\n}\nthrow new Error(f(['n' => 1]));"),
    _php("class A extends Unknown { function f() { return $this->g(); } }\nnew A();"),
    _php("class A { function __call($n, $a) { throw new Error; } }\n(new A)->anything();"),
    _php("function f($s) {\n    preg_match('/a/', $s, $m);\n    return $m;\n}\nthrow new Error(f('a')[3]);"),
    _php("function f(...$all) { return count($all); }\nthrow new Error(f());"),
    _php("if ($row = strlen('a')) { throw new Error($row); }"),
)  # fmt: skip
