"""Variants of the report cases: `make bench-variants ARGS="--variants 10 --no-model"`.

Each has other names and constants, its functions in another order, a hundred lines of unrelated code (from
the mended programs of `bench/bugs`), and a subset of the faults. It is made from the mended program, in which
the faults are then put back; one that is not red as it is, or not green once mended, is drawn anew. The same
seed gives the same variants.

`report_faults/` holds each case's faults and its other names and constants: rows of words that stand for
those of the first row, in identifiers and texts, plurals included. The held-back tests are given the names
alone.
"""

import argparse
import ast
import os
import random
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from bug_sets import BENCH, BrokenBug, Bug, Fix, bugs_of, lay_out, runs, wrongs
from ladder import healed, table, write

CASES = ("sum_job", "frame_job", "payments", "timers", "finance")
UNRELATED_LINES = 100
DRAWS = 30
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_PART = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")


@dataclass(frozen=True)
class Fault:
    """One fault: pairs of what is wrong and what is right, each exactly once in its program."""

    family: str
    edits: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Recipe:
    """A report case: its texts and what may be different in a variant."""

    name: str
    path: str
    mended: str
    test: str | None
    held_back: str
    run: str | None
    faults: tuple[Fault, ...]
    names: tuple[tuple[str, ...], ...]
    texts: tuple[tuple[str, ...], ...]


def recipe(name: str) -> Recipe:
    """A case with all its faults mended; raises `BrokenBug` where one is not in its program."""
    told = tomllib.loads((BENCH / "report_faults" / f"{name}.toml").read_text("utf-8"))
    source = BENCH.parent / told["source"]
    faults = tuple(
        Fault(one["family"], tuple((old, new) for old, new in one["edits"])) for one in told["fault"]
    )
    mended = source.read_text("utf-8")
    for fault in faults:
        for old, new in fault.edits:
            mended = _exchanged(mended, old, new)
    test = (BENCH.parent / told["test"]).read_text("utf-8") if "test" in told else None
    names, texts = (tuple(tuple(row) for row in told[key]) for key in ("names", "texts"))
    return Recipe(name, source.name, mended, test, told["held_back"], told.get("run"), faults, names, texts)


def _exchanged(text: str, old: str, new: str) -> str:
    if text.count(old) != 1:
        raise BrokenBug(f"not exactly once: {old!r}")
    return text.replace(old, new)


@dataclass(frozen=True)
class Wording:
    """Other words: `names` for parts of identifiers, `texts` for literal constants."""

    names: Mapping[str, str]
    texts: Mapping[str, str]

    def of(self, text: str) -> str:
        if self.texts:
            pattern = "|".join(_bounded(old) for old in sorted(self.texts, key=len, reverse=True))
            text = re.sub(pattern, lambda found: self.texts[found[0]], text)
        return _WORD.sub(lambda word: _PART.sub(self._part, word[0]), text)

    def _part(self, found: re.Match[str]) -> str:
        part = found[0]
        low = part.lower()
        is_plural = low not in self.names and low.endswith("s")
        new = self.names.get(low.removesuffix("s") if is_plural else low)
        if new is None:
            return part
        new += "s" * is_plural
        return new.upper() if part.isupper() else new.capitalize() if part[0].isupper() else new


def _bounded(text: str) -> str:
    before = r"(?<![\w.])" if text[0].isalnum() else ""
    after = r"(?![\w.])" if text[-1].isalnum() else ""
    return before + re.escape(text) + after


def wording(case: Recipe, draw: random.Random) -> Wording:
    names, texts = draw.choice(case.names), draw.choice(case.texts)
    return Wording(dict(zip(case.names[0], names, strict=True)), dict(zip(case.texts[0], texts, strict=True)))


@dataclass(frozen=True)
class Module:
    """A program in pieces: docstring and imports, then each statement of the module with what precedes it."""

    head: str
    blocks: tuple[str, ...]
    nodes: tuple[ast.stmt, ...]


def module(text: str) -> Module:
    tree = ast.parse(text)
    lines = text.splitlines()
    is_head = [isinstance(node, (ast.Import, ast.ImportFrom)) or _is_docstring(node) for node in tree.body]
    first = is_head.index(False)
    ends = [0, *(node.end_lineno or 0 for node in tree.body)]
    pieces = ["\n".join(lines[a:b]).strip("\n") for a, b in pairwise(ends)]
    return Module("\n".join(lines[: ends[first]]), tuple(pieces[first:]), tuple(tree.body[first:]))


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def in_other_order(parts: Module, draw: random.Random) -> list[str]:
    """The blocks with functions and classes shuffled between other statements, none before what it needs."""
    found: list[str] = []
    run: list[int] = []
    for at, node in enumerate(parts.nodes):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            run.append(at)
            continue
        found += [parts.blocks[one] for one in _shuffled(run, parts.nodes, draw)]
        found.append(parts.blocks[at])
        run = []
    return found + [parts.blocks[one] for one in _shuffled(run, parts.nodes, draw)]


def _shuffled(run: Sequence[int], nodes: Sequence[ast.stmt], draw: random.Random) -> Iterator[int]:
    waiting = {at: _needed(nodes[at]) for at in run}
    names = {at: getattr(nodes[at], "name", "") for at in run}
    while waiting:
        ready = [at for at in waiting if not waiting[at] & {names[other] for other in waiting} - {names[at]}]
        at = draw.choice(ready)
        del waiting[at]
        yield at


