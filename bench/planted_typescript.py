"""Programs and planters of single name and type faults in TypeScript; see `single_faults`.

The programs run by `tsx`, which npm fetches once, as `programs/typescript/package-lock.json` pins it.
"""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import planted_javascript
from platformdirs import user_cache_path
from single_faults import Program

HERE = Path(__file__).parent / "programs" / "typescript"
PACKAGES = ("package.json", "package-lock.json")


def _programs() -> Iterator[Program]:
    for folder in sorted(path for path in HERE.iterdir() if path.is_dir()):
        files = {path.name: path.read_text("utf-8") for path in sorted(folder.iterdir())}
        yield Program(folder.name, files, "node --import tsx main.ts")


PROGRAMS = list(_programs())
KINDS = planted_javascript.KINDS


def prepare(folder: Path) -> None:
    """What runs TypeScript, in the folder's `node_modules`."""
    kept = user_cache_path("goldseam") / "bench-typescript"
    lock = HERE / "package-lock.json"
    if not (kept / lock.name).exists() or (kept / lock.name).read_bytes() != lock.read_bytes():
        kept.mkdir(parents=True, exist_ok=True)
        for name in PACKAGES:
            shutil.copyfile(HERE / name, kept / name)
        subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=kept, check=True)
    shutil.copytree(kept / "node_modules", folder / "node_modules")


def covered(program: Program, folder: Path) -> dict[str, frozenset[int]]:
    """All lines: a fault where nothing runs turns no run red."""
    return {
        path: frozenset(number for number, line in enumerate(text.splitlines(), 1) if line.strip())
        for path, text in program.files.items()
    }
