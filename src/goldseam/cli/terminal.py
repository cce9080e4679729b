"""Shows a repair while it runs: a live line on a terminal, plain lines elsewhere, all on standard error."""

import sys
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import TextIO

from rich.console import Console
from rich.live import Live
from rich.spinner import Spinner
from rich.text import Text

from goldseam.cli.printable import printable
from goldseam.core.budget import Tokens
from goldseam.core.event import (
    Advanced,
    AttemptStarted,
    BaselineJudged,
    BatchProposed,
    BatchScreened,
    BudgetPlanned,
    CandidateJudged,
    Diagnosed,
    Event,
    LandingStarted,
    ModelStarted,
    NotRemembered,
    RepairEnded,
    RepairStarted,
    Shrunk,
)
from goldseam.core.outcome import Outcome

Events = Generator[Event, None, Outcome]


class Progress:
    """Follows the events of repairs: phase, elapsed seconds, tokens; `redacted` hides secrets in lines."""

    def __init__(
        self, stream: TextIO = sys.stderr, *, quiet: bool = False, redacted: Callable[[str], str] = str
    ) -> None:
        self._console = Console(file=stream, highlight=False)
        self._quiet = quiet
        self._redacted = redacted
        self._phase = ""
        self._tokens = Tokens()
        self._start = time.monotonic()
        self._spinner = Spinner("dots")

    def follow(self, events: Events) -> RepairEnded:
        """Run a repair to its end, showing each step; its last event."""
        self._tokens, self._start = Tokens(), time.monotonic()
        with self._live():
            for event in events:
                self._take(event)
                if isinstance(event, RepairEnded):
                    return event
        raise AssertionError("a repair ends with RepairEnded")

    def _take(self, event: Event) -> None:
        if isinstance(event, BatchProposed):
            self._tokens += event.tokens
        self._phase = phase_after(event) or self._phase
        if not self._quiet:
            for line in lines_of(event):
                shown = printable(self._redacted(line))
                self._console.print(Text(f"  {shown}", style="dim"), soft_wrap=True)

    @contextmanager
    def _live(self) -> Iterator[None]:
        if self._quiet or not self._console.is_terminal:
            yield
            return
        with Live(self, console=self._console, transient=True, refresh_per_second=8):
            yield

    def __rich__(self) -> Spinner:
        elapsed = time.monotonic() - self._start
        spent = f" · {self._tokens.total} tokens" if self._tokens.total else ""
        self._spinner.update(text=Text(f"{self._phase} · {elapsed:.0f} s{spent}"))
        return self._spinner


def phase_after(event: Event) -> str | None:
    """What goes on after an event, in two or three words."""
    match event:
        case RepairStarted(incident):
            return f"{printable(incident.path)}: reproducing"
        case BaselineJudged():
            return "diagnosing"
        case Diagnosed():
            return "proposing"
        case ModelStarted():
            return "proposing"
        case AttemptStarted(attempt):
            return f"attempt {attempt}: proposing"
        case BatchProposed():
            return "judging"
        case CandidateJudged():
            return "judging"
        case Shrunk():
            return "landing"
        case LandingStarted():
            return "landing, judging once more"
        case _:
            return None


def lines_of(event: Event) -> Iterator[str]:
    """What is worth a line of its own, for a person who reads the log later."""
    match event:
        case BaselineJudged(verdict) if not verdict.plausible:
            yield f"red: {verdict.evidence}"
        case Diagnosed(faults):
            for fault in faults:
                yield f"{fault.code}: {fault.message}"
        case BudgetPlanned(attempts, tokens, seconds):
            yield f"may take up to {attempts} attempts, {tokens:,} tokens and about {seconds:.0f} s"
        case ModelStarted(name, seconds):
            yield f"model {name} ready after {seconds:.1f} s"
        case BatchProposed() | BatchScreened() | CandidateJudged():
            yield from _lines_of_candidates(event)
        case NotRemembered(message):
            yield f"not recorded: {message}"
        case Advanced():
            yield "nearer to green; going on from there"
        case _:
            return


def _lines_of_candidates(event: BatchProposed | BatchScreened | CandidateJudged) -> Iterator[str]:
    match event:
        case BatchProposed():
            for reason in event.rejected:
                yield f"{event.fixer}: no candidate: {reason}"
        case BatchScreened(fixer, marks, seconds):
            told = ", ".join(f"{count} {mark}" for mark, count in sorted(marks.items()))
            yield f"{fixer}: {sum(marks.values())} candidates in {seconds:.1f} s: {told}"
        case CandidateJudged(candidate, verdict):
            yield f"{candidate.fixer}: {'green' if verdict.plausible else 'red'}: {verdict.evidence}"
