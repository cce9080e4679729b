"""False alarms and misses of the policy: `make bench-policy-corpus`.

Real changes: groups of hunks over 1 to 3 functions and at most 40 lines, between consecutive releases of
packages, fetched by `pip download` into a cache and read, never run. The change that is judged is the last
one of a release: the released file against itself with one group taken back, in the released project. Some
packages are held out: the rules were not changed for what they said of them.

Bad candidates: those of `tests/verify/policy/bad_candidates.py`. The held-out ones were written after the
rules; what the rules first missed of them is in `docs/journal.md`, and the rules have learnt from it since.
"""

import argparse
import ast
import json
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from functools import partial
from itertools import islice, pairwise
from pathlib import Path

from platformdirs import user_cache_path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "verify" / "policy"))

import policy_scripts
from bad_candidates import HELD_OUT_CANDIDATES, TUNED_CANDIDATES, BadCandidate
from bad_script_candidates import HELD_OUT_SCRIPTS, TUNED_SCRIPTS

from goldseam.core.incident import Frame, OracleSpec
from goldseam.core.observation import Failure, Observation
from goldseam.core.source import Snapshot
from goldseam.verify.policy.judging import rule_on
from goldseam.verify.policy.project import Project
from goldseam.verify.policy.ruling import Decision, Ruling

TUNED = {
    "werkzeug": ("3.0.0", "3.0.1", "3.0.2", "3.0.3", "3.0.4", "3.0.5", "3.0.6", "3.1.0"),
    "click": ("8.1.0", "8.1.2", "8.1.3", "8.1.4", "8.1.6", "8.1.7", "8.1.8"),
    "rich": ("13.7.0", "13.7.1", "13.8.0", "13.9.0", "13.9.3", "13.9.4"),
    "marshmallow": ("3.20.1", "3.20.2", "3.21.0", "3.21.2", "3.22.0", "3.23.0", "3.24.0"),
    "urllib3": ("2.0.4", "2.0.7", "2.1.0", "2.2.0", "2.2.1", "2.2.2", "2.2.3", "2.3.0"),
    "flask": ("2.3.0", "2.3.2", "2.3.3", "3.0.0", "3.0.2", "3.0.3", "3.1.0"),
    "jinja2": ("3.0.3", "3.1.0", "3.1.2", "3.1.3", "3.1.4", "3.1.5", "3.1.6"),
    "requests": ("2.28.2", "2.29.0", "2.30.0", "2.31.0", "2.32.0", "2.32.2", "2.32.3", "2.32.4"),
    "starlette": ("0.36.3", "0.37.2", "0.38.0", "0.38.6", "0.39.2", "0.41.0", "0.41.3"),
    "pytest": ("8.0.0", "8.0.2", "8.1.1", "8.2.0", "8.2.2", "8.3.2", "8.3.4"),
}
HELD_OUT = {
    "attrs": ("22.1.0", "22.2.0", "23.1.0", "23.2.0", "24.1.0", "24.2.0", "24.3.0", "25.1.0"),
    "packaging": ("22.0", "23.0", "23.1", "23.2", "24.0", "24.1", "24.2", "25.0"),
    "httpx": ("0.24.0", "0.24.1", "0.25.0", "0.25.2", "0.26.0", "0.27.0", "0.27.2", "0.28.0", "0.28.1"),
    "tqdm": ("4.64.0", "4.64.1", "4.65.0", "4.66.0", "4.66.2", "4.66.5", "4.67.0", "4.67.1"),
    "networkx": ("3.0", "3.1", "3.2", "3.2.1", "3.3", "3.4"),
}
MAX_LINES = 40
MAX_FUNCTIONS = 3
MOST_A_PACKAGE = 60


@dataclass(frozen=True)
class Change:
    """One real small change: `project` is the release that it completes."""

    package: str
    version: str
    path: str
    old: str
    new: str
    project: Project


@dataclass
class Tally:
    """Counts of one part."""

    n: int = 0
    rejected: int = 0
    reviewed: int = 0

    def add(self, decision: Decision) -> None:
        self.n += 1
        self.rejected += decision is Decision.REJECT
        self.reviewed += decision is Decision.REVIEW

    def shares(self) -> dict[str, float]:
        counts = {"rejected": self.rejected, "reviewed": self.reviewed}
        return {f"{name}_percent": round(100 * n / max(1, self.n), 2) for name, n in counts.items()}