def _needed(node: ast.AST) -> set[str]:
    """The names that a definition reads when it is made, not when it is called."""
    if isinstance(node, ast.Name):
        return {node.id}
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return set().union(*map(_needed, [*node.decorator_list, node.args]))
    return set().union(*map(_needed, ast.iter_child_nodes(node)))


def unrelated(taken: set[str], draw: random.Random) -> tuple[str, list[str]]:
    """Imports and definitions, a hundred lines or more, that share no name with the program."""
    heads: list[str] = []
    chunks: list[str] = []
    bugs = [bug for bug in bugs_of("bugs") if bug.language == "python"]
    draw.shuffle(bugs)
    for bug in bugs:
        if sum(chunk.count("\n") + 1 for chunk in chunks) >= UNRELATED_LINES:
            break
        text = bug.fixed[bug.programs[0]].decode()
        parts = module(text)
        names = set(_WORD.findall("\n".join(parts.blocks)))
        if not taken & {name for node in parts.nodes for name in _made(node)}:
            heads += [ast.unparse(node) for node in ast.parse(parts.head).body if not _is_docstring(node)]
            chunks.append("\n\n\n".join(parts.blocks))
            taken = taken | names
    return "\n".join(dict.fromkeys(heads)), chunks


def _made(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        yield node.name
    elif isinstance(node, ast.Assign):
        yield from (
            one.id for target in node.targets for one in ast.walk(target) if isinstance(one, ast.Name)
        )


def drawn(case: Recipe, draw: random.Random, number: int) -> Bug:
    """A variant that may be none; raises `BrokenBug` where a fault cannot be put back."""
    words = wording(case, draw)
    mended, path = words.of(case.mended), words.of(case.path)
    test = words.of(case.test) if case.test else None
    held_back = replace(words, texts={}).of(case.held_back)
    parts = module(mended)
    blocks = in_other_order(parts, draw)
    imports, chunks = unrelated(set(_WORD.findall(mended)), draw)
    last = len(blocks) - isinstance(parts.nodes[-1], ast.If)
    for chunk in chunks:
        blocks.insert(draw.randint(0, last), chunk)
        last += 1
    text = "\n\n\n".join(["\n".join(part for part in (parts.head, imports) if part), *blocks]) + "\n"
    chosen = draw.sample(case.faults, draw.randint(1, len(case.faults)))
    fixes = []
    for fault in chosen:
        for old, new in fault.edits:
            old, new = words.of(old), words.of(new)
            text = _exchanged(text, new, old)
            fixes.append(Fix(path, old, new, fault.family, ""))
    files = {path: text.encode()}
    if test is not None:
        files[f"test_{path}"] = test.encode()
    return Bug(
        f"{case.name}-{number}",
        "python",
        "a variant of a report case",
        ", ".join(sorted({fault.family for fault in chosen})),
        True,
        files,
        {"held_back_test.py": held_back.encode()},
        tuple(fixes),
        "python3 -m pytest -q held_back_test.py",
        f"python3 -m pytest -q test_{path}" if test is not None else None,
        words.of(case.run) if case.run else None,
        "expected.txt" if case.run else None,
    )


def _expecting(bug: Bug) -> Bug:
    """The same bug with what its mended program prints as the expected output."""
    if bug.run is None:
        return bug
    [run] = runs(bug, bug.fixed, bug.run)
    return replace(bug, files={**bug.files, "expected.txt": run.stdout})


def variant(case: Recipe, number: int, seed: int) -> Bug:
    """A variant that is red as it is and green once mended; raises `BrokenBug` where none can be drawn."""
    for again in range(DRAWS):
        draw = random.Random(f"{case.name} {seed} {number} {again}")
        try:
            bug = _expecting(drawn(case, draw, number))
        except BrokenBug:
            continue
        if not wrongs(bug):
            return bug
    raise BrokenBug(f"{case.name}: no variant {number} of seed {seed} in {DRAWS} draws")


def variants(names: Sequence[str], count: int, seed: int, keep: Path | None) -> Iterator[Bug]:
    for name in names:
        case = recipe(name)
        for number in range(1, count + 1):
            bug = variant(case, number, seed)
            if keep:
                lay_out(bug, {**bug.files, **bug.held_back}, keep / bug.name)
            lines = sum(text.count(b"\n") for path, text in bug.files.items() if path in bug.programs)
            print(f"{bug.name}: {lines} lines, {len(bug.fixes)} edits, {bug.kind}", flush=True)
            yield bug


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", nargs="*", choices=CASES, default=CASES)
    parser.add_argument("--variants", type=int, default=10, help="of each case")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--check", action="store_true", help="make the variants, repair nothing")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="write the variants into a folder")
    parser.add_argument("--no-model", action="store_true")
    parser.add_argument("--rungs", help="only these rungs, by commas")
    parser.add_argument("--max-seconds", type=float, default=300.0, help="of each repair")
    parser.add_argument("--json", type=Path, metavar="FILE", help="append the raw rows, one a line")
    given = parser.parse_args()
    os.environ.setdefault("VIRTUAL_ENV", sys.prefix)  # what the examples import is installed here
    made = list(variants(given.cases, given.variants, given.seed, given.keep))
    if given.check:
        return 0
    options = ["--max-seconds", str(given.max_seconds)]
    options += ["--no-model"] if given.no_model else []
    options += ["--rungs", given.rungs] if given.rungs else []
    rows = write(healed(made, options, given.max_seconds, 1), given.json)
    print(table(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
