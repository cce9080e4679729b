"""One live line on a terminal while something takes long; nothing elsewhere."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from rich.console import Console
from rich.live import Live
from rich.spinner import Spinner
from rich.text import Text

from goldseam.cli.printable import printable


class Working:
    """What goes on now, and for how long."""

    def __init__(self, stream: TextIO = sys.stderr) -> None:
        self._console = Console(file=stream, highlight=False)
        self._spinner = Spinner("dots")
        self._phase = "starting"
        self._start = time.monotonic()

    def say(self, phase: str) -> None:
        """Another phase begins, and its clock."""
        self._phase, self._start = printable(phase), time.monotonic()

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Show the line as long as this lasts."""
        if not self._console.is_terminal:
            yield
            return
        with Live(self, console=self._console, transient=True, refresh_per_second=8):
            yield

    def __rich__(self) -> Spinner:
        elapsed = time.monotonic() - self._start
        line = Text(f"{self._phase} · {elapsed:.0f} s", no_wrap=True, overflow="ellipsis")
        self._spinner.update(text=line)
        return self._spinner
