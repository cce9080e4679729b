"""One planted fault in a program that then fails: `make bench-single-faults ARGS="--faults 100 --seed 5"`.

A language's set is a module with `PROGRAMS` (name, files, command), `KINDS` (kind -> planter) and
`covered(program, folder)`; it may have `prepare(folder)`, which lays down `node_modules` for its
programs. A planter gets a source, the lines that the healthy program runs and a
random generator, and gives a broken source with the lines on which a finding is right. Only faults that turn
the run red count. Reported, by kind: the share of faults whose line is named at all, first, and among the
first three lines by suspiciousness; and the share with a code that fits the kind.
"""

import argparse
import importlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

from goldseam.config import load
from goldseam.core.incident import Incident, OracleSpec
from goldseam.core.source import position_of
from goldseam.pipeline import examine
from goldseam.plugins import Plugins
from goldseam.wiring import Assembly, Choice, assemble

SECONDS = 10
MAX_KILOBYTES = 4_000_000
"""Of address space: a healthy Node needs more than its memory."""


@dataclass(frozen=True)
class Program:
    """A healthy program: its files by path, and the command that runs it in its folder."""

    name: str
    files: Mapping[str, str]
    command: str


@dataclass(frozen=True)
class Planted:
    """A broken source, and the lines (from 1) on which a finding is right."""

    text: str
    lines: frozenset[int]
    what: str


Planter = Callable[[str, frozenset[int], random.Random], Planted | None]


@dataclass
class Score:
    """What became of the faults of one kind."""

    faults: int = 0
    crashed: int = 0
    named: int = 0
    first: int = 0
    three: int = 0
    code: int = 0
    extra: int = 0
    seconds: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Fault:
    """One fault in one program."""

    program: Program
    path: str
    kind: str
    planted: Planted


def planted(language: ModuleType, count: int, rng: random.Random, folder: Path) -> Iterator[Fault]:
    """`count` red faults, the kinds in turn, no two alike."""
    healthy = {}
    for program in language.PROGRAMS:
        lay(program.files, folder)
        ended = run(program.command, folder)
        if ended is None or ended[0] != 0 or ended != run(program.command, folder):
            raise SystemExit(f"{program.name} is not healthy, or prints something else each time: {ended}")
        healthy[program.name] = (ended[1], language.covered(program, folder))
    kinds = list(language.KINDS)
    seen: set[tuple[str, str]] = set()
    for attempt in range(count * 40):
        kind = kinds[attempt % len(kinds)]
        program = rng.choice(language.PROGRAMS)
        output, lines = healthy[program.name]
        path = rng.choice([path for path in program.files if lines.get(path)])
        found = language.KINDS[kind](program.files[path], lines[path], rng)
        if found is None or (path, found.text) in seen:
            continue
        lay({**program.files, path: found.text}, folder)
        ended = run(program.command, folder)
        if ended is not None and (ended[0] != 0 or ended[1] != output):
            seen.add((path, found.text))
            yield Fault(program, path, kind, found)
        if len(seen) == count:
            return


def lay(files: Mapping[str, str], folder: Path) -> None:
    for entry in folder.iterdir():
        if entry.name != "node_modules":
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


