"""Counts how packages write JavaScript, TypeScript and PHP, for the syntax finder's habits.

    python bench/brace_habits.py --script FOLDER… --php FOLDER… --out brace_habits.json

Only counts of token classes are kept, and only of those that occur often. Packages are told apart by a hash
of their name: those of `held_out` are left to the measurements (see `syntax_kinds_braces`).
"""

import argparse
import json
import zlib
from collections.abc import Iterator
from pathlib import Path

from goldseam.diagnose.syntax.brace_habits import Counts, count
from goldseam.diagnose.syntax.brace_php import php_tokens
from goldseam.diagnose.syntax.brace_reading import KEYWORDS, read
from goldseam.diagnose.syntax.brace_script import script_tokens
from goldseam.diagnose.syntax.brace_tokens import code_of

PARENTS = ("node_modules", "php", "wordpress")
BYTES = (300, 60_000)
WIDEST_LINE = 400


def package_of(path: Path) -> str:
    """The folder below the innermost parent of packages."""
    parts = path.parts
    at = max((number for number, part in enumerate(parts[:-1]) if part in PARENTS), default=len(parts) - 2)
    names = parts[at + 1 : at + 3] if parts[at + 1].startswith("@") else parts[at + 1 : at + 2]
    return "/".join(names)


def held_out(path: Path) -> bool:
    """Whether a file's package is kept for the measurements."""
    return zlib.crc32(package_of(path).encode()) % 2 == 0


def sources(folders: list[str], suffixes: tuple[str, ...]) -> Iterator[str]:
    for folder in folders:
        for path in sorted(Path(folder).rglob("*")):
            if path.suffix not in suffixes or not path.is_file() or path.name.endswith(".d.ts"):
                continue
            if held_out(path) or ".min." in path.name or not BYTES[0] <= path.stat().st_size <= BYTES[1]:
                continue
            text = path.read_bytes().decode("latin-1")
            if max(map(len, text.split("\n"))) <= WIDEST_LINE:
                yield text


def counted(family: str, folders: list[str], suffixes: tuple[str, ...], least: int, most: int) -> Counts:
    table: Counts = {}
    tokens = php_tokens if family == "php" else script_tokens
    for number, text in enumerate(sources(folders, suffixes)):
        if number >= most:
            break
        count(read(code_of(tokens(text)), text, KEYWORDS[family]).flow(), table)
    kept = {key: {t: n for t, n in row.items() if n >= least} for key, row in table.items()}
    return {key: row for key, row in sorted(kept.items()) if row}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--script", nargs="*", default=[])
    parser.add_argument("--php", nargs="*", default=[])
    parser.add_argument("--least", type=int, default=4)
    parser.add_argument("--most", type=int, default=1500, help="files of a family")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    table = {
        "script": counted(
            "script", options.script, (".js", ".ts", ".mjs", ".cjs"), options.least, options.most
        ),
        "php": counted("php", options.php, (".php",), options.least, options.most),
    }
    options.out.write_text(
        json.dumps(table, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8"
    )
    for family, rows in table.items():
        print(family, len(rows), "histories", sum(map(len, rows.values())), "counts")


if __name__ == "__main__":
    main()
