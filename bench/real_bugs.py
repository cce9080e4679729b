"""Real bugs, found at run time between releases of packages: `make bench-real-bugs ARGS=--list`.

Of two consecutive source releases, one or two functions of the newer one are put back to what they were in
the older one. It is a bug where tests that are new or changed in the newer release pass on it, fail on the
older one and fail with these functions alone put back, while other tests of the same files pass. Nothing of
this is committed: the releases and what was found in them (`found.json`) lie in the user's cache.

The solver gets the project with the tests that show the bug; where several test functions do, every second
one is held back together with all that the newer release's test files say.

    python bench/real_bugs.py --list --enough 20
    python bench/real_bugs.py --no-model --json rows.jsonl
"""

import argparse
import json
import os
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations, islice, pairwise
from pathlib import Path
from subprocess import SubprocessError

from bug_sets import Bug, Fix, runs
from ladder import add_options, judge
from platformdirs import user_cache_path
from releases import (
    Places,
    changed,
    cut,
    fetched,
    is_test,
    is_test_module,
    places,
    project,
    texts,
    with_functions_of,
    without_functions,
)

from goldseam.core.errors import GoldseamError
from goldseam.core.observation import Ended

PACKAGES = {
    "xmltodict": "0.10.2 0.11.0 0.12.0 0.13.0 0.14.0 0.14.1 0.14.2 0.15.0 0.15.1",
    "pathspec": "0.8.0 0.8.1 0.9.0 0.10.0 0.10.1 0.10.2 0.10.3 0.11.0 0.11.1 0.11.2 0.12.0 0.12.1",
    "voluptuous": "0.11.7 0.12.0 0.12.1 0.12.2 0.13.0 0.13.1 0.14.0 0.14.1 0.14.2 0.15.0 0.15.1 0.15.2",
    "w3lib": "1.19.0 1.20.0 1.21.0 1.22.0 2.0.0 2.0.1 2.1.0 2.1.1 2.1.2 2.2.0 2.2.1",
    "tabulate": "0.8.5 0.8.6 0.8.7 0.8.8 0.8.9 0.8.10 0.9.0",
    "schema": "0.7.0 0.7.1 0.7.2 0.7.3 0.7.4 0.7.5 0.7.7",
    "humanize": "3.9.0 3.10.0 3.11.0 3.12.0 3.13.0 3.13.1 3.14.0 4.0.0 4.1.0 4.2.0 4.2.1 4.2.2 4.2.3",
    "cachetools": "4.1.0 4.1.1 4.2.0 4.2.1 4.2.2 5.0.0 5.1.0 5.2.0 5.2.1 5.3.0",
    "boltons": "20.2.0 20.2.1 21.0.0 23.0.0 23.1.0 23.1.1 24.0.0 24.1.0 25.0.0",
    "pyflakes": "2.2.0 2.3.0 2.3.1 2.4.0 2.5.0 3.0.0 3.0.1 3.1.0 3.2.0",
    "tomlkit": "0.7.0 0.7.1 0.7.2 0.8.0 0.9.0 0.9.1 0.9.2 0.10.0 0.10.1 0.11.0 0.11.1 0.11.2 0.11.3",
    "sqlparse": "0.4.1 0.4.2 0.4.3 0.4.4 0.5.0 0.5.1 0.5.2 0.5.3 0.5.4",
    "more-itertools": "8.2.0 8.3.0 8.4.0 8.5.0 8.6.0 8.7.0 8.8.0 8.9.0 8.10.0 8.11.0 8.12.0",
    "mistune": "2.0.1 2.0.2 2.0.3 2.0.4 3.0.0 3.0.1 3.0.2 3.1.0 3.1.1 3.1.2 3.1.3",
    "markdown": (
        "3.3.1 3.3.2 3.3.3 3.3.4 3.3.6 3.3.7 3.4.1 3.4.2 3.4.3 3.4.4 3.5.1 3.5.2 3.6 3.7 3.8 3.8.1 3.8.2"
    ),
}
"""Releases of fifteen packages in pure Python, whose sources hold tests that need no other package."""

MOST_A_PACKAGE = 5
MOST_FUNCTIONS = 12
MOST_IN_PAIRS = 4
MOST_FAILING = 12
"""Where more fail, the function put back does not fit what else the release has changed."""


