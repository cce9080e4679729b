"""What a rule of meaning is: a pure function over a project's sources, with hits and near misses."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from goldseam.core.example import Diagnosed
from goldseam.core.fault import Code, Fault
from goldseam.languages.python_view import Project


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule by the name that its evidence carries; `find` tells suspicions only, in any order."""

    name: str
    find: Callable[[Project], Iterator[Fault]]
    examples: tuple[Diagnosed, ...]


def hit(code: Code, source: str, *lines: int, beside: Mapping[str, str] | None = None) -> Diagnosed:
    """A program in which a rule finds `code` on each of `lines`."""
    return Diagnosed(source, (str(code),) * len(lines), lines, beside=beside or {})


def miss(source: str, *, beside: Mapping[str, str] | None = None) -> Diagnosed:
    """A program that looks like a hit and is none."""
    return Diagnosed(source, beside=beside or {})
