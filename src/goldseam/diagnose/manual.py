"""The manual of fault codes, made from the catalogue: Markdown pages, and their index."""

from collections.abc import Iterable, Iterator

from goldseam.core.fault import Code
from goldseam.diagnose.entry import DIAGNOSIS, Entry, Example

LANGUAGES = {"python": "Python", "javascript": "JavaScript", "typescript": "TypeScript", "php": "PHP"}
FAMILIES = {
    "SYN": "Syntax: the file does not parse",
    "NAM": "Names: something is called by a name that it does not have",
    "TYP": "Types: a value is not what the operation takes",
    "RUN": "Run time: the program ends in an error, or does not end",
    "LOG": "Logic: the program ends well, and its result is wrong",
    "SEM": "Meaning: each line is right by itself, together they are not",
    "CONC": "Concurrency: it depends on who comes first",
    "TST": "Tests: the check is wrong, not the code",
    "ENV": "Environment: the code is right, something around it is missing",
}
GENERATED = "<!-- Made by `make manual` from the catalogue of fault codes; edit it there. -->"


def file_name(code: Code) -> str:
    """The name of a code's page: `syn-missing-colon.md`."""
    return code.replace(".", "-").replace("_", "-").lower() + ".md"


def pages(entries: Iterable[Entry]) -> dict[str, str]:
    """Name and text of every page, the index among them."""
    entries = tuple(entries)
    named = {file_name(entry.code): f"{GENERATED}\n\n{page(entry)}" for entry in entries}
    return {"index.md": f"{GENERATED}\n\n{index(entries)}", **named}


def page(entry: Entry) -> str:
    """One code's page."""
    return "\n\n".join(_sections(entry)) + "\n"


def rule_text(entry: Entry) -> str:
    """A page in a paragraph."""
    return f"{entry.title}. {entry.cause} What mends it: {entry.hint}. {_service(entry)}"


def index(entries: Iterable[Entry]) -> str:
    """All codes by family, each with its title."""
    parts = ["# Fault codes", _INTRODUCTION]
    by_family: dict[str, list[Entry]] = {}
    for entry in entries:
        by_family.setdefault(entry.code.family, []).append(entry)
    for family, members in by_family.items():
        rows = [f"| [{entry.code}]({file_name(entry.code)}) | {entry.title} |" for entry in members]
        parts += [f"## {FAMILIES[family]}", "\n".join(["| Code | |", "|---|---|", *rows])]
    return "\n\n".join(parts) + "\n"


_INTRODUCTION = """\
`goldseam diagnose` and `goldseam heal` give every fault one of these codes; `goldseam explain CODE` shows its
page in the terminal.

A **cluster** is a code with the place or the kind of the fault. Of a syntax fault it is the statement in
which it lies: `SYN.MISSING_COLON:function_def` is a colon that is missing after the head of a function. Of
others it is what tells faults of one code apart: `RUN.ERROR:RuntimeError`. Repairs are recorded by cluster,
which `goldseam show ID --json` tells.

A code of the family SYN always counts as a fault. Every other one that only a static tool reports is a
*suspicion*, until a run that fails supports it: it is then on a line of the traceback, or in code that the
failing run went through."""


def _sections(entry: Entry) -> Iterator[str]:
    yield f"# {entry.code}"
    yield f"**{entry.title}.**"
    yield entry.cause
    for example in entry.examples:
        yield _example(example)
    yield "## How it is found"
    yield "\n".join(f"- **{LANGUAGES[name]}**: {how}." for name, how in entry.found_by.items())
    yield "## What mends it"
    yield f"Hint: {entry.hint}."
    yield _service(entry)
    if entry.place:
        yield f"Cluster, as an example: `{entry.code}:{entry.place}`."


def _service(entry: Entry) -> str:
    if not entry.rungs:
        return f"No rung of `heal` serves it: {entry.unserved}."
    served = f"Served by the rungs {', '.join(f'`{rung}`' for rung in entry.served_by)} of `heal`."
    return f"{served} {_templates(entry)}"


def _templates(entry: Entry) -> str:
    if not entry.templates:
        return f"No template: {entry.untemplated}."
    told = "the edit that the diagnosis tells"
    names = [told if name == DIAGNOSIS else f"`{name}`" for name in entry.templates]
    return f"Templates: {', '.join(names)}."


def _example(example: Example) -> str:
    name = f", `{example.name}`" if example.name else ""
    parts = [f"## {LANGUAGES[example.language]}{name}"]
    parts += [f"Beside it, `{other}`:\n\n{_fenced(text, '')}" for other, text in example.beside.items()]
    parts += [
        f"Broken:\n\n{_fenced(example.broken, example.language)}",
        f"Mended:\n\n{_fenced(example.mended, example.language)}",
    ]
    return "\n\n".join(parts)


def _fenced(text: str, language: str) -> str:
    marks = "````" if "```" in text else "```"
    return f"{marks}{language}\n{text.rstrip()}\n{marks}"