@dataclass(frozen=True)
class Found:
    """Functions of `path` that, as they were in `older`, make `failing` tests of `newer` fail.

    `tests` are the test files, `broken` those of their tests that fail on `newer` too; `is_whole` says
    whether the release changes no other function.
    """

    package: str
    older: str
    newer: str
    path: str
    functions: list[str]
    failing: list[str]
    tests: list[str]
    broken: list[str]
    is_whole: bool

    @property
    def name(self) -> str:
        return f"{self.package}-{self.newer}-{self.functions[0].rsplit('.', 1)[-1]}"


def results(files: Mapping[str, bytes], *commands: str) -> list[tuple[set[str], set[str]]]:
    """For each command the ids of the tests that pass and of those that fail, all in one box.

    `TimeoutError` where one does not end in time: that tells nothing of its tests.
    """
    like = Bug("release", "python", "", "", False, files, {}, (), "")
    found = []
    for run in runs(like, files, *commands):
        if run.ended is not Ended.EXITED:
            raise TimeoutError(f"after {run.seconds:.0f} s: {run.command}")
        passed, failed = set(), set()
        for line in run.stdout.decode("utf-8", "replace").splitlines():
            word, _, rest = line.partition(" ")
            if word in ("PASSED", "FAILED", "ERROR"):
                (passed if word == "PASSED" else failed).add(rest.split(" - ", 1)[0])
        found.append((passed, failed))
    return found


def verbose(tests: Collection[str]) -> str:
    """Pytest with a line for each test; it never takes a compiled file for that of another candidate."""
    options = "-q --tb=no -rA -p no:cacheprovider"
    return f"PYTHONDONTWRITEBYTECODE=1 python3 -m pytest {options} {' '.join(sorted(tests))}"


def bugs_between(package: str, older: str, newer: str, cache: Path) -> Iterator[Found]:
    """The bugs that one release has mended and shows by its own tests."""
    before = project(fetched(package, older, cache), package, older)
    after = project(fetched(package, newer, cache), package, newer)
    tests = [path for path in after if is_test_module(path) and after[path] != before.get(path)]
    old, new = texts(before), texts(after)
    touched = [
        (path, name)
        for path in new.keys() & old.keys()
        for name in changed(old[path], new[path])
        if not name.endswith("__init__")
    ]
    if not tests or not 0 < len(touched) <= MOST_FUNCTIONS:
        return
    [(good, broken)] = results(after, verbose(tests))
    kept = {path: data for path, data in after.items() if is_test(path) or path not in before}
    [(still, _)] = results({**before, **kept}, verbose(tests))
    shown = good - still
    tests = sorted({test.split("::")[0] for test in shown})
    explained: set[str] = set()
    for group, passed in _put_back(sorted(touched), old, new, after, tests) if tests else ():
        path, names = group[0][0], [name for _, name in group]
        failing = {test for test in good - passed if test.split("::")[0] in tests}
        if 0 < len(failing) <= MOST_FAILING and failing <= shown and passed and not failing <= explained:
            explained |= failing
            told = (sorted(failing), tests, sorted(broken), len(group) == len(touched))
            yield Found(package, older, newer, path, names, *told)


def _put_back(
    touched: Sequence[tuple[str, str]],
    old: Mapping[str, str],
    new: Mapping[str, str],
    after: Mapping[str, bytes],
    tests: Sequence[str],
) -> Iterator[tuple[list[tuple[str, str]], set[str]]]:
    """Each function put back alone, few ones also in pairs, and the tests that pass then; all in one box."""
    groups = [[one] for one in touched]
    if len(touched) <= MOST_IN_PAIRS:
        groups += [list(pair) for pair in combinations(touched, 2) if pair[0][0] == pair[1][0]]
    files, commands = dict(after), []
    for number, group in enumerate(groups):
        path = group[0][0]
        text = with_functions_of(old[path], new[path], [name for _, name in group])
        files[f"was/{number}.txt"], files[f"is/{number}.txt"] = text.encode(), after[path]
        commands.append(f"cp was/{number}.txt {path}; {verbose(tests)}; cp is/{number}.txt {path}")
    for group, (passed, _) in zip(groups, results(files, *commands), strict=True):
        yield group, passed


