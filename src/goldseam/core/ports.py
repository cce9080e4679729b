"""Protocols between the stages and the world: who implements them is decided in `wiring` alone."""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from goldseam.core.budget import Budget, Tokens
from goldseam.core.candidate import Batch, Candidate, Judgement, Screening, Verdict
from goldseam.core.case import Case
from goldseam.core.fault import Fault
from goldseam.core.hole import Filling, Hole
from goldseam.core.observation import Observation, Run, SyntaxProblem
from goldseam.core.outcome import Declined
from goldseam.core.record import RepairRecord
from goldseam.core.source import Snapshot

REPORT_PLACE = "{report}"
"""Stands in a `Job`'s environment for the path of the report file, which is another in every box."""

PROGRAM_PLACE = "{programs}"
"""Stands in a `Job`'s environment for the folder of its `programs`."""


@dataclass(frozen=True, slots=True)
class Job:
    """One command in a box: `/bin/sh -c command` in a fresh copy of the project.

    `overlay` lays bytes over project-relative paths. `environment` is added to the box's few variables;
    `REPORT_PLACE` in a value becomes the path of a file that comes back as `Run.report`. `programs` are texts
    by file name that the box holds outside the project, at `PROGRAM_PLACE`. `seconds` is wall time.
    """

    command: str
    overlay: Mapping[str, bytes] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 60.0
    programs: Mapping[str, str] = field(default_factory=dict)


class Worker(Protocol):
    """A long-lived boxed program that answers one JSON line with one JSON line."""

    def ask(self, question: Mapping[str, Any], *, seconds: float) -> Mapping[str, Any]:
        """The answer; raises `SandboxError` if the program died, was late, or answered no JSON object.

        A program that died or was late is replaced by a new one at the next question.
        """
        ...

    def close(self) -> None:
        """End the program and everything it started."""
        ...


class Tools(Protocol):
    """The long-lived programs of all languages, each started at its first question."""

    def ask(
        self, language: str, role: str, question: Mapping[str, Any], *, seconds: float
    ) -> Mapping[str, Any]:
        """The answer of a language's program; `ToolMissing` if there is none here, else as `Worker.ask`."""
        ...


class Sandbox(Protocol):
    """Runs what a model wrote, and the project's own commands, where they can do no harm."""

    @property
    def level(self) -> str:
        """Name of the isolation level, stored with each repair: `bubblewrap`."""
        ...

    def run(self, job: Job) -> Run:
        """Run a job in a new box; raises `SandboxError` if the box itself did not start."""
        ...

    def worker(self, argv: Sequence[str], program: Path) -> Worker:
        """A worker in a box without project files: `argv` plus the path of `program` inside the box."""
        ...


class SyntaxChecker(Protocol):
    """Says whether a file parses, as the language's own compiler does."""

    def check(self, path: str, data: bytes) -> SyntaxProblem | None:
        """The first problem, or None if the file parses."""
        ...

    def check_all(
        self, sources: Iterable[tuple[str, bytes]]
    ) -> Iterator[tuple[str, bytes, SyntaxProblem | None]]:
        """Path, bytes and problem of each source of a known language, many at once, in no promised order.

        A source that the checker cannot bear has a problem that says so.
        """
        ...


class Seen(Protocol):
    """What the last scan found, so that an unchanged file costs a look at its metadata."""

    def recall(self) -> tuple[dict[str, bytes], dict[str, SyntaxProblem]]:
        """The stamps of each folder's sources, as bytes that say nothing here, and what did not parse."""
        ...

    def keep(self, folders: Mapping[str, bytes], broken: Mapping[str, SyntaxProblem | None]) -> None:
        """Remember stamps by folder (empty: forget it) and problems by file (None: forget it)."""
        ...


