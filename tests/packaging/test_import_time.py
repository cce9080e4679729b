"""`import goldseam` and `goldseam --help` are quick and load nothing heavy."""

import os
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

LIMIT_SECONDS = 0.3
HEAVY = ("alembic", "httpx2", "openai", "pydantic", "pydantic_ai", "rich", "sqlalchemy", "xllamacpp")
COMMANDS = {
    "import goldseam": [sys.executable, "-c", "import goldseam"],
    "goldseam --help": [str(Path(sys.executable).parent / "goldseam"), "--help"],
}


def processor_seconds(command: list[str]) -> float:
    """User plus system time of one whole process: a busy machine does not change it much."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return usage.ru_utime + usage.ru_stime


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_start_takes_less_than_the_limit(command: list[str]) -> None:
    seconds = [processor_seconds(command) for _ in range(5)]
    assert statistics.median(seconds) < LIMIT_SECONDS, seconds


@pytest.mark.parametrize("arguments", ["['--help']", "['--version']"])
def test_start_imports_nothing_heavy(arguments: str) -> None:
    program = f"""
import sys
from goldseam.cli.main import run
code = run({arguments})
print(*sorted({{name.partition('.')[0] for name in sys.modules}}), file=sys.stderr)
sys.exit(code)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not set(done.stderr.split()) & set(HEAVY)


def test_import_of_the_package_loads_the_standard_library_only() -> None:
    program = "import sys; before = set(sys.modules); import goldseam; print(*set(sys.modules) - before)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    foreign = {name.partition(".")[0] for name in done.stdout.split()} - sys.stdlib_module_names
    assert foreign == {"goldseam"}
