"""Programs and planters of single name and type faults in PHP; see `single_faults`."""

import random
import re
from collections.abc import Iterator
from pathlib import Path

from planted_javascript import _misspelt as misspelt
from planted_javascript import _put as put
from single_faults import Planted, Program

HERE = Path(__file__).parent / "programs" / "php"
Lines = frozenset[int]


def _programs() -> Iterator[Program]:
    for folder in sorted(path for path in HERE.iterdir() if path.is_dir()):
        files = {path.name: path.read_text("utf-8") for path in sorted(folder.iterdir())}
        yield Program(folder.name, files, "php main.php")


PROGRAMS = list(_programs())


def covered(program: Program, folder: Path) -> dict[str, Lines]:
    """All lines: a fault where nothing runs turns no run red."""
    return {
        path: frozenset(number for number, line in enumerate(text.splitlines(), 1) if line.strip())
        for path, text in program.files.items()
    }


def picked(
    text: str, lines: Lines, rng: random.Random, shape: str, group: int = 0
) -> tuple[int, int, re.Match[str]] | None:
    """A place outside of texts: start and end of the group."""
    code = re.sub(r"(?<!\\)'[^'\n]*'|//[^\n]*", lambda m: "'" + " " * (len(m[0]) - 2) + "'", text)
    found = [
        m for m in re.finditer(shape, code, re.MULTILINE) if text.count("\n", 0, m.start(group)) + 1 in lines
    ]
    if not found:
        return None
    match = rng.choice(found)
    return (*match.span(group), match)


def misspelt_variable(text: str, lines: Lines, rng: random.Random) -> Planted | None:
    """A variable, where it is read."""
    shape = r"(?<![:>])\$(?!this\b)(\w{4,})(?=->|[;,)\]\[]| [-+*/<>=.?]+ (?!=))(?! = )"
    if (found := picked(text, lines, rng, shape, 1)) is None:
        return None
    start, end, match = found
    if re.search(r"\b(?:function|fn) ", text[text.rfind("\n", 0, start) : start]):
        return None
    return put(text, start, end, misspelt(match[1], rng), "variable")


def misspelt_function(text: str, lines: Lines, rng: random.Random) -> Planted | None:
    """A function, where it is called."""
    shape = r"(?<![>:\w$\\])(?<!function )(?<!fn )(?<!new )([a-z]\w{3,})\((?!\))"
    if (found := picked(text, lines, rng, shape, 1)) is None:
        return None
    start, end, match = found
    if match[1] in (
        "foreach",
        "while",
        "elseif",
        "catch",
        "function",
        "require",
        "declare",
        "isset",
        "unset",
    ):
        return None
    return put(text, start, end, misspelt(match[1], rng), "function")


def misspelt_method(text: str, lines: Lines, rng: random.Random) -> Planted | None:
    """A method, where it is called."""
    if (found := picked(text, lines, rng, r"(?:->|::)([a-z]\w{3,})(?=\()", 1)) is None:
        return None
    start, end, match = found
    return put(text, start, end, misspelt(match[1], rng), "method")


def misspelt_property(text: str, lines: Lines, rng: random.Random) -> Planted | None:
    """A property, where it is used."""
    if (found := picked(text, lines, rng, r"->([a-z]\w{3,})\b(?!\()", 1)) is None:
        return None
    start, end, match = found
    return put(text, start, end, misspelt(match[1], rng), "property")


def misspelt_class(text: str, lines: Lines, rng: random.Random) -> Planted | None:
    """A class or a constant of one, where it is used."""
    shape = r"(?:new |(?<=[\s(!]))([A-Z]\w{3,})(?=\(|::)|(?<=::)([A-Z_]{4,})\b(?!\()"
    if (found := picked(text, lines, rng, shape)) is None:
        return None
    _, _, match = found
    group = 1 if match[1] else 2
    return put(text, *match.span(group), misspelt(match[group], rng), "class")


def missing_this(text: str, lines: Lines, rng: random.Random) -> Planted | None:
    """`$this->` left out before a call, or `$this->name` made `$name`."""
    if (found := picked(text, lines, rng, r"\$this->(?=\w)")) is None:
        return None
    start, end, _ = found
    is_call = re.match(r"\w+\(", text[end:]) is not None
    return put(text, start, end, "" if is_call else "$", "this")


def missing_use(text: str, lines: Lines, rng: random.Random) -> Planted | None:
    """An import left out; right there, or where the name is used."""
    if (found := picked(text, lines, rng, r"^use [\w\\]+\\?(\b\w+);\n")) is None:
        return None
    start, end, match = found
    first = text.count("\n", 0, start) + 1
    broken = text[:start] + text[end:]
    used = re.compile(rf"(?<![\w\\]){match[1]}\b")
    right = {broken.count("\n", 0, m.start()) + 1 for m in used.finditer(broken)}
    return Planted(broken, frozenset({first, max(1, first - 1), *right}), f"use: {match[1]}")


def arity(text: str, lines: Lines, rng: random.Random) -> Planted | None:
    """The last argument of a call left out."""
    shape = r"(?<!function )(?<!fn )\b[a-zA-Z]\w+\([$'\w\s]+(?:->\w+)*(, [$\w'. ]+)\)(?!:| \{| =>|\s*\n?\{)"
    if (found := picked(text, lines, rng, shape, 1)) is None:
        return None
    start, end, _ = found
    return put(text, start, end, "", "argument")


def none(text: str, lines: Lines, rng: random.Random) -> Planted | None:
    """A function that no longer returns its value."""
    if (found := picked(text, lines, rng, r"^\s+(return )[$\w(\[]", 1)) is None:
        return None
    start, end, _ = found
    return put(text, start, end, "", "return")


def wrong_key(text: str, lines: Lines, rng: random.Random) -> Planted | None:
    """A key that the array does not have, where it is read."""
    found = [
        m for m in re.finditer(r"\['(\w{3,})'\](?! = )", text) if text.count("\n", 0, m.start()) + 1 in lines
    ]
    if not found:
        return None
    match = rng.choice(found)
    return put(text, *match.span(1), misspelt(match[1], rng), "key")


def text_for_number(text: str, lines: Lines, rng: random.Random) -> Planted | None:
    """A number given as text."""
    if (found := picked(text, lines, rng, r"(?<=[(,] )(\d+)(?=[,)])|(?<=\()(\d+)(?=\))")) is None:
        return None
    start, end, match = found
    return put(text, start, end, f"'{match[0]} days'", "text")


KINDS = {
    "misspelt name": misspelt_variable,
    "misspelt function": misspelt_function,
    "misspelt attribute": misspelt_method,
    "misspelt property": misspelt_property,
    "misspelt class": misspelt_class,
    "missing self": missing_this,
    "missing import": missing_use,
    "arity": arity,
    "none": none,
    "wrong key": wrong_key,
    "text for number": text_for_number,
}