def bug_of(found: Found, cache: Path) -> Bug:
    """What the ladder takes: the project with its bug, tests that show it, tests that judge a repair."""
    before = project(fetched(found.package, found.older, cache), found.package, found.older)
    after = project(fetched(found.package, found.newer, cache), found.package, found.newer)
    old, new = before[found.path].decode(), after[found.path].decode()
    spots, were = places(new), places(old)
    fixes = tuple(
        Fix(found.path, cut(old, were[name]), cut(new, spots[name]), "LOG", name) for name in found.functions
    )
    showing = sorted({test.split("::")[0] for test in found.failing})
    hidden = held_back(found.failing, {path: places(after[path].decode()) for path in found.tests})
    seen = {
        path: without_functions(after[path].decode(), hidden.get(path, [])).encode()
        for path in found.tests
        if hidden.get(path)
    }
    broken_text = with_functions_of(old, new, found.functions)
    return Bug(
        found.name,
        "python",
        f"{', '.join(found.functions)} of {found.package} as before {found.newer}",
        "real",
        all('"""' in fix.new for fix in fixes),
        {**after, **seen, found.path: broken_text.encode()},
        {path: after[path] for path in found.tests},
        fixes,
        command(found.tests, found.broken),
        test=command(showing, found.broken),
    )


def held_back(failing: Sequence[str], known: Mapping[str, Places]) -> dict[str, list[str]]:
    """By test file, every second test function of those that fail; inherited ones stay."""
    functions: dict[str, list[str]] = {}
    for test in failing:
        path, *names = test.split("[")[0].split("::")
        name = ".".join(names)
        if name in known.get(path, ()) and name not in functions.setdefault(path, []):
            functions[path].append(name)
    flat = [(path, name) for path, names in functions.items() for name in names]
    return {path: [name for at, (of, name) in enumerate(flat) if of == path and at % 2] for path in functions}


def command(tests: Sequence[str], broken: Collection[str]) -> str:
    """The tests of some files that pass where nothing is wrong."""
    left_out = sorted({test.split("[")[0] for test in broken if test.split("::")[0] in tests})
    return " ".join(["python3 -m pytest -q", *(f"--deselect {test}" for test in left_out), *tests])


def search(cache: Path, enough: int, only: Collection[str]) -> Iterator[Found]:
    """What is known, and then what is found in releases not yet compared, until there is enough."""
    known = json.loads(store.read_text()) if (store := cache / "found.json").exists() else {}
    count = 0
    for package, versions in PACKAGES.items():
        of_package = 0
        for older, newer in pairwise(versions.split() if not only or package in only else ()):
            key = f"{package} {older} {newer}"
            if key not in known:
                if count >= enough or of_package >= MOST_A_PACKAGE:
                    break
                try:
                    bugs = islice(bugs_between(package, older, newer, cache), MOST_A_PACKAGE)
                    known[key] = [asdict(one) for one in bugs]
                except (GoldseamError, SubprocessError, OSError) as error:
                    print(f"{key}: {error}", file=sys.stderr)
                    continue
                store.write_text(json.dumps(known, indent=1))
            for told in islice(known[key], MOST_A_PACKAGE - of_package):
                of_package += 1
                count += 1
                yield Found(**told)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--list", action="store_true", help="find and print, repair nothing")
    parser.add_argument("--enough", type=int, default=24, help="how many to look for")
    parser.add_argument("--package", nargs="*", default=(), choices=PACKAGES)
    parser.add_argument("--only", nargs="*", default=(), help="names")
    add_options(parser)
    parser.add_argument("--cache", type=Path, default=user_cache_path("goldseam-bench"))
    given = parser.parse_args()
    os.environ.setdefault("VIRTUAL_ENV", sys.prefix)
    given.cache.mkdir(parents=True, exist_ok=True)
    bugs = []
    for found in search(given.cache, given.enough, given.package):
        if given.only and found.name not in given.only:
            continue
        whole = "the whole release" if found.is_whole else "of the release"
        tests = ", ".join(test.split("::", 1)[-1] for test in found.failing[:3])
        print(
            f"{found.name} ({found.older}): {found.path} {' '.join(found.functions)} ({whole}); {tests}",
            flush=True,
        )
        bugs.append(bug_of(found, given.cache))
    print(f"{len(bugs)} of {len({bug.name.split('-')[0] for bug in bugs})} packages")
    return 0 if given.list else judge(bugs, given)


if __name__ == "__main__":
    sys.exit(main())
