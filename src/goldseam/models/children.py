"""Programs that a model needs beside it: how they are started is handed in by whoever owns processes."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol


class Child(Protocol):
    """A running program."""

    @property
    def pid(self) -> int: ...

    def send(self, data: bytes) -> None:
        """Write to its standard input, which stays open."""
        ...

    def wait(self, seconds: float) -> int | None:
        """Its exit status, or None if it still runs after `seconds`."""
        ...

    def stop(self) -> None:
        """End it and everything it started; stopping twice is free."""
        ...


class Spawn(Protocol):
    """Starts a program with exactly `environment`; what it prints is appended to `output`."""

    def __call__(self, argv: Sequence[str], *, environment: Mapping[str, str], output: Path) -> Child: ...


def tail(output: Path, lines: int = 6) -> str:
    """The last lines a program printed, on one line."""
    try:
        text = output.read_bytes()[-8192:].decode("utf-8", "replace")
    except FileNotFoundError:
        return ""
    return " | ".join(line.strip() for line in text.strip().splitlines()[-lines:])
