"""Hostile programs: each gets through unboxed, says that it started in a box, and is judged from outside.

    pytest tests/escape            all levels, by root and by an ordinary user
    pytest tests/escape -k php     one language

The programs are data: `python.toml`, `node.toml`, `php.toml`. What each level promises is the table in
docs/safety.md; a program whose wall a level does not promise is not asked of it.
"""

import importlib.util
import os
import re
import shutil
import time
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from goldseam.core.observation import Ended, Run
from goldseam.core.ports import REPORT_PLACE, Job
from goldseam.sandbox import host, landlock
from goldseam.sandbox.arena import STARTED, Arena
from goldseam.sandbox.boxes import Boxes
from goldseam.sandbox.bubblewrap import Bubblewrap
from goldseam.sandbox.limits import MIB, Limits
from goldseam.sandbox.unboxed import Landlock, Plain

HERE = Path(__file__).parent
LIMITS = Limits(memory_bytes=128 * MIB, processes=40, disk_bytes=24 * MIB, files=1500, output_bytes=64 * 1024)
WANTS = {"memory": (256, 128), "disk": (48, 24), "files": (3000, 1500), "processes": (80, 40)}
"""What a program asks for, and what it may have at most; memory and disk in MB."""

WATCHED_WANTS = {"disk": 480, "files": 30_000}
"""Where the disk is watched only, a program asks for more and waits to be stopped."""

SECONDS, BRIEF, LATE = 12.0, 1.0, 2.0
ENVIRONMENT_PATH = "/usr/bin:/bin"
UNPROMISED = {
    "plain": {
        "read outside",
        "write outside",
        "network",
        "signal others",
        "trace others",
        "secrets of the environment",
        "goldseam's state",
        "the system",
        "the owner's project",
    },
}
HEADS = {
    "python": "import ctypes, os, resource, signal, socket, struct, subprocess, sys, time\n"
    "E, libc = os.environ, ctypes.CDLL(None)\nwant = int(E['T_WANT'])\n"
    f"def got(n): print('got', n, flush=True)\nprint('{STARTED}', flush=True)\n",
    "node": "const fs = require('fs'), net = require('net'), child = require('child_process')\n"
    "const E = process.env, want = +E.T_WANT\nconst got = n => fs.writeSync(1, `got ${n}\\n`)\n"
    f"fs.writeSync(1, '{STARTED}\\n')\n",
    "php": "$E = getenv(); $want = (int) $E['T_WANT'];\n"
    f'function got($n) {{ fwrite(STDOUT, "got $n\\n"); }}\necho "{STARTED}\\n";\n',
}
COMMANDS = {
    "python": ["/usr/bin/python3", "-c"],
    "node": ["/usr/bin/node", "-e"],
    "php": ["/usr/bin/php", "-r"],
}


@dataclass(frozen=True)
class Program:
    language: str
    name: str
    wall: str
    code: str
    bound: str | None = None

    @property
    def argv(self) -> list[str]:
        return [*COMMANDS[self.language], HEADS[self.language] + self.code]

    @property
    def seconds(self) -> float:
        return BRIEF if self.bound == "time" else SECONDS


def programs() -> Iterator[Program]:
    for language in COMMANDS:
        for name, entry in tomllib.loads((HERE / f"{language}.toml").read_text()).items():
            yield Program(language, name, **entry)


PROGRAMS = tuple(programs())


@dataclass
class World:
    """A sandbox of one level, asked for by root or an ordinary user, and its arena."""

    level: str
    is_exact: bool
    arena: Arena
    run: Callable[[Job], Run]


