"""A project that was reproduced as red, in the real sandbox, and patches of its file for the fast judge."""

import textwrap
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from goldseam.config import load
from goldseam.core.candidate import Candidate, Screening, Verdict
from goldseam.core.incident import Incident, OracleSpec
from goldseam.core.observation import Run
from goldseam.core.ports import Job, Sandbox
from goldseam.core.source import Edit, Patch, Snapshot, Span
from goldseam.plugins import Plugins
from goldseam.verify.oracle import CommandOracle
from goldseam.wiring import Choice, assemble


class Counted:
    """The real sandbox, with the jobs that it ran."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.jobs: list[Job] = []

    def run(self, job: Job) -> Run:
        self.jobs.append(job)
        return self.sandbox.run(job)


class Bench:
    """A project that was reproduced as red, and patches of its file."""

    def __init__(self, oracle: Any, snapshot: Snapshot, path: str) -> None:
        self.oracle, self.snapshot, self.path = oracle, snapshot, path
        self.data = snapshot.files[path]
        self.counted = Counted(oracle._screener.sandbox)
        oracle._screener.sandbox = self.counted

    def edit(self, old: str, new: str, at: int = 0) -> Edit:
        start = -1
        for _ in range(at + 1):
            start = self.data.index(old.encode(), start + 1)
        return Edit(Span(start, start + len(old.encode())), new.encode())

    def candidate(self, *edits: Edit) -> Candidate:
        return Candidate(Patch({self.path: edits}), "test", "mutation", "")

    def screen(self, *candidates: Candidate, seconds: float = 60.0) -> list[Screening]:
        return list(self.oracle.screen(self.snapshot, candidates, seconds))

    def tried(self, *pairs: tuple[str, str]) -> list[Screening]:
        """Screenings of the first `old` replaced by `new`, for each pair."""
        return self.screen(*(self.candidate(self.edit(old, new)) for old, new in pairs))

    def judge(self, candidate: Candidate) -> Verdict:
        verdict: Verdict = self.oracle.judge(self.snapshot.apply(candidate.patch))
        return verdict


Open = Callable[..., Bench]


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Open]:
    """Write files and reproduce: `bench({path: text}, run=..., test=...)`, the first is under repair."""
    root = tmp_path / "work"
    root.mkdir()
    tmp_path.chmod(0o755)
    with ExitStack() as stack:

        def opened(
            files: dict[str, str], path: str = "", seconds: int = 60, runs: int = 1, **commands: Any
        ) -> Bench:
            for name, text in files.items():
                (root / name).parent.mkdir(exist_ok=True, parents=True)
                (root / name).write_text(textwrap.dedent(text).lstrip("\n"))
            told = {"GOLDSEAM_LIMITS__COMMAND_SECONDS": str(seconds), "GOLDSEAM_ORACLE__RUNS": str(runs)}
            assembly = stack.enter_context(
                assemble(root, load(root, told), Choice(remembers=False), Plugins())
            )
            first = path or next(iter(files))
            incident = Incident(first, (first,), "test", OracleSpec(**commands))
            oracle = assembly.workshop.oracle_for(incident)
            assert isinstance(oracle, CommandOracle)
            snapshot = Snapshot({first: (root / first).read_bytes()})
            verdict = oracle.reproduce(snapshot)
            assert isinstance(verdict, Verdict)
            assert not verdict.plausible
            return Bench(oracle, snapshot, first)

        yield opened
