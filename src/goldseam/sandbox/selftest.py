"""A dozen small attacks that show whether the walls of a sandbox stand here, now, on this machine."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from goldseam.core.ports import Job
from goldseam.sandbox import host
from goldseam.sandbox.arena import ESCAPED, STARTED, Arena
from goldseam.sandbox.boxes import Boxes
from goldseam.sandbox.limits import MIB, Limits

LIMITS = Limits(memory_bytes=96 * MIB, processes=40, disk_bytes=16 * MIB, files=2000)
SECONDS = 10.0
WALLED = frozenset({"bubblewrap", "landlock"})
EVERY = WALLED | {"plain"}

_HEAD = f"""
import os, socket, subprocess, sys, time
E = os.environ
print({STARTED!r}, flush=True)
"""


@dataclass(frozen=True, slots=True)
class Attack:
    """`code` is Python; `levels` are those that promise to hold it."""

    name: str
    code: str
    levels: frozenset[str] = WALLED


class Held(StrEnum):
    """How an attack went."""

    HELD = "held"
    ESCAPED = "escaped"
    OPEN = "open at this level"
    UNTESTABLE = "not testable here"


@dataclass(frozen=True, slots=True)
class Trial:
    """An attack and how it went; `detail` says what it achieved, or why nothing can be said."""

    name: str
    held: Held
    detail: str = ""


ATTACKS = (
    Attack("read a file outside the project", "print(open(E['T_SECRET']).read())"),
    Attack("read another process's environment", "print(open(f'/proc/{E[\"T_VICTIM\"]}/environ').read())"),
    Attack("write beside the project", "open(E['T_OUT'] + '/new', 'w').write('x')"),
    Attack("write through a link", "os.symlink(E['T_SECRET'], 'link'); open('link', 'a').write('x')"),
    Attack("rewrite a test of the owner's", "open('tests/test_x.py', 'w').write('')", EVERY),
    Attack("move the owner's tests away", "os.rename('tests', 'old'); os.mkdir('tests')", EVERY),
    Attack("connect to a local port", "socket.create_connection(('127.0.0.1', int(E['T_TCP'])), 2)"),
    Attack("connect to an abstract socket", "socket.socket(socket.AF_UNIX).connect('\\0' + E['T_ABSTRACT'])"),
    Attack("kill another process", "os.kill(int(E['T_VICTIM']), 9); time.sleep(0.1)"),
    Attack(
        "trace another process",
        "import ctypes; libc = ctypes.CDLL(None)\n"
        "if libc.ptrace(0x4206, int(E['T_VICTIM']), None, None) == 0: print('ESCAPED')",
    ),
    Attack(
        "open a kernel setting for writing", "open('/proc/sys/kernel/core_pattern', 'r+'); print('ESCAPED')"
    ),
    Attack(
        "start 80 processes",
        "all = [subprocess.Popen(['sleep', '5']) for _ in range(80)]\nprint('ESCAPED')\n"
        "for each in all: each.kill()",
        EVERY,
    ),
    Attack(
        "hold half more memory than allowed, in three processes",
        "code = 'x = bytearray(b\"1\") * (48 << 20); print(1, flush=True); input()'\n"
        "all = [subprocess.Popen([sys.executable, '-c', code], stdin=-1, stdout=-1) for _ in range(3)]\n"
        "if [each.stdout.readline() for each in all] == [b'1\\n'] * 3: time.sleep(1); print('ESCAPED')\n"
        "for each in all: each.kill()",
        EVERY,
    ),
    Attack(
        "leave a process behind",
        "subprocess.Popen(['sh', '-c', 'sleep 20; : ' + E['T_MARK']], start_new_session=True,"
        " stdin=-3, stdout=-3, stderr=-3)",
        EVERY,
    ),
)


def self_test(
    make: Callable[[Path, Limits], Boxes], attacks: tuple[Attack, ...] = ATTACKS
) -> Iterator[Trial]:
    """Try each attack unboxed and boxed; `make` gives the sandbox for a project."""
    with Arena() as unboxed, Arena() as boxed, make(boxed.project, LIMITS) as sandbox:
        for attack in attacks:
            yield _tried(attack, unboxed, boxed, sandbox)


def _tried(attack: Attack, unboxed: Arena, boxed: Arena, sandbox: Boxes) -> Trial:
    code = _HEAD + attack.code
    control = host.run_trusted(
        [sys.executable, "-c", code],
        environment={"PATH": "/usr/bin:/bin", **unboxed.environment, **unboxed.own_environment},
        seconds=SECONDS,
        folder=unboxed.project,
    )
    works = unboxed.effects(control.output)
    unboxed.restore()
    if not works:
        return Trial(attack.name, Held.UNTESTABLE, "it does not succeed without a sandbox either")
    # The code is data in the box's environment: a project may not hold goldseam's own files.
    job = Job('exec python3 -c "$T_CODE"', {}, {**boxed.environment, "T_CODE": code}, SECONDS)
    run = sandbox.run(job)
    achieved = boxed.effects(run.stdout + run.stderr)
    if achieved:
        boxed.restore()
        held = Held.ESCAPED if sandbox.level in attack.levels else Held.OPEN
        return Trial(attack.name, held, "; ".join(achieved))
    if STARTED.encode() not in run.stdout:
        last = run.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        return Trial(attack.name, Held.UNTESTABLE, f"it did not start in the box: {''.join(last)}")
    return Trial(attack.name, Held.HELD)


__all__ = ["ATTACKS", "ESCAPED", "Attack", "Held", "Trial", "self_test"]