@pytest.fixture(scope="session")
def others() -> ModuleType:
    spec = importlib.util.spec_from_file_location("others", HERE.parent / "sandbox" / "conftest.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def unboxed() -> Iterator[Arena]:
    with Arena() as arena:
        yield arena


LEVELS = {"bubblewrap": Bubblewrap, "landlock": Landlock, "plain": Plain}
WORLDS = [(level, who) for level in LEVELS for who in ("root", "ordinary user")]


@pytest.fixture(scope="session", params=WORLDS, ids="-".join)
def world(request: pytest.FixtureRequest, others: ModuleType) -> Iterator[World]:
    level, who = request.param
    _skip_or_fail(level, who)
    own = {"PATH": ENVIRONMENT_PATH}
    lent = os.geteuid() == 0 and who == "ordinary user"
    with Arena(others.ORDINARY_UID if lent else None) as arena, pytest.MonkeyPatch.context() as patch:
        environ = {**own, **arena.own_environment}
        sandbox: Any
        if lent:
            arguments = (arena.project, LIMITS, 0, environ, arena.folder)
            sandbox = others.OrdinaryUser(LEVELS[level], arena.folder, arguments, environ)
        else:
            patch.setenv("T_API_KEY", arena.token)
            kind: type[Boxes] = LEVELS[level]
            sandbox = kind(arena.project, LIMITS, environ=environ, home=arena.folder)
        arena.take_as_intact()
        is_exact = not lent and bool(sandbox.stage["cgroups"])
        yield World(level, is_exact, arena, sandbox.run)
        sandbox.close()


def _skip_or_fail(level: str, who: str) -> None:
    if who == "root" and os.geteuid() != 0:
        pytest.skip("NOT TESTED: root's sandbox needs root")
    if level == "bubblewrap" and shutil.which("bwrap") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("bubblewrap is missing: `apt-get install bubblewrap`")
        pytest.skip("NOT TESTED: bubblewrap is not installed")
    if level == "landlock" and landlock.version() < landlock.NEEDED_VERSION:
        pytest.skip(f"NOT TESTED: Landlock {landlock.NEEDED_VERSION} is needed, here is {landlock.version()}")


@pytest.fixture(scope="session")
def control(unboxed: Arena) -> Callable[[Program], str]:
    """Why a program does not get through without a sandbox; empty if it does. Each is tried once."""
    known: dict[Program, str] = {}

    def ask(program: Program) -> str:
        if program not in known:
            known[program] = _why_harmless(program, unboxed)
            unboxed.restore()
        return known[program]

    return ask


def _why_harmless(program: Program, arena: Arena) -> str:
    if not Path(program.argv[0]).exists():
        return f"{program.argv[0]} is not installed"
    want, _ = WANTS.get(program.bound or "", (0, 0))
    report = arena.project / "report"
    environment = {
        "PATH": ENVIRONMENT_PATH,
        "T_WANT": str(want),
        "T_REPORT": str(report),
        **arena.environment,
        **arena.own_environment,
    }
    ended = host.run_trusted(
        [*program.argv, arena.mark], environment=environment, seconds=program.seconds, folder=arena.project
    )
    output = ended.output + (report.read_bytes() if report.is_file() else b"")
    effects = arena.effects(output)
    arrived = {
        None: bool(effects),
        "time": ended.status is None,
        "output": len(ended.output) > 20_000_000,
    }.get(program.bound, most(ended.output) >= want)
    return "" if arrived else f"no effect: {ended.output[-300:]!r}"


def most(output: bytes) -> int:
    """The most of a resource that a program says it held."""
    return max((int(number) for number in re.findall(rb"^got (\d+)$", output, re.M)), default=0)


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: f"{program.language}-{program.name}")
def test_nothing_gets_out(world: World, program: Program, control: Callable[[Program], str]) -> None:
    if program.wall in UNPROMISED.get(world.level, ()):
        pytest.skip(f"{world.level} does not promise: {program.wall}")
    if harmless := control(program):
        pytest.skip(f"NOT TESTED: without a sandbox it does not get through either: {harmless}")
    start = time.monotonic()
    run = world.run(_job(world, program))
    effects = world.arena.effects(run.stdout + run.stderr + (run.report or b""))
    if effects:
        world.arena.restore()
    assert effects == ()
    assert STARTED.encode() in run.stdout, run.stderr
    assert time.monotonic() - start < program.seconds + LATE
    _require_bounded(world, program, run)


def _job(world: World, program: Program) -> Job:
    want, _ = WANTS.get(program.bound or "", (0, 0))
    if world.level != "bubblewrap":
        want = WATCHED_WANTS.get(program.bound or "", want)
    environment = {
        **world.arena.environment,
        "T_WANT": str(want),
        "T_REPORT": REPORT_PLACE,
        "T_CODE": program.argv[-1],
    }
    command = f'exec {" ".join(program.argv[:-1])} "$T_CODE" {world.arena.mark}'
    return Job(command, {}, environment, program.seconds)


def _require_bounded(world: World, program: Program, run: Run) -> None:
    if program.bound is None:
        return
    if program.bound == "time":
        assert run.ended is Ended.TIMEOUT
        assert run.seconds < BRIEF + LATE
    elif program.bound == "output":
        assert max(len(run.stdout), len(run.stderr)) < 1.1 * LIMITS.output_bytes
    elif world.level != "bubblewrap" and program.bound in WATCHED_WANTS:
        assert run.ended is Ended.KILLED or most(run.stdout) < WATCHED_WANTS[program.bound]
    elif program.bound == "memory" and not world.is_exact:
        assert run.ended is Ended.MEMORY or most(run.stdout) <= 1.1 * WANTS["memory"][1]
    else:
        assert most(run.stdout) <= 1.1 * WANTS[program.bound][1]


def test_there_are_enough_programs() -> None:
    assert len(PROGRAMS) >= 60
    assert {program.language for program in PROGRAMS} == set(COMMANDS)


def test_the_published_table_names_every_wall() -> None:
    table = (HERE.parents[1] / "docs" / "safety.md").read_text()
    for wall in {program.wall for program in PROGRAMS}:
        assert f"| {wall} |" in table
