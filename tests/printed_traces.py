"""The corpus of traces: programs that fail, what prints them, and what is expected of each text.

`tests/corpus/traces` has a folder for each printer, with its programs and `expected.toml` beside them: for a
program the failures that its text tells, each with kind, message, code, frames (`file:line function`,
outermost first, of the programs' own files) and causes. A message that ends in `…` is a beginning. A table
named after a way of printing (`xdebug`, `line`) stands for `failure` where that way tells other things.
"""

import json
import os
import re
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).parent / "corpus" / "traces"
SECONDS = 300
PYTEST_STYLES = ("long", "short", "line", "native")
PHP_WAYS = {
    "log": ("-d", "log_errors=1", "-d", "display_errors=0", "-d", "error_log=", "-d", "html_errors=0"),
    "terminal": ("-d", "log_errors=0", "-d", "display_errors=1", "-d", "html_errors=0"),
    "xdebug": (
        *("-d", "zend_extension=xdebug", "-d", "xdebug.mode=develop"),
        *("-d", "log_errors=0", "-d", "display_errors=1", "-d", "html_errors=0"),
    ),
}
_SESSIONS = """
import sys, pytest
for file in sys.argv[2:]:
    print("#####", file, flush=True)
    pytest.main(["-q", "-p", "no:cacheprovider", "-o", "addopts=", "--rootdir=.",
                 f"--tb={sys.argv[1]}", file])
    sys.stdout.flush()
"""


@dataclass(frozen=True)
class Trace:
    """A printed text: `folder` is where its programs lay, `expected` what it tells."""

    name: str
    text: str
    folder: Path
    expected: list[dict[str, Any]]


def entries(family: str) -> list[dict[str, Any]]:
    return tomllib.loads((CORPUS / family / "expected.toml").read_text())["trace"]


def told(entry: Mapping[str, Any], way: str) -> list[dict[str, Any]]:
    return entry.get(way, entry.get("failure", []))


def printed(command: list[str], folder: Path) -> str:
    """What a command prints in `folder`, standard output first."""
    environ = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}
    for name in ("NODE_OPTIONS", "PYTHONPATH", "PYTEST_ADDOPTS", "FORCE_COLOR"):
        environ.pop(name, None)
    ended = subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        timeout=SECONDS,
        env=environ,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    return (ended.stdout + ended.stderr).decode("utf-8", "replace")


def _each(makers: list[Callable[[], Trace]]) -> Iterator[Trace]:
    with ThreadPoolExecutor(3) as pool:
        yield from pool.map(lambda maker: maker(), makers)


def by_interpreter(family: str, folder: Path, ways: Mapping[str, list[str]]) -> Iterator[Trace]:
    """Each program of a family by its own interpreter, in each way."""

    def made(entry: dict[str, Any], way: str, prefix: list[str]) -> Trace:
        argv = entry.get("run", [entry["program"]])
        name = f"{family}/{entry['program']} {way}".strip()
        return Trace(name, printed([*prefix, *argv], folder), folder, told(entry, way))

    yield from _each(
        [
            lambda entry=entry, way=way, prefix=prefix: made(entry, way, prefix)
            for entry in entries(family)
            for way, prefix in ways.items()
        ]
    )


def by_pytest(folder: Path) -> Iterator[Trace]:
    """Each test file in each of pytest's styles; one process a style."""
    for style in PYTEST_STYLES:
        by_file = {entry["program"]: entry for entry in entries("pytest")}
        text = printed([sys.executable, "-c", _SESSIONS, style, *by_file], folder)
        for session in text.split("##### ")[1:]:
            file, _, report = session.partition("\n")
            yield Trace(f"pytest/{file} {style}", report, folder, told(by_file[file], style))


def recorded() -> Iterator[Trace]:
    """Texts that cannot be printed here; their programs lay in `/srv/app`."""
    for entry in entries("recorded"):
        text = (CORPUS / "recorded" / entry["program"]).read_text()
        yield Trace(f"recorded/{entry['program']}", text, Path("/srv/app"), told(entry, ""))


def by_pm2(pm2: Path, home: Path, folders: Mapping[str, Path]) -> Iterator[Trace]:
    """Programs of other families kept by pm2: each as its log files hold it, and as `pm2 logs` shows it."""
    wanted = [tuple(entry["program"].split("/")) for entry in entries("pm2")]
    apps = [
        {
            "name": f"app{number}",
            "script": file,
            "cwd": str(folders[family]),
            "interpreter": sys.executable if family == "python" else family,
            "interpreter_args": [*PHP_WAYS["log"]] if family == "php" else [],
            "autorestart": False,
            "log_date_format": "YYYY-MM-DDTHH:mm:ss",
        }
        for number, (family, file) in enumerate(wanted)
    ]
    (home / "apps.json").write_text(json.dumps({"apps": apps}))
    environ = {**os.environ, "PM2_HOME": str(home), "HOME": str(home), "PM2_DISCRETE_MODE": "true"}
    environ.pop("NODE_OPTIONS", None)

    def asked(*argv: str) -> str:
        ended = subprocess.run(
            ["node", str(pm2), *argv],
            cwd=home,
            capture_output=True,
            env=environ,
            timeout=SECONDS,
            check=False,
        )
        return ended.stdout.decode("utf-8", "replace")

    try:
        asked("start", "apps.json")
        _until(
            lambda: (
                not any(app["pm2_env"]["status"] == "online" for app in json.loads(asked("jlist") or "[]"))
            )
        )
        shown = asked("logs", "--nostream", "--lines", "400")
    finally:
        asked("kill")
    for number, (family, file) in enumerate(wanted):
        by_file = {other["program"]: other for other in entries(family)}
        expected = told(by_file[file], "log")
        kept = "".join(path.read_text() for path in sorted((home / "logs").glob(f"app{number}-*.log")))
        yield Trace(f"pm2/{file} file", kept, folders[family], expected)
        own = [line for line in shown.splitlines() if re.match(rf"\D*{number}\|app{number}\b", _plain(line))]
        yield Trace(f"pm2/{file} logs", "\n".join(own), folders[family], expected)


def _plain(line: str) -> str:
    return re.sub(r"\x1b\[\d*m", "", line)


def _until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < deadline, "pm2 did not end its programs"
        time.sleep(0.2)