def run(command: str, folder: Path) -> tuple[int, bytes] | None:
    """Exit code and output, or None for one that does not end; nothing that it started outlives it.

    A planted fault may loop and fill the memory: the address space is bounded, and the session is killed.
    """
    bounded = f"ulimit -v {MAX_KILOBYTES}; {command}"
    with subprocess.Popen(
        ["/bin/sh", "-c", bounded],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            output = process.communicate(timeout=SECONDS)[0]
        except subprocess.TimeoutExpired:
            output = None
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    return None if output is None else (process.returncode, output)


def judge(fault: Fault, assembly: Assembly, expected: bytes, score: Score, why: bool) -> None:
    files = {**fault.program.files, fault.path: fault.planted.text}
    lay(files, assembly.root)
    spec = OracleSpec(run=fault.program.command, expected=expected)
    first = fault.program.command.split()[-1]
    sources = [path for path in files if not path.endswith(".json")]
    incident = Incident(first, tuple(dict.fromkeys([first, *sources])), "fails", spec)
    started = time.monotonic()
    found = examine(incident, assembly.workshop)
    score.seconds.append(time.monotonic() - started)
    score.faults += 1
    if found.verdict is not None and found.verdict.observation.failures:
        score.crashed += 1
    places = []
    for one in found.faults:
        line = position_of(files[one.path].encode(), one.span.start)[0]
        places.append((one.path, line))
    ordered = list(dict.fromkeys(places))
    right = {(fault.path, line) for line in fault.planted.lines}
    score.named += bool(right & set(ordered))
    score.first += bool(right & set(ordered[:1]))
    score.three += bool(right & set(ordered[:3]))
    score.extra += sum(place not in right for place in ordered)
    codes = {str(f.code) for f, place in zip(found.faults, places, strict=True) if place in right}
    score.code += bool(codes & CODES.get(fault.kind, codes))
    if why and not right & set(ordered[:1]):
        print(f"\n{fault.kind} {fault.program.name}/{fault.path} {sorted(fault.planted.lines)}:"
              f" {fault.planted.what}", file=sys.stderr)  # fmt: skip
        for one, place in zip(found.faults[:6], places, strict=False):
            sources = ",".join(dict.fromkeys(e.source for e in one.evidence))
            print(f"   {one.suspiciousness:.2f} {one.code} {place} {one.message[:90]} | {one.hint[:70]}"
                  f" [{sources}]", file=sys.stderr)  # fmt: skip
        if found.declined:
            print("   declined", found.declined, file=sys.stderr)


CODES = {
    "misspelt name": {"NAM.MISSPELT", "NAM.LOOKALIKE"},
    "misspelt attribute": {"NAM.MISSPELT", "NAM.LOOKALIKE"},
    "misspelt definition": {"NAM.MISSPELT", "NAM.LOOKALIKE"},
    "misspelt function": {"NAM.MISSPELT", "NAM.LOOKALIKE"},
    "misspelt property": {"NAM.MISSPELT", "NAM.LOOKALIKE"},
    "misspelt class": {"NAM.MISSPELT", "NAM.LOOKALIKE"},
    "look-alike": {"NAM.LOOKALIKE"},
    "misspelt import": {"NAM.WRONG_IMPORT", "NAM.LOOKALIKE", "NAM.MISSPELT"},
    "missing import": {"NAM.MISSING_IMPORT"},
    "missing self": {"NAM.MISSING_SELF"},
    "arity": {"TYP.ARITY"},
    "text for number": {"TYP.MISMATCH"},
    "none": {"TYP.NONE_ACCESS", "TYP.WRONG_RETURN"},
    "wrong key": {"TYP.WRONG_KEY"},
    "not awaited": {"TYP.NOT_AWAITED"},
    "wrong return": {"TYP.WRONG_RETURN", "TYP.NONE_ACCESS"},
}
"""Codes that fit a kind, the same for all languages."""


def table(scores: Mapping[str, Score]) -> str:
    head = f"{'kind':<22}{'faults':>7}{'crash':>7}{'named':>7}{'first':>7}{'top 3':>7}{'code':>7}{'extra':>7}"
    rows = [head]
    total = Score()
    for kind, score in scores.items():
        rows.append(row(kind, score))
        for name in ("faults", "crashed", "named", "first", "three", "code", "extra"):
            setattr(total, name, getattr(total, name) + getattr(score, name))
    rows.append(row("all", total))
    return "\n".join(rows)


def row(kind: str, score: Score) -> str:
    parts = (score.faults, score.crashed, score.named, score.first, score.three, score.code, score.extra)
    return f"{kind:<22}" + "".join(f"{part:>7}" for part in parts)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", default="python")
    parser.add_argument("--faults", type=int, default=65)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=3600, help="judge no more after so many")
    parser.add_argument("--kind", help="this kind only")
    parser.add_argument("--why", action="store_true", help="tell of each miss")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    sys.path.insert(0, str(Path(__file__).parent))
    language = importlib.import_module(f"planted_{given.language}")
    if given.kind:
        language.KINDS = {given.kind: language.KINDS[given.kind]}
    rng = random.Random(given.seed)
    scores: dict[str, Score] = defaultdict(Score)
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        for folder in (one, two):
            getattr(language, "prepare", lambda folder: None)(Path(folder))
        faults = list(planted(language, given.faults, rng, Path(one)))
        outputs = {}
        for program in {fault.program.name: fault.program for fault in faults}.values():
            lay(program.files, Path(one))
            outputs[program.name] = (run(program.command, Path(one)) or (1, b""))[1]
        root = Path(two).resolve()
        config = load(root, {"GOLDSEAM_LIMITS__COMMAND_SECONDS": str(SECONDS), "GOLDSEAM_ORACLE__RUNS": "1"})
        with assemble(root, config, Choice(remembers=False), Plugins()) as assembly:
            ends = time.monotonic() + given.seconds
            for fault in faults:
                if time.monotonic() > ends:
                    break
                judge(fault, assembly, outputs[fault.program.name], scores[fault.kind], given.why)
    report(scores, faults, given)
    return 0


def report(scores: Mapping[str, Score], faults: list[Fault], given: argparse.Namespace) -> None:
    total = sum(score.faults for score in scores.values())
    seconds = sorted(second for score in scores.values() for second in score.seconds)
    shares = {
        name: round(sum(getattr(score, name) for score in scores.values()) / total, 3)
        for name in ("crashed", "named", "first", "three", "code")
    }
    if given.json:
        by_kind = {kind: {**vars(score), "seconds": None} for kind, score in scores.items()}
        print(json.dumps({"faults": total, "shares": shares, "kinds": by_kind, "seed": given.seed}))
        return
    print(table(scores))
    print(f"programs: {dict(Counter(fault.program.name for fault in faults))}")
    print(f"shares of {total}: {shares}; seconds a fault, runs included: median {seconds[total // 2]:.2f}")


if __name__ == "__main__":
    sys.exit(main())
