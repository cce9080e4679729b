"""What a scan costs against a process per file: `make bench-scan ARGS="--files 1000 10000"`.

For each language its files are copied into a fresh folder, then timed in one run: a process per file over a
sample, a cold scan with its workers' start and an empty memory, a scan after ten files have changed, and a
scan with nothing changed. Ratios are by the sample's time per file. The files are those of this interpreter,
of `--sources` folders, and of what Debian ships below /usr/share.
"""

import argparse
import itertools
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from goldseam.config import load
from goldseam.core.language import Language
from goldseam.detect.syntax_scan import scan
from goldseam.plugins import Plugins
from goldseam.store.scans import SqliteSeen
from goldseam.wiring import open_checker

EACH = {
    "python": [sys.executable, "-I", "-S", "-m", "py_compile"],
    "javascript": ["node", "--check"],
    "php": ["php", "-l"],
}
PLACES = (
    Path(sysconfig.get_paths()["stdlib"]),
    Path(sysconfig.get_paths()["purelib"]),
    Path("/usr/share/nodejs"),
    Path("/usr/lib/node_modules"),
    Path("/usr/share/php"),
)
SAMPLE = 60
MOST_BYTES = 200_000


def sources(places: list[Path], language: Language) -> Iterator[Path]:
    """Files of a language below the places, none twice."""
    for place in places:
        for folder, _, names in os.walk(place):
            for name in sorted(names):
                path = Path(folder, name)
                if path.suffix in language.suffixes and path.is_file() and path.stat().st_size < MOST_BYTES:
                    yield path


def laid_out(found: list[Path], count: int, target: Path) -> list[Path]:
    """`count` files in folders of fifty, the same sources again and again if there are too few."""
    made = []
    for number, source in enumerate(itertools.islice(itertools.cycle(found), count)):
        path = target / f"d{number // 50}" / f"f{number}{source.suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, path)
        made.append(path)
    return made


def seconds_of(command: list[str], files: list[Path]) -> float:
    """Seconds a file, one process each."""
    sample = files[:: max(1, len(files) // SAMPLE)][:SAMPLE]
    start = time.perf_counter()
    for path in sample:
        subprocess.run([*command, str(path)], capture_output=True, check=False)
    return (time.perf_counter() - start) / len(sample)


def measured(language: Language, found: list[Path], count: int) -> dict[str, object]:
    with tempfile.TemporaryDirectory(prefix="goldseam-scan-") as name:
        root = Path(name).resolve() / "tree"
        files = laid_out(found, count, root)
        each = seconds_of(EACH[language.name], files)
        for path in root.rglob("__pycache__"):
            shutil.rmtree(path)
        settle()
        memory = Path(name) / "seen.db"
        cold, first = timed(root, language, memory)
        for path in files[:: len(files) // 10][:10]:
            path.write_bytes(path.read_bytes() + b"\n")
        changed, second = timed(root, language, memory)
        settle()
        timed(root, language, memory)
        unchanged = min(timed(root, language, memory)[0] for _ in range(3))
        assert first.read == count
        assert second.read == 10
    return {
        "language": language.name,
        "files": count,
        "broken": len(first.broken),
        "each_ms": round(each * 1000, 1),
        "cold_ms": round(cold * 1000),
        "cold_ratio": round(each * count / cold),
        "ten_changed_ms": round(changed * 1000),
        "unchanged_ms": round(unchanged * 1000, 1),
    }


def settle() -> None:
    """Wait until no file has changed lately."""
    time.sleep(2.2)


def timed(root: Path, language: Language, memory: Path):
    """Seconds of one scan inside the process, workers' start included, and what it found."""
    config = load(root)
    start = time.perf_counter()
    with open_checker(config, (language,)) as checker:
        found = scan(root, root, (language,), checker, SqliteSeen(memory, "bench"))
        seconds = time.perf_counter() - start
    return seconds, found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--files", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--sources", type=Path, nargs="*", default=[])
    parser.add_argument("--language", choices=[*EACH, "all"], default="all")
    given = parser.parse_args()
    for language in Plugins().languages():
        if language.name not in EACH or given.language not in ("all", language.name):
            continue
        found = list(sources([*given.sources, *PLACES], language))[: max(given.files)]
        if not found:
            print(f"no {language.name} files here; name some with --sources", file=sys.stderr)
            continue
        for count in given.files:
            print(json.dumps({**measured(language, found, count), "sources": len(found)}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
