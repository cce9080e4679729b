"""What was noticed: a symptom, the files that may be edited, and the oracle that judges a repair."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class OracleSpec:
    """Everything needed to judge a repair again later, from stored values alone.

    `run` and `test` are shell commands, run in the project root. `expected` is what standard output
    must be, in bytes. `sealed` maps project-relative paths to SHA-256 digests of files that a repair
    must leave alone. With none of the commands given, parsing is the oracle.
    """

    run: str | None = None
    test: str | None = None
    expected: bytes | None = None
    sealed: Mapping[str, str] = field(default_factory=dict)

    @property
    def commands(self) -> tuple[str, ...]:
        return tuple(command for command in (self.run, self.test) if command)


@dataclass(frozen=True, slots=True)
class Incident:
    """A symptom over `paths`, the files that may be edited; `path` is the first suspect.

    Paths are project-relative, with `/`.
    """

    path: str
    paths: tuple[str, ...]
    symptom: str
    oracle: OracleSpec

    @property
    def fingerprint(self) -> str:
        """Stable under line shifts, addresses, numbers and quoted values: 16 hexadecimal digits."""
        return fingerprint(self.path, self.symptom)


@dataclass(frozen=True, slots=True)
class Variable:
    """A local variable as a frame held it: `value` is printed, bounded and without secrets."""

    name: str
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame of a traceback, outermost first in a list; `path` as the program printed it.

    `variables` are known only of a traced run.
    """

    path: str
    line: int
    function: str
    source: str = ""
    variables: tuple[Variable, ...] = ()


_VARIABLE = re.compile(r"0x[0-9a-fA-F]+|\d+|'[^']*'|\"[^\"]*\"")


def fingerprint(*parts: str) -> str:
    """Sixteen hexadecimal digits over `parts`, with numbers, addresses and quoted values left out."""
    text = "\0".join(_VARIABLE.sub("?", part) for part in parts)
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:16]
