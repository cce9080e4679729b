"""Shows a model on its way: a bar on a terminal, plain lines elsewhere, on standard error."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)
from rich.progress import (
    Progress as Bars,
)

from goldseam.models.weights import Progress, Report, Weights

_PLAIN_STEPS = 20
_WORDS = {
    "waiting": "another goldseam pulls it already; waiting",
    "checking": "checking what an earlier pull left",
    "verifying": "verifying",
}


@contextmanager
def reported(weights: Weights, *, quiet: bool = False) -> Iterator[Report]:
    """What to hand to `pull` so that it is seen."""
    console = Console(stderr=True, highlight=False)
    if quiet:
        yield lambda progress: None
    elif not console.is_terminal:
        yield PlainLines(weights).show
    else:
        console.print(weights.title)
        with _bars(console) as bars:
            yield Bar(bars, weights).show


class Bar:
    """One bar; its speed counts what is fetched now, not what an earlier pull left."""

    def __init__(self, bars: Bars, weights: Weights) -> None:
        self._bars = bars
        self._task = bars.add_task("starting", total=weights.size)
        self._phase = ""

    def show(self, progress: Progress) -> None:
        """Move the bar."""
        if progress.phase != self._phase:
            self._phase = progress.phase
            self._bars.reset(self._task, completed=progress.done)
        self._bars.update(self._task, completed=progress.done, description=_describe(progress))


class PlainLines:
    """A line for each part, each twentieth, each change of phase: whichever comes first."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._last: tuple[object, ...] = ()

    def show(self, progress: Progress) -> None:
        """Print a line if there is something new to tell."""
        step = progress.part or progress.done * _PLAIN_STEPS // max(1, progress.total)
        key = (progress.phase, step if progress.phase == "fetching" else 0)
        if key != self._last:
            self._last = key
            amount = f"{progress.done / 1e6:,.0f} of {progress.total / 1e6:,.0f} MB"
            click.echo(f"{self._weights.title}: {_describe(progress)}: {amount}", err=True)


def _bars(console: Console) -> Bars:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    return Bars(*columns, console=console)


def _describe(progress: Progress) -> str:
    if progress.phase != "fetching":
        return _WORDS[progress.phase]
    return f"part {progress.part}/{progress.parts}" if progress.parts else "fetching"