class Analyzer(Protocol):
    """Turns what was seen into faults; runs nothing. Implementations may be plain functions."""

    def __call__(self, case: Case) -> Iterable[Fault]:
        """Faults of the case's current snapshot, most suspicious first."""
        ...


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question to a model.

    `seconds` is the wall limit for the whole answer; `seed` makes a local model repeat itself.
    """

    system: str
    user: str
    max_tokens: int
    temperature: float
    seconds: float
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class Completion:
    """A whole answer: never empty, never cut off (those raise `ModelAnswerUnusable`).

    `hidden` are secrets that the model was not shown: repaired code must hold each as often as the code that
    it replaces, so that none is lost, and none is put where it was not.
    """

    text: str
    tokens: Tokens
    model: str
    seconds: float
    hidden: tuple[str, ...] = field(default=(), repr=False)


Question = Prompt | Hole
"""What a model is sent."""


class Model(Protocol):
    """A language model: text in, text out. It has no tools."""

    @property
    def name(self) -> str:
        """What is shown and stored: `local:qwen2.5-coder-1.5b-instruct-q4_k_m`."""
        ...

    def start(self) -> None:
        """Be ready to answer; raises `ModelMissing` or `ModelUnavailable`. Starting twice is free."""
        ...

    def complete(self, prompt: Prompt) -> Completion:
        """Answer; raises `ModelUnavailable` or `ModelAnswerUnusable`."""
        ...

    @property
    def can_infill(self) -> bool:
        """Whether `fill` may be asked, as far as is known once the model is ready."""
        ...

    def fill(self, hole: Hole) -> Filling:
        """Texts for a hole; raises `ModelUnavailable` or `ModelAnswerUnusable`."""
        ...

    def close(self) -> None:
        """Release what `start` took; closing twice is free."""
        ...


class Fixer(Protocol):
    """Proposes candidate patches in batches and is told of each; never runs, writes or stores."""

    @property
    def name(self) -> str: ...

    @property
    def rung(self) -> str:
        """One of `RUNGS`."""
        ...

    @property
    def needs_model(self) -> bool: ...

    def propose(self, case: Case, budget: Budget) -> Generator[Batch, tuple[Judgement, ...], None]:
        """Batches, cheapest idea first; each `yield` is sent one judgement a candidate of the batch."""
        ...


RUNGS = (
    "learned",
    "revert",
    "template",
    "syntax",
    "mutation",
    "infill",
    "rewrite_function",
    "rewrite_file",
    "bigger_model",
)
"""The ladder, cheapest first."""

MODEL_RUNGS = frozenset({"infill", "rewrite_function", "rewrite_file", "bigger_model"})
"""Those that ask a model."""


class Oracle(Protocol):
    """The one judge. It alone sets `plausible`."""

    def reproduce(self, snapshot: Snapshot) -> Verdict | Declined:
        """Judge the owner's bytes as often as it takes to trust the result; seals what must not change."""
        ...

    def observe(self, snapshot: Snapshot) -> Observation:
        """Run once more with tracers, for the eyes of a diagnosis alone: nothing is judged by it."""
        ...

    def screen(
        self, snapshot: Snapshot, candidates: Sequence[Candidate], seconds: float
    ) -> tuple[Screening, ...]:
        """Try patches of `snapshot` fast, one screening each; what `seconds` do not reach is unscreened.

        A candidate that `judge` would call plausible is never red here.
        """
        ...

    def judge(self, snapshot: Snapshot, *, doubtful: bool = False) -> Verdict:
        """Judge other bytes in a fresh copy; raises `FlakyOracle` if the failure comes and goes.

        Bytes that a screening could not find to end are `doubtful`: no need to wait as long for them.
        """
        ...


class Landing(Protocol):
    """The only way to the owner's files."""

    def read(self, paths: Sequence[str]) -> Snapshot:
        """The files' bytes; raises `Refused` for a file that could not be landed later."""
        ...

    def land(
        self, repair_id: str, original: Snapshot, repaired: Snapshot, confirm: Callable[[], bool]
    ) -> None:
        """Put the repaired bytes in place of the original ones, all or none.

        `confirm` judges the files as they then lie there; False puts everything back. Raises `Changed`,
        `Refused`, `Unproven` or `LandingError`; after any of them each file is its owner's.
        """
        ...


class Memory(Protocol):
    """Keeps what a repair taught."""

    def remember(self, record: RepairRecord) -> None:
        """Store one finished repair; remembering the same id twice is free."""
        ...
