"""What a run showed: exit, output, test outcomes, the frames of a failure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from goldseam.core.incident import Frame
from goldseam.core.source import Span


class Ended(StrEnum):
    """How a process in a box ended."""

    EXITED = "exited"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    KILLED = "killed"


@dataclass(frozen=True, slots=True)
class Run:
    """One process in a box. Output is capped by the sandbox; `truncated` says that it was.

    `exit_code` is -N for signal N. `report` is the file that a test runner wrote, or None. `written` are the
    project-relative paths of existing files that the process wrote or removed in its own copy.
    """

    command: str
    exit_code: int
    ended: Ended
    stdout: bytes
    stderr: bytes
    seconds: float
    report: bytes | None = None
    truncated: bool = False
    written: tuple[str, ...] = ()

    @property
    def succeeded(self) -> bool:
        return self.ended is Ended.EXITED and self.exit_code == 0


class TestOutcome(StrEnum):
    """What a test runner reported for one test id."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class TestResult:
    """One test: `text` is the runner's failure text, `seconds` its own measure."""

    outcome: TestOutcome
    seconds: float = 0.0
    text: str = ""


@dataclass(frozen=True, slots=True)
class SyntaxProblem:
    """What a language's own compiler says of a file that does not parse; `span` in bytes."""

    path: str
    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Failure:
    """An uncaught exception: its chain's last error, the frames outermost first.

    `causes` are the errors before it in the chain, the nearest first.
    """

    kind: str
    message: str
    frames: tuple[Frame, ...] = ()
    causes: "tuple[Failure, ...]" = ()


@dataclass(frozen=True, slots=True)
class HotLine:
    """A line where a run that did not end was found: `share` of the samples, from 0 to 1."""

    path: str
    line: int
    share: float


@dataclass(frozen=True, slots=True)
class Stack:
    """Where a thread stood when its time was over, outermost frame first; `waits` for another thread."""

    thread: str
    waits: bool
    frames: tuple[Frame, ...]


@dataclass(frozen=True, slots=True)
class Observation:
    """All that the oracle saw at one snapshot.

    `run` is the run of the `--run` command, `test_run` of the `--test` command; None where not given or
    not reached because a file does not parse. `tests` maps test ids to results where the runner tells.
    Only a traced run has `lines`, the lines of each project file that a test ran (by test id; the run of
    `--run` is the id ``""``), and, where it did not end, `hot` lines and the stacks of its `threads`; `grown`
    are the lines while which its memory grew.
    """

    syntax: tuple[SyntaxProblem, ...] = ()
    run: Run | None = None
    test_run: Run | None = None
    tests: Mapping[str, TestResult] = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()
    expected: bytes | None = None
    lines: Mapping[str, Mapping[str, frozenset[int]]] = field(default_factory=dict)
    hot: tuple[HotLine, ...] = ()
    grown: tuple[HotLine, ...] = ()
    threads: tuple[Stack, ...] = ()

    @property
    def failing(self) -> tuple[str, ...]:
        return tuple(name for name, result in self.tests.items() if result.outcome is TestOutcome.FAILED)
