"""Plants syntax faults into real files and measures what the finder says of them.

    python bench/syntax_faults.py --language python --seed 1 --files 60 [--kinds later] [--json]

Each file gets 1 to 6 faults (`--faults` fixes the number), each of which alone makes it unparsable, on lines
at least three apart. A root fault is found if a reported fault starts on a line of the planted one (or one of
its fixing edits does); every report that matches none is false. "Repaired" applies all fixes at once: does
the file parse, and has it the tokens of the original? Nothing of the files is written anywhere.

A language is a module `syntax_kinds_NAME` beside this one with `SUFFIX`, `KINDS`, `SECOND` and `LATER`
(name -> kind), `folders()`, `tokens(text)` and `signature(text)`, see `syntax_kinds_python`; with
`accepts(path)` it may leave files out.
"""

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from inspect import signature
from pathlib import Path
from types import ModuleType

sys.path.insert(0, str(Path(__file__).parent))

from goldseam.config import load
from goldseam.core.candidate import Verdict
from goldseam.core.case import Case
from goldseam.core.fault import Fault
from goldseam.core.incident import Incident, OracleSpec
from goldseam.core.observation import Observation
from goldseam.core.source import Snapshot, apply_edits, position_of
from goldseam.plugins import Plugins
from goldseam.wiring import Assembly, Choice, assemble

LINES = (15, 1500)
APART = 3
TRIES = 60


@dataclass(frozen=True, slots=True)
class Plant:
    """Replace characters `start` to `end` by `new`: one fault."""

    start: int
    end: int
    new: str


Kind = Callable[[str, Sequence, random.Random], Plant | None]


@dataclass(frozen=True, slots=True)
class Broken:
    """A file with faults: `lines` are the first and last line of each fault in the broken text."""

    path: str
    original: str
    text: str
    kinds: tuple[str, ...]
    lines: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Score:
    """What became of one broken file; `hits` by kind, `exact` None without fixes that parse."""

    broken: Broken
    hits: tuple[bool, ...]
    false: int
    parses: bool
    exact: bool
    seconds: float
    faults: tuple[Fault, ...]


def sources(kinds: ModuleType, rng: random.Random, count: int, parses: Callable[[str], bool]) -> Iterator:
    """Real files that parse, in random order."""
    every = sorted({path for folder in kinds.folders() for path in Path(folder).rglob(f"*{kinds.SUFFIX}")})
    rng.shuffle(every)
    given = 0
    accepts = getattr(kinds, "accepts", lambda path: True)
    for path in every:
        if not accepts(path):
            continue
        try:
            text = path.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        if "\r" in text or not LINES[0] <= text.count("\n") <= LINES[1] or not parses(text):
            continue
        yield path, text
        given += 1
        if given == count:
            return


def plant(
    text: str, path: str, kinds: ModuleType, table: dict[str, Kind], count: int, rng: random.Random, parses
) -> Broken | None:
    """The text with `count` faults, or None if too few could be planted."""
    tokens = kinds.tokens(text)
    chosen: list[tuple[Plant, str]] = []
    for _ in range(TRIES * count):
        if len(chosen) == count:
            break
        name = rng.choice(sorted(table))
        made = table[name](text, tokens, rng)
        if made is None or any(_near(text, made, other) for other, _ in chosen):
            continue
        if not parses(text[: made.start] + made.new + text[made.end :]):
            chosen.append((made, name))
    if len(chosen) < count:
        return None
    return _broken(text, path, sorted(chosen, key=lambda pair: pair[0].start))


def _near(text: str, left: Plant, right: Plant) -> bool:
    first, second = sorted((left, right), key=lambda one: one.start)
    return first.end > second.start or text.count("\n", first.end, second.start) < APART


def _broken(text: str, path: str, chosen: list[tuple[Plant, str]]) -> Broken:
    parts, position, lines, line = [], 0, [], 1
    for made, _ in chosen:
        kept = text[position : made.start]
        line += kept.count("\n")
        touched = made.new.rstrip("\n") if made.new else ""
        lines.append((line, line + touched.count("\n")))
        line += made.new.count("\n")
        parts += [kept, made.new]
        position = made.end
    parts.append(text[position:])
    return Broken(path, text, "".join(parts), tuple(name for _, name in chosen), tuple(lines))


class Finder:
    """The product's syntax analyzers, asked as `diagnose` does."""

    def __init__(
        self, assembly: Assembly, plugins: Plugins, suffix: str, seconds: float = 0.0, here: object = None
    ) -> None:
        self._assembly, self._path = assembly, f"program{suffix}"
        offered = {"tools": here or assembly.tools, "languages": assembly.languages}
        self._clock = time.process_time if here else time.perf_counter
        modules = [import_module(name) for name in plugins.modules if name.endswith("_syntax")]
        for module in modules:
            if seconds and hasattr(module, "SECONDS"):
                module.SECONDS = seconds
        self._analyzers = [
            analyzer
            for module in modules
            for analyzer in module.goldseam_analyzers(
                **{name: offered[name] for name in signature(module.goldseam_analyzers).parameters}
            )
        ]

    def parses(self, text: str) -> bool:
        return self._assembly.checker.check(self._path, text.encode()) is None

    def find(self, text: str) -> tuple[list[Fault], float]:
        data = text.encode()
        problem = self._assembly.checker.check(self._path, data)
        observation = Observation(syntax=() if problem is None else (problem,))
        snapshot = Snapshot({self._path: data})
        incident = Incident(self._path, (self._path,), "bench", OracleSpec())
        case = Case(incident, snapshot, snapshot, Verdict(False, (), (), "", observation))
        began = self._clock()
        found = [fault for analyze in self._analyzers for fault in analyze(case)]
        return found, self._clock() - began