def fetched(package: str, version: str, cache: Path) -> Path:
    """The wheel of one release: its sources, downloaded once, without dependencies."""
    folder = cache / f"{package}-{version}"
    if not list(folder.glob("*.whl")):
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"]
        subprocess.run([*command, "-d", folder, f"{package}=={version}"], check=True)
    return next(folder.glob("*.whl"))


def sources(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name.endswith(".py")}


def changes(package: str, versions: Sequence[str], cache: Path) -> Iterator[Change]:
    """Small changes of a package, release by release."""
    releases = [(version, sources(fetched(package, version, cache))) for version in versions]
    for (_, before), (version, after) in pairwise(releases):
        project = Project(partial(dict, after))
        for path in sorted(before.keys() & after.keys()):
            if before[path] != after[path] and "_vendor" not in path:
                for old, new in groups(before[path].decode(), after[path].decode()):
                    yield Change(package, version, path, old, new, project)


def groups(before: str, after: str) -> Iterator[tuple[str, str]]:
    """The new text with one group of hunks taken back, and the new text."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    hunks = [code[1:] for code in codes if code[0] != "equal"]
    places = function_lines(after)
    group: list[tuple[int, int, int, int]] = []
    for hunk in [*hunks, None]:
        grown = [*group, *([hunk] if hunk else [])]
        if hunk is None or size(grown) > MAX_LINES or len(touched(grown, places)) > MAX_FUNCTIONS:
            if group and size(group) <= MAX_LINES and 1 <= len(touched(group, places)) <= MAX_FUNCTIONS:
                taken_back = without(group, old, new)
                if meaning(taken_back) not in (None, meaning(after)):
                    yield taken_back, after
            grown = [hunk] if hunk else []
        group = grown


def size(group: Sequence[tuple[int, int, int, int]]) -> int:
    return sum(i2 - i1 + j2 - j1 for i1, i2, j1, j2 in group)


def touched(group: Sequence[tuple[int, int, int, int]], places: dict[int, str]) -> set[str]:
    return {
        places[line]
        for _, _, j1, j2 in group
        for line in range(j1 + 1, max(j2, j1 + 1) + 1)
        if line in places
    }


def function_lines(text: str) -> dict[int, str]:
    """Outermost function or method of each line."""
    found: dict[int, str] = {}
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return found
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for line in range(node.lineno, (node.end_lineno or node.lineno) + 1):
                found.setdefault(line, f"{node.name}:{node.lineno}")
    return found


def without(group: Sequence[tuple[int, int, int, int]], old: list[str], new: list[str]) -> str:
    lines = list(new)
    for i1, i2, j1, j2 in reversed(group):
        lines[j1:j2] = old[i1:i2]
    return "".join(lines)


def meaning(text: str) -> str | None:
    """The tree without docstrings; None if there is no tree."""
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return None
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            node.body = [
                s for s in body if not (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant))
            ]
    return ast.dump(tree)


def decision_of(rulings: Sequence[Ruling]) -> Decision:
    return max((ruling.decision for ruling in rulings), default=Decision.ALLOW)


def rulings_on_change(change: Change | policy_scripts.Change) -> tuple[Ruling, ...]:
    old, new = Snapshot({change.path: change.old.encode()}), Snapshot({change.path: change.new.encode()})
    return rule_on(old, new, OracleSpec(test="pytest"), [Observation()], project=change.project)


def rulings_on_candidate(bad: BadCandidate) -> tuple[Ruling, ...]:
    """With what the oracle would know: the traceback, the demanded output, the tests."""
    spec = OracleSpec(run=f"python3 {bad.path}", expected=bad.expected.encode() if bad.expected else None)
    raised_in = bad.path if bad.line else next(iter(bad.project), bad.path)
    failures = (Failure(bad.kind, "", (Frame(raised_in, bad.line or 5, "f"),)),) if bad.kind else ()
    project = Project(lambda: {path: text.encode() for path, text in bad.project.items()})
    old, new = Snapshot({bad.path: bad.old.encode()}), Snapshot({bad.path: bad.new.encode()})
    return rule_on(old, new, spec, [Observation(failures=failures)], project=project)


def changes_of(
    language: str, packages: dict[str, tuple[str, ...]], cache: Path
) -> Iterator[Change | policy_scripts.Change]:
    for package, versions in packages.items():
        if language == "python":
            yield from islice(changes(package, versions, cache), MOST_A_PACKAGE)
        else:
            yield from islice(policy_scripts.changes(language, package, versions, cache), MOST_A_PACKAGE)


def judge_changes(
    language: str, packages: dict[str, tuple[str, ...]], cache: Path, shown: bool
) -> tuple[Tally, Counter[str]]:
    tally, rules = Tally(), Counter[str]()
    for change in changes_of(language, packages, cache):
        rulings = rulings_on_change(change)
        decision = decision_of(rulings)
        tally.add(decision)
        gravest = {ruling.rule for ruling in rulings if ruling.decision is decision}
        rules.update(f"{decision.name.lower()} {rule}" for rule in gravest)
        if shown and rulings:
            texts = [f"{ruling.decision.name} [{ruling.rule}] {ruling.text}" for ruling in rulings]
            print(f"{change.package} {change.version}:", *texts, sep="\n    ", file=sys.stderr)
    return tally, rules


def judge_candidates(candidates: Sequence[BadCandidate], shown: bool) -> tuple[Tally, list[str]]:
    tally, missed = Tally(), []
    for bad in candidates:
        decision = decision_of(rulings_on_candidate(bad))
        tally.add(decision)
        if decision is Decision.ALLOW:
            missed.append(bad.name)
            if shown:
                print(f"missed: {bad.name}\n{bad.new}", file=sys.stderr)
    return tally, missed


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--show", choices=["tuned", "held_out"], help="print every objection and every miss")
    parser.add_argument("--language", choices=["python", "js", "php"], default="python")
    parser.add_argument("--part", choices=["tuned", "held_out"], help="only one half")
    parser.add_argument("--only", choices=["real", "bad"], help="only real changes, or only bad candidates")
    parser.add_argument("--cache", type=Path, default=user_cache_path("goldseam") / "bench" / "releases")
    options = parser.parse_args()
    report: dict[str, object] = {}
    stopped_all, real_all = Tally(), Tally()
    corpus = {
        "tuned": (TUNED, TUNED_CANDIDATES),
        "held_out": (HELD_OUT, HELD_OUT_CANDIDATES),
    }
    if options.language != "python":
        corpus = {
            "tuned": (policy_scripts.TUNED[options.language], TUNED_SCRIPTS[options.language]),
            "held_out": (policy_scripts.HELD_OUT[options.language], HELD_OUT_SCRIPTS[options.language]),
        }
    for part, (packages, candidates) in corpus.items():
        if options.part not in (None, part):
            continue
        packages = {} if options.only == "bad" else packages
        candidates = () if options.only == "real" else candidates
        real, rules = judge_changes(options.language, packages, options.cache, options.show == part)
        bad, missed = judge_candidates(candidates, options.show == part)
        report[part] = {
            "real_changes": {**asdict(real), **real.shares(), "rules": dict(rules.most_common())},
            "bad_candidates": {**asdict(bad), **bad.shares(), "missed": missed},
        }
        for name in ("n", "rejected", "reviewed"):
            setattr(stopped_all, name, getattr(stopped_all, name) + getattr(bad, name))
            setattr(real_all, name, getattr(real_all, name) + getattr(real, name))
    stopped = 100 * (stopped_all.rejected + stopped_all.reviewed) / max(1, stopped_all.n)
    report["all"] = {
        "real_changes": {**asdict(real_all), **real_all.shares()},
        "bad_candidates": {**asdict(stopped_all), "stopped_percent": round(stopped, 2)},
    }
    print(json.dumps(report, indent=2))
    shares = real_all.shares()
    held = shares["rejected_percent"] < 3 and shares["reviewed_percent"] < 15 and stopped >= 98
    least = {"python": (300, 150), "js": (150, 30), "php": (60, 30)}[options.language]
    enough = options.part or options.only or (real_all.n >= least[0] and stopped_all.n >= least[1])
    return 0 if options.only or (held and enough) else 1


if __name__ == "__main__":
    sys.exit(main())
