"""How often rules of meaning speak of healthy code: `make bench-healthy-rules ARGS="--files 1000"`.

Draws files from a folder of installed packages (that of this interpreter, or `--folder`), looks at the files
of each package together, as one project, and counts the files in which each rule reports. Nothing here is
known to be wrong, so each report counts against its rule. Prints a table, or with `--json` one document.
"""

import argparse
import json
import random
import statistics
import sys
import sysconfig
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from goldseam.diagnose.rules import RULES
from goldseam.languages.python import encoding_of
from goldseam.languages.python_view import MOST_BYTES, MOST_BYTES_IN_ALL, view_of

MOST_A_RULE = 5


def drawn(folders: list[Path], count: int, seed: int) -> list[dict[str, bytes]]:
    """`count` files at random, by package."""
    found = [
        (folder, path)
        for folder in folders
        for path in sorted(folder.rglob("*.py"))
        if 0 < path.stat().st_size <= MOST_BYTES and "lib2to3/tests/data" not in str(path)
    ]
    packages: dict[str, dict[str, bytes]] = defaultdict(dict)
    for folder, path in random.Random(seed).sample(found, min(count, len(found))):
        relative = path.relative_to(folder)
        packages[relative.parts[0]][relative.as_posix()] = path.read_bytes()
    return [part for package in packages.values() for part in parts(package)]


def parts(package: dict[str, bytes]) -> Iterator[dict[str, bytes]]:
    """A package in parts of the size that is looked at as a whole."""
    part: dict[str, bytes] = {}
    for path, data in package.items():
        if part and sum(map(len, part.values())) + len(data) > MOST_BYTES_IN_ALL:
            yield part
            part = {}
        part[path] = data
    yield part


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, action="append")
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", default="", help="print every report of this rule")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    folders = given.folder or [Path(sysconfig.get_path("purelib"))]
    reported: dict[str, set[str]] = {rule.name: set() for rule in RULES}
    spent: dict[str, float] = dict.fromkeys(reported, 0.0)
    costs: list[tuple[float, int]] = []
    files = parsed = 0
    for package in drawn(folders, given.files, given.seed):
        started = time.process_time()
        project = view_of(package, encoding_of)
        files, parsed = files + len(package), parsed + len(project.modules)
        for rule in RULES:
            before = time.process_time()
            for fault in rule.find(project):
                reported[rule.name].add(fault.path)
                if given.show in (rule.name, "all"):
                    line = project.modules[fault.path].line_at(fault.span.start)
                    print(f"{rule.name} {fault.path}:{line}: {fault.message}", file=sys.stderr)
            spent[rule.name] += time.process_time() - before
        lines = sum(data.count(b"\n") for data in package.values())
        costs.append((time.process_time() - started, lines))
    a_line = sum(seconds for seconds, _ in costs) / max(1, sum(lines for _, lines in costs))
    result = {
        "seed": given.seed,
        "files": files,
        "parsed": parsed,
        "milliseconds_a_1000_lines": round(a_line * 1e6, 1),
        "median_package_seconds": round(statistics.median(seconds for seconds, _ in costs), 3),
        "files_reported": {name: len(paths) for name, paths in reported.items()},
        "too_many": [name for name, paths in reported.items() if len(paths) > MOST_A_RULE],
    }
    if given.json:
        print(json.dumps(result))
        return bool(result["too_many"])
    print(
        f"{files} files, {parsed} parsed; {result['milliseconds_a_1000_lines']} ms of processor"
        " a 1,000 lines, all rules"
    )
    for name, paths in reported.items():
        mark = "  too many" if len(paths) > MOST_A_RULE else ""
        print(f"{name:24} {len(paths):4} files  {spent[name]:6.2f} s{mark}")
    return bool(result["too_many"])


if __name__ == "__main__":
    sys.exit(main())
