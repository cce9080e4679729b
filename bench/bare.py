"""An environment for the benchmarks' programs that holds pytest and nothing else, as a small project's would.

The environment of development brings plugins that each start of pytest imports: with them a start takes twice
as long, and a repair starts pytest five times.
"""

import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from platformdirs import user_cache_path


def bare_environment() -> Path:
    """Its folder, made when first asked for; raises `CalledProcessError` where it cannot be made."""
    wanted = f"pytest=={version('pytest')}"
    folder = user_cache_path("goldseam") / "bench" / f"{wanted}-python{sys.version_info[1]}"
    if not (folder / "done").exists():
        uv = Path(sys.executable).with_name("uv")
        subprocess.run([uv, "venv", "--quiet", "--clear", "--python", sys.executable, folder], check=True)
        chosen = {**os.environ, "VIRTUAL_ENV": str(folder)}
        subprocess.run(
            [uv, "pip", "install", "--quiet", "--compile-bytecode", wanted], env=chosen, check=True
        )
        (folder / "done").touch()
    return folder


def use_bare_environment() -> None:
    """Let commands of children run in it, unless the caller chose another."""
    os.environ.setdefault("VIRTUAL_ENV", str(bare_environment()))
