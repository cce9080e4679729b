"""Programs and planters of single name and type faults in JavaScript; see `single_faults`."""

import json
import os
import random
import re
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from single_faults import Planted, Program

HERE = Path(__file__).parent / "programs" / "javascript"


def _programs() -> Iterator[Program]:
    for folder in sorted(path for path in HERE.iterdir() if path.is_dir()):
        files = {path.name: path.read_text("utf-8") for path in sorted(folder.iterdir())}
        yield Program(folder.name, files, "node main.js")


PROGRAMS = list(_programs())


def covered(program: Program, folder: Path) -> dict[str, frozenset[int]]:
    """The lines that the healthy program runs, by path, as V8 counts them."""
    with tempfile.TemporaryDirectory() as told:
        environ = {**os.environ, "NODE_V8_COVERAGE": told}
        subprocess.run(program.command, shell=True, cwd=folder, env=environ, capture_output=True, check=True)
        result = [each for file in Path(told).iterdir() for each in json.loads(file.read_text())["result"]]
    found = {}
    for script in result:
        path = script["url"].removeprefix(f"file://{folder.resolve()}/")
        if path in program.files and path.endswith(".js"):
            found[path] = _lines(program.files[path], script["functions"])
    return found


def _lines(text: str, functions: list[dict]) -> frozenset[int]:
    ran = [True] * len(text)
    for span in sorted(
        (each for function in functions for each in function["ranges"]),
        key=lambda each: each["startOffset"] - each["endOffset"],
    ):
        width = span["endOffset"] - span["startOffset"]
        ran[span["startOffset"] : span["endOffset"]] = [span["count"] > 0] * width
    lines, offset = set(), 0
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        if line.strip() and ran[offset + len(line) - len(line.lstrip())]:
            lines.add(number)
        offset += len(line)
    return frozenset(lines)


def _picked(
    text: str, lines: frozenset[int], rng: random.Random, shape: str, group: int | str = 0
) -> tuple[int, int, re.Match[str]] | None:
    """A place that matches in code that runs: start and end of the group."""
    code = re.sub(r"(?<!\\)'[^'\n]*'|//[^\n]*", lambda m: " " * len(m[0]), text)
    found = [
        m for m in re.finditer(shape, code, re.MULTILINE) if text.count("\n", 0, m.start(group)) + 1 in lines
    ]
    if not found:
        return None
    match = rng.choice(found)
    return (*match.span(group), match)


def _put(text: str, start: int, end: int, new: str, what: str) -> Planted:
    line = text.count("\n", 0, start) + 1
    return Planted(text[:start] + new + text[end:], frozenset({line}), f"{what}: {text[start:end]} -> {new}")


def _misspelt(word: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(word) - 1)
    kind = rng.randrange(3)
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + word[at] + word[at:]
    return word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]


_KEYWORDS = frozenset(
    [
        "const",
        "let",
        "var",
        "function",
        "return",
        "class",
        "new",
        "this",
        "throw",
        "for",
        "of",
        "if",
        "else",
        "while",
        "async",
        "await",
        "import",
        "export",
        "from",
        "constructor",
        "static",
        "get",
        "super",
        "extends",
        "try",
        "catch",
        "true",
        "false",
        "null",
        "undefined",
        "typeof",
    ]
)


def misspelt_name(text: str, lines: frozenset[int], rng: random.Random) -> Planted | None:
    """A variable or function, where it is used."""
    names = {m[1] for m in re.finditer(r"(?:const|let|function|class)\s+(\w{4,})", text)} - _KEYWORDS
    if not names:
        return None
    used = r"(?<![.\w'\"{])(?<!const )(?<!let )(?<!function )(?<!class )"
    shape = rf"{used}({'|'.join(sorted(names))})(?=[.(;)\[\]])"
    if (found := _picked(text, lines, rng, shape, 1)) is None:
        return None
    start, end, match = found
    return _put(text, start, end, _misspelt(match[1], rng), "name")


def misspelt_attribute(text: str, lines: frozenset[int], rng: random.Random) -> Planted | None:
    """A method or property, where it is used."""
    if (found := _picked(text, lines, rng, r"(?<=\w|\)|\])\.([A-Za-z]{4,})\b(?!\s*=[^=>])", 1)) is None:
        return None
    start, end, match = found
    return _put(text, start, end, _misspelt(match[1], rng), "attribute")