def score(broken: Broken, finder: Finder, kinds: ModuleType) -> Score:
    faults, seconds = finder.find(broken.text)
    data = broken.text.encode()
    reported = [_lines(fault, data) for fault in faults]
    left, hits = list(reported), []
    for first, last in broken.lines:
        match = next((lines for lines in left if any(first <= line <= last for line in lines)), None)
        hits.append(match is not None)
        if match is not None:
            left.remove(match)
    mended = _mended(data, faults)
    parses = mended is not None and finder.parses(mended)
    exact = parses and kinds.signature(mended) == kinds.signature(broken.original)
    return Score(broken, tuple(hits), len(left), parses, exact, seconds, tuple(faults))


def _lines(fault: Fault, data: bytes) -> set[int]:
    places = [fault.span.start, *(edit.span.start for edit in fault.fix)]
    return {position_of(data, place)[0] for place in places}


def _mended(data: bytes, faults: Sequence[Fault]) -> str | None:
    edits = list(dict.fromkeys(edit for fault in faults for edit in fault.fix))
    try:
        return apply_edits(data, edits).decode()
    except (ValueError, UnicodeDecodeError):
        return None


def table_of(scores: Sequence[Score]) -> dict[str, object]:
    """The figures, by number of faults and by kind."""
    by_count = {}
    for count in sorted({len(one.hits) for one in scores}):
        some = [one for one in scores if len(one.hits) == count]
        by_count[count] = {
            "files": len(some),
            "right line": _share(hit for one in some for hit in one.hits),
            "false a file": round(sum(one.false for one in some) / len(some), 3),
            "parses": _share(one.parses for one in some),
            "same tokens": _share(one.exact for one in some),
            "ms p50": round(statistics.median(one.seconds for one in some) * 1000, 1),
        }
    hits, totals = Counter(), Counter()
    for one in scores:
        for name, hit in zip(one.broken.kinds, one.hits, strict=True):
            totals[name] += 1
            hits[name] += hit
    alone = {}
    for name in sorted(totals):
        some = [one for one in scores if one.broken.kinds == (name,)]
        alone[name] = f"{hits[name]}/{totals[name]}" + (
            f", alone exact {sum(one.exact for one in some)}/{len(some)}" if some else ""
        )
    times = sorted(one.seconds for one in scores)
    return {
        "files": len(scores),
        "false a file": round(sum(one.false for one in scores) / max(1, len(scores)), 3),
        "ms": {
            "p50": round(statistics.median(times) * 1000, 1),
            "p95": round(times[int(len(times) * 0.95)] * 1000, 1),
            "max": round(times[-1] * 1000, 1),
        },
        "by number of faults": by_count,
        "by kind (right line)": alone,
    }


def _share(values: Iterator[bool]) -> float:
    every = list(values)
    return round(sum(every) / max(1, len(every)), 4)


def tell(one: Score) -> None:
    """A miss, for a developer's eyes."""
    lines = one.broken.text.splitlines()
    print(f"--- {one.broken.path} {one.broken.kinds} {one.broken.lines} hits={one.hits} false={one.false}"
          f" parses={one.parses} exact={one.exact} {one.seconds * 1000:.0f} ms")  # fmt: skip
    for first, last in one.broken.lines:
        for number in range(max(1, first - 2), min(len(lines), last + 2) + 1):
            print(f"   {'>' if first <= number <= last else ' '}{number:5} {lines[number - 1][:110]}")
    data = one.broken.text.encode()
    for fault in one.faults:
        edits = [
            (position_of(data, e.span.start), data[e.span.start : e.span.end], e.replacement)
            for e in fault.fix
        ]
        print("   =", fault.code, position_of(data, fault.span.start), fault.message[:70], edits[:4])


def measure(options: argparse.Namespace) -> list[Score]:
    kinds = import_module(f"syntax_kinds_{options.language}")
    tables = {"known": kinds.KINDS, "second": kinds.SECOND, "later": kinds.LATER}
    tables["all"] = {**kinds.KINDS, **kinds.SECOND, **kinds.LATER}
    table = tables[options.kinds]
    if options.only:
        table = {name: table[name] for name in options.only.split(",")}
    plugins, rng = Plugins(), random.Random(options.seed)
    scores = []
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        with assemble(root, load(root, {}), Choice(remembers=False), plugins) as assembly:
            finder = Finder(
                assembly, plugins, kinds.SUFFIX, options.seconds, kinds.here() if options.here else None
            )
            finder.find("x = (\n")
            for number, (path, text) in enumerate(sources(kinds, rng, options.files, finder.parses)):
                count = options.faults or 1 + number % options.most
                broken = plant(text, str(path), kinds, table, count, rng, finder.parses)
                if broken is None:
                    continue
                scores.append(score(broken, finder, kinds))
                if options.show and not (scores[-1].exact and all(scores[-1].hits) and not scores[-1].false):
                    tell(scores[-1])
    return scores


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--language", default="python")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--files", type=int, default=60)
    parser.add_argument("--faults", type=int, default=0, help="faults a file; 0: 1 to --most in turn")
    parser.add_argument("--most", type=int, default=6)
    parser.add_argument("--kinds", choices=("known", "second", "later", "all"), default="known")
    parser.add_argument("--seconds", type=float, default=0.0, help="another time limit, on a loaded machine")
    parser.add_argument("--here", action="store_true", help="parse in this process and count processor time")
    parser.add_argument("--only", help="kinds by name, separated by commas")
    parser.add_argument("--show", action="store_true", help="print every file that is not perfect")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = table_of(measure(options))
    print(json.dumps(figures, indent=None if options.json else 2))


if __name__ == "__main__":
    main()
