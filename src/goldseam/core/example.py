"""Examples that a plugin carries: they are its tests, and its page in the manual."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Diagnosed:
    """A program and the codes that one analyzer finds in it; no code at all is a near miss.

    The program is run; with `expected` it is held against what it prints, with `test` (a module of tests
    that imports it as `program`) against its tests. `lines` are those of the faults, from 1. `name` is its
    file's, `beside` holds more files under repair.
    """

    source: str
    codes: tuple[str, ...] = ()
    lines: tuple[int, ...] = ()
    expected: str | None = None
    test: str | None = None
    name: str = "program.py"
    beside: Mapping[str, str] = field(default_factory=dict)