def look_alike(text: str, lines: frozenset[int], rng: random.Random) -> Planted | None:
    """A letter replaced by one that looks the same, where a name is used."""
    shape = r"(?<![.\w'\"])(?:new )?([A-Za-z]*[oOlI][A-Za-z]+)(?=[.(])"
    if (found := _picked(text, lines, rng, shape, 1)) is None:
        return None
    start, end, match = found
    same = {"o": "0", "O": "0", "l": "1", "I": "l"}
    at = next((n for n, letter in enumerate(match[1]) if n and letter in same), None)
    if at is None or match[1] in _KEYWORDS:
        return None
    new = match[1][:at] + same[match[1][at]] + match[1][at + 1 :]
    return _put(text, start, end, new, "look-alike")


def misspelt_import(text: str, lines: frozenset[int], rng: random.Random) -> Planted | None:
    """A name in an import or a destructured require."""
    found = _picked(
        text, lines, rng, r"^(?:import|const) \{ (?:\w+, )*(\w{3,})(?:, \w+)* \} (?:from|= require)", 1
    )
    if found is None:
        return None
    start, end, match = found
    return _put(text, start, end, _misspelt(match[1], rng), "import")


def missing_self(text: str, lines: frozenset[int], rng: random.Random) -> Planted | None:
    """`this.` left out."""
    if (found := _picked(text, lines, rng, r"this\.(?=\w+[.(\[;)])")) is None:
        return None
    start, end, _ = found
    return _put(text, start, end, "", "this")


def arity(text: str, lines: frozenset[int], rng: random.Random) -> Planted | None:
    """The last argument of a call left out."""
    found = _picked(text, lines, rng, r"(?<!function )\b[a-zA-Z]\w+\(\w+(?:\.\w+)*(, [\w.]+)\)(?! \{| =>)", 1)
    if found is None:
        return None
    start, end, _ = found
    return _put(text, start, end, "", "argument")


def not_called(text: str, lines: frozenset[int], rng: random.Random) -> Planted | None:
    """A method named and not called."""
    if (found := _picked(text, lines, rng, r"\.\w+(\(\))(?=[.)\[])", 1)) is None:
        return None
    start, end, _ = found
    return _put(text, start, end, "", "call")


def called_value(text: str, lines: frozenset[int], rng: random.Random) -> Planted | None:
    """A property called as if it were a method."""
    if (
        found := _picked(
            text, lines, rng, r"\.(?:length|name|size|price|stock|limit|attempts)\b()(?![(\w]| [-+]?=)", 1
        )
    ) is None:
        return None
    start, end, _ = found
    return _put(text, start, end, "()", "called")


def none(text: str, lines: frozenset[int], rng: random.Random) -> Planted | None:
    """A function that no longer returns its value."""
    if (found := _picked(text, lines, rng, r"^\s+(return )\w+[.(\[;\w]", 1)) is None:
        return None
    start, end, _ = found
    return _put(text, start, end, "", "return")


def not_awaited(text: str, lines: frozenset[int], rng: random.Random) -> Planted | None:
    """`await` left out."""
    if (found := _picked(text, lines, rng, r"= (await )", 1)) is None:
        return None
    start, end, _ = found
    return _put(text, start, end, "", "await")


def constant(text: str, lines: frozenset[int], rng: random.Random) -> Planted | None:
    """`let` made `const` where the variable changes later; right at either place."""
    if (found := _picked(text, lines, rng, r"\b(let) (\w+) =", 1)) is None:
        return None
    start, end, match = found
    planted = _put(text, start, end, "const", "let")
    change = re.compile(rf"^\s*{match[2]} [-+]?=", re.MULTILINE)
    more = {text.count("\n", 0, m.start()) + 1 + (m[0].startswith("\n")) for m in change.finditer(text)}
    return Planted(planted.text, planted.lines | more, planted.what)


KINDS = {
    "misspelt name": misspelt_name,
    "misspelt attribute": misspelt_attribute,
    "look-alike": look_alike,
    "misspelt import": misspelt_import,
    "missing self": missing_self,
    "arity": arity,
    "not called": not_called,
    "called value": called_value,
    "none": none,
    "not awaited": not_awaited,
    "constant": constant,
}
