"""What the manual knows of a fault code: one value a code, in `catalogue/`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from goldseam.core.fault import Code

CATALOGUE = "goldseam.diagnose.catalogue"
BY_MODEL = ("rewrite_function", "rewrite_file")
TEMPLATE = "template"
DIAGNOSIS = "diagnosis"


class Proof(StrEnum):
    """How the tests see that an example is broken, and that it is mended."""

    PARSES = "parses"
    """The broken text does not parse, the mended one does."""
    ENDS_WELL = "ends well"
    """The broken program fails or does not end, the mended one ends well."""
    PRINTS = "prints"
    """Both end well, and print different things."""
    FAILS = "fails"
    """The broken program fails; what mends it lies outside the code."""
    TOLD = "told"
    """Only shown: what it takes cannot be had in a box."""


@dataclass(frozen=True, slots=True)
class Example:
    """A program before and after; `name` is its file's where that decides how it is read.

    JavaScript's examples stand for TypeScript too. `beside` are files next to it. `proof` is needed where it
    is not the family's own.
    """

    language: str
    broken: str
    mended: str
    name: str = ""
    beside: Mapping[str, str] = field(default_factory=dict)
    proof: Proof | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One page of the manual.

    `hint` says what would mend it; `{expected}` and `{name}` in it stand for what the case knows. `found_by`
    says for each language how it is found. `rungs` are those of the ladder that serve it; with none,
    `unserved` says why. `templates` are those of the rung of that name, `DIAGNOSIS` where the diagnosis tells
    the edit; with none, `untemplated` (or `unserved`) says why. `place` is what follows the code in the
    cluster of the first example, or empty.
    """

    code: Code
    title: str
    cause: str
    hint: str
    found_by: Mapping[str, str]
    examples: tuple[Example, ...]
    rungs: tuple[str, ...] = BY_MODEL
    unserved: str = ""
    templates: tuple[str, ...] = ()
    untemplated: str = ""
    place: str = ""

    @property
    def served_by(self) -> tuple[str, ...]:
        """The rungs that serve it, that of the templates first."""
        return ((TEMPLATE,) if self.templates else ()) + self.rungs

    def proof_of(self, example: Example) -> Proof:
        """The example's own proof, or the one of this family."""
        if example.proof is not None:
            return example.proof
        return _PROOFS.get(self.code.family, Proof.ENDS_WELL)


_PROOFS = {"SYN": Proof.PARSES, "LOG": Proof.PRINTS, "SEM": Proof.PRINTS, "ENV": Proof.FAILS}


@cache
def catalogue() -> tuple[Entry, ...]:
    """All entries in the order of the codes."""
    package = import_module(CATALOGUE)
    names = (found.name for found in iter_modules(package.__path__))
    entries = [import_module(f"{CATALOGUE}.{name}").ENTRY for name in names]
    order = list(Code)
    return tuple(sorted(entries, key=lambda entry: order.index(entry.code)))


def module_name(code: Code) -> str:
    """The module of a code: `SYN.MISSING_COLON` is `syn_missing_colon`."""
    return code.replace(".", "_").lower()


def entry_of(code: Code) -> Entry:
    """The page of a code."""
    entry: Entry = import_module(f"{CATALOGUE}.{module_name(code)}").ENTRY
    return entry
