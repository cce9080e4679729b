"""Packages of npm that tests run: fetched once, as a lock in the repository pins them, and then kept."""

import shutil
import subprocess
import warnings
from pathlib import Path

from goldseam.languages.tools.fetching import tools_folder

_ARGUMENTS = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
_FILES = ("package.json", "package-lock.json")
SECONDS = 300


def fetched(folder: Path, name: str) -> Path | None:
    """`node_modules` as the lock in `folder` pins it; None, said in a warning, where npm cannot fetch."""
    if not shutil.which("npm"):
        warnings.warn(f"npm is not installed: {name} is NOT tested", stacklevel=2)
        return None
    kept = tools_folder().parent / name
    lock = kept / _FILES[1]
    if not (
        lock.exists() and lock.read_bytes() == (folder / _FILES[1]).read_bytes() and (kept / "whole").exists()
    ):
        shutil.rmtree(kept, ignore_errors=True)
        kept.mkdir(parents=True)
        for file in _FILES:
            shutil.copyfile(folder / file, kept / file)
        ended = subprocess.run(
            ["npm", *_ARGUMENTS], cwd=kept, capture_output=True, text=True, timeout=SECONDS, check=False
        )
        if ended.returncode:
            warnings.warn(f"npm cannot fetch: {name} is NOT tested: {ended.stderr[-300:]}", stacklevel=2)
            return None
        (kept / "whole").touch()
    return kept / "node_modules"
