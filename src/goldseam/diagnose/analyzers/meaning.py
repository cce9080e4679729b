"""What rules of meaning say of Python sources, across files, as suspicions."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from goldseam.core.case import Case
from goldseam.core.example import Diagnosed
from goldseam.core.fault import Evidence, Fault
from goldseam.core.ports import Analyzer
from goldseam.diagnose.rule import Rule
from goldseam.diagnose.rules import RULES
from goldseam.languages.python import encoding_of
from goldseam.languages.python_view import Module, Project, view_of
from goldseam.plugins import hookimpl

SECONDS = 1.5
MOST_FINDINGS = 100


class Meaning:
    """Runs all rules over the files of a case; a file that did not change is parsed once."""

    def __init__(self, rules: tuple[Rule, ...] = RULES, clock: Callable[[], float] = time.monotonic) -> None:
        self._rules = rules
        self._clock = clock
        self._known: dict[str, Module] = {}

    def __call__(self, case: Case) -> Iterator[Fault]:
        deadline = self._clock() + SECONDS
        frames = [frame.path for failure in case.observation.failures for frame in failure.frames]
        first = dict.fromkeys([*reversed(frames), case.incident.path, *case.current.files])
        files = {path: case.current.files[path] for path in first if path in case.current.files}
        project = view_of(files, encoding_of, self._known, lambda: self._clock() > deadline)
        self._known = dict(project.modules)
        found: list[Fault] = []
        for rule in self._rules:
            if self._clock() > deadline:
                break
            found += findings(rule, project)
        yield from sorted(found, key=lambda fault: (-fault.suspiciousness, fault.path, fault.span))


def findings(rule: Rule, project: Project) -> list[Fault]:
    """What one rule says, with its name as evidence; nothing where an expression is too deep for it."""
    found: list[Fault] = []
    try:
        for fault in rule.find(project):
            said = Evidence(f"rule {rule.name}", fault.message)
            found.append(replace(fault, static=True, evidence=(said, *fault.evidence)))
            if len(found) == MOST_FINDINGS:
                break
    except RecursionError:
        return found
    return found


@hookimpl
def goldseam_analyzers() -> tuple[Analyzer, ...]:
    return (Meaning(),)


EXAMPLES = (
    Diagnosed(
        "name = 'abc'\nprint(name is 'ab' 'c' and len(name))\n", ("SEM.IDENTITY_COMPARISON",), (2,), "4"
    ),
    Diagnosed(
        "def add(x, seen=[]):\n    seen.append(x)\n    return seen\nadd(1)\nprint(add(2))\n",
        ("SEM.MUTABLE_DEFAULT",),
        (1,),
        "[2]",
    ),
    Diagnosed(
        "import store\nprint(store.load()['title'])\n",
        ("SEM.SCHEMA_MISMATCH",),
        (2,),
        beside={"store.py": "def load():\n    return {'name': 'a', 'size': 1}\n"},
    ),
    Diagnosed("def add(x, seen=None):\n    return [*(seen or []), x]\nprint(add(1))\n", expected="[2]"),
    Diagnosed("def f(\n"),
)
