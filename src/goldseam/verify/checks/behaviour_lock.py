"""The behaviour lock: what worked before the repair is done again after it, outside the tests.

Calls of functions in the files under repair are written down while the tests run on the owner's bytes.
Kept are those made by tests that passed and by no test that failed, and that give the same text when they are
made again on the same bytes. A repair that now raises for such an input is red: the tests were green, so it
behaves otherwise outside of them. A repair that gives another value is a caution and no more: the test may
have called the faulty code without looking at its result, and then the new value is the right one.

Where there are no tests with ids, or no such calls, nothing is locked and nothing is said. Cost: one run
of the tests and one replay an incident, one replay a plausible repair.
"""

import ast
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from goldseam.core.observation import TestOutcome, TestResult
from goldseam.core.ports import REPORT_PLACE, Job, Sandbox
from goldseam.verify.checks.execution import Finding

FOLDER = ".goldseam-lock"
RECORDER, REPLAY = "python_recorder.py", "python_replay.py"
MAX_CALLS = 300
MAX_SHOWN = 3
Overlay = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Call:
    """One recorded call; `arguments` and `result` as text."""

    module: str
    function: str
    arguments: str
    result: str
    paths: tuple[str, ...]

    @property
    def question(self) -> dict[str, Any]:
        return {
            "module": self.module,
            "function": self.function,
            "arguments": self.arguments,
            "paths": self.paths,
        }

    @property
    def text(self) -> str:
        shown = self.arguments if len(self.arguments) <= 80 else f"{self.arguments[:80]}…"
        return f"{self.module}.{self.function}{shown}"


class BehaviourLock:
    """Records calls of the owner's bytes, and makes them again on those of a repair."""

    def __init__(self, sandbox: Sandbox, command: str | None, programs: Path, seconds: float) -> None:
        self._sandbox = sandbox
        self._command = command
        self._programs = programs
        self._seconds = seconds

    def judge(self, calls: Sequence[Call], overlay: Overlay) -> tuple[Finding, tuple[str, ...]] | None:
        """The finding on the bytes in `overlay` and its cautions; None where nothing is locked."""
        return compared(calls, self._replayed(calls, overlay)) if calls else None

    def recorded(self, files: Iterable[str], tests: Mapping[str, TestResult]) -> tuple[Call, ...]:
        """Calls of functions in `files` that green tests made and that give the same again.

        `tests` are the results on the owner's bytes.
        """
        paths = [path for path in files if path.endswith(".py")]
        if self._command is None or not paths or not tests:
            return ()
        environment = {
            "PYTHONPATH": FOLDER,
            "GOLDSEAM_LOCK_FILES": json.dumps(paths),
            "GOLDSEAM_LOCK_REPORT": REPORT_PLACE,
        }
        program = (self._programs / RECORDER).read_bytes()
        job = Job(self._command, {f"{FOLDER}/sitecustomize.py": program}, environment, self._seconds)
        calls = tuple(locked(_lines(self._sandbox.run(job).report), tests))[:MAX_CALLS]
        answers = self._replayed(calls, {}) if calls else []
        return tuple(call for call, answer in zip(calls, answers, strict=False) if answer == call.result)

    def _replayed(self, calls: Sequence[Call], overlay: Overlay) -> list[Any]:
        laid = {
            **overlay,
            f"{FOLDER}/replay.py": (self._programs / REPLAY).read_bytes(),
            f"{FOLDER}/calls.json": json.dumps([call.question for call in calls]).encode(),
        }
        environment = {"GOLDSEAM_LOCK_REPORT": REPORT_PLACE, "PYTHONDONTWRITEBYTECODE": "1"}
        job = Job(f"python3 {FOLDER}/replay.py", laid, environment, self._seconds)
        return _lines(self._sandbox.run(job).report)


def locked(lines: Iterable[Any], tests: Mapping[str, TestResult]) -> Iterator[Call]:
    """One call an input, without the inputs that a test gave which did not pass, or that no test gave."""
    inputs: dict[Call, set[str]] = {}
    for line in lines:
        if isinstance(line, dict):
            call = Call(
                line["module"], line["function"], line["arguments"], line["result"], tuple(line["paths"])
            )
            inputs.setdefault(call, set()).add(test_id(line["test"]))
    spoilt = {
        (call.module, call.function, call.arguments)
        for call, names in inputs.items()
        if not all(name in tests and tests[name].outcome is TestOutcome.PASSED for name in names)
    }
    yield from (call for call in inputs if (call.module, call.function, call.arguments) not in spoilt)


def test_id(running: str) -> str:
    """The name in pytest's report: `tests.a.TestB::test_c[1]` for `tests/a.py::TestB::test_c[1] (call)`."""
    node = running.rpartition(" (")[0]
    plain, bracket, rest = node.partition("[")
    path, *names = plain.split("::")
    if not names:
        return ""
    places = [path.removesuffix(".py").replace("/", "."), *names[:-1]]
    return f"{'.'.join(places)}::{names[-1]}{bracket}{rest}"


def compared(calls: Sequence[Call], answers: Sequence[Any]) -> tuple[Finding, tuple[str, ...]]:
    """Red where an input that worked raises or is not answered, a caution where it gives another value."""
    given = [*answers, *["nothing"] * (len(calls) - len(answers))]
    pairs = list(zip(calls, map(str, given), strict=False))
    broken = [f"{call.text} gave {call.result[:80]}, now {new}" for call, new in pairs if _fails(new)]
    other = [
        f"{call.text} gave {call.result[:80]}, now {new[:80]}"
        for call, new in pairs
        if not _fails(new) and not same_value(new, call.result)
    ]
    cautions = (f"other results than before: {'; '.join(other[:MAX_SHOWN])}",) if other else ()
    if broken:
        told = f"inputs that worked before fail: {'; '.join(broken[:MAX_SHOWN])}"
        return Finding("behaviour_lock", False, len(broken), told), cautions
    return Finding("behaviour_lock", True, 0, f"{len(calls)} earlier calls give a result"), cautions


def same_value(one: str, other: str) -> bool:
    """Whether two texts of plain data mean the same; `7` and `7.0` do, `1` and `True` do not."""
    if one == other:
        return True
    try:
        return _alike(ast.literal_eval(one), ast.literal_eval(other))
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return False


def _alike(one: Any, other: Any) -> bool:
    numbers = (int, float)
    if type(one) in numbers and type(other) in numbers:
        return math.isclose(one, other, rel_tol=1e-12)
    if type(one) is not type(other):
        return False
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(_alike, one, other))
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(_alike(one[key], other[key]) for key in one)
    return bool(one == other)


def _fails(answer: str) -> bool:
    return answer == "nothing" or answer.startswith("raises ")


def _lines(report: bytes | None) -> list[Any]:
    found = []
    for line in (report or b"").splitlines():
        try:
            found.append(json.loads(line))
        except ValueError:
            continue
    return found
