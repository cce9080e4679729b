"""Runs in a box at the start of an interpreter: tries candidates on a script. PYTEST_DONT_REWRITE

The interpreter that the owner's command starts stops before it does anything and becomes a nursery. A first
child runs the unpatched script and tells which modules it imported; those that are not the project's are
imported here, once. Then each candidate's bytes are laid over the box's copy of the project, and a child goes
on as the interpreter would have: same words, same `__main__`, and without the rest of its start where the
unpatched script does the same without it (`python_screen_main`). Its exit code and what it printed are told,
and judged by somebody else. If the unpatched script does otherwise with its modules imported beforehand,
nothing is imported beforehand.
"""

from __future__ import annotations

import atexit
import base64
import hashlib
import os
import shlex
import sys
import tempfile
import time
from contextlib import suppress
from importlib import import_module
from typing import Any

import python_screen_board  # type: ignore[import-not-found,unused-ignore]
import python_screen_main  # type: ignore[import-not-found,unused-ignore]
import python_screen_plan  # type: ignore[import-not-found,unused-ignore]
import python_screen_tree  # type: ignore[import-not-found,unused-ignore]

MOST_OUTPUT = 200_000
MOST_TOLD = 8_000_000
OPERATORS = frozenset("();<>|&\n`$")
FIRST, LATER = 2.0, 4.0
UNPATCHED = -1


def begin() -> None:
    """Called once, before the program; returns only in processes that go on as the program."""
    mode = os.environ.get("GOLDSEAM_SCREEN_MODE")
    if mode == "test":
        import_module("python_screen")
    if mode != "run":
        return
    plan = python_screen_plan.read_plan()
    if plan is not None and is_whole_command(plan.command):
        Scripts(plan, python_screen_plan.hide_traces()).nurse()


def is_whole_command(command: str) -> bool:
    """Whether this process is all that the command does: a word after the other, the first a Python."""
    try:
        words = shlex.split(command)
    except ValueError:
        return False
    while words and "=" in words[0].partition("/")[0]:
        words.pop(0)
    return len(words) > 1 and not OPERATORS.intersection(command) and own_words()[1:] == words[1:]


def own_words() -> list[str]:
    with open("/proc/self/cmdline", "rb") as stream:  # noqa: PTH123 - older interpreters do not know their words
        return [os.fsdecode(word) for word in stream.read().split(b"\0")[:-1]]


class Scripts:
    """The nursery."""

    def __init__(self, plan: Any, report: str) -> None:
        self.plan = plan
        self.board = python_screen_board.Board(len(plan.candidates), report)
        self.imported: Any = None
        self.told: dict[str, int] = {}
        self.bytes_left = MOST_TOLD
        self.hangs = self.is_direct = False
        self.tree = python_screen_tree.Tree(plan.root)

    def nurse(self) -> None:
        """Each `run` returns None in a child, which goes on as the program."""
        self.imported = tempfile.TemporaryFile("w+")  # noqa: SIM115 - as long as this process
        first = self.run(UNPATCHED, self.limit(FIRST))
        if first is None:
            return
        self.hangs = first[0] == "timeout"
        child = python_screen_board.fork()
        if child is not None:
            # The modules are imported in a child: they cannot be taken back.
            python_screen_board.watch(child, self.board, self.plan.end, has_beat=False)
            if self.board.is_flagged(0):
                os._exit(0)
        else:
            self.import_others()
            again = self.run(UNPATCHED, self.limit(FIRST))
            if again is None:
                return
            if again[:3] != first[:3]:
                os._exit(0)
            self.board.flag(0, True)
            if not self.hangs and python_screen_main.script_in(own_words()):
                self.is_direct = True
                self.is_direct = self.run(UNPATCHED, self.limit(FIRST)) == first
        if not self.try_all():
            os._exit(0)

    def limit(self, factor: float) -> float:
        """Seconds for one run; where the unpatched script does not end, its time tells nothing."""
        known = 0.0 if self.hangs else self.plan.seconds
        left: float = self.plan.end - time.monotonic()
        return min(max(0.5 * factor, factor * known), max(left, 0.1))

    def try_all(self) -> bool:
        """Try each candidate, those again that were late; whether this is the child that goes on."""
        late = []
        for at in range(self.board.count):
            ended = self.try_one(at, FIRST)
            if ended is None:
                return True
            if ended == "timeout":
                late.append(at)
        for at in late:
            ended = self.try_one(at, LATER)
            if ended is None:
                return True
            if ended == "timeout" and time.monotonic() < self.plan.end:
                self.board.write({"is": "ran", "at": at, "ended": "timeout", "exit": 0, "out": "", "err": ""})
        return False

    def try_one(self, at: int, factor: float) -> str | None:
        """How a candidate ended; None in the child that is to go on as the program."""
        if time.monotonic() > self.plan.end:
            return ""
        laid = python_screen_plan.Laid(self.plan, at)
        if not laid.is_whole:
            return ""
        ended = self.run(at, self.limit(factor))
        if ended is None:
            return None
        laid.undo()
        if ended[0] != "timeout":
            self.tell(at, *ended)
        return ended[0]

    def run(self, at: int, limit: float) -> tuple[str, int, bytes, bytes] | None:
        """How the program ended, and what it printed; None in the child that is to go on as the program."""
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            began = time.monotonic()
            self.board.beat(limit, at)
            child = python_screen_board.fork()
            if child is None:
                os.dup2(out.fileno(), 1)
                os.dup2(err.fileno(), 2)
                sys.dont_write_bytecode = True
                python_screen_board.bound_memory()
                if at == UNPATCHED:
                    atexit.register(self.write_imported)
                if self.is_direct:
                    python_screen_main.run(own_words())
                return None
            how, code = python_screen_board.watch_status(child, self.board, self.plan.end)
            self.board.rest()
            self.tree.restore()
            ended = "timeout" if how in ("late", "over") else "killed" if code < 0 else "exited"
            if at == UNPATCHED and self.plan.seconds > time.monotonic() - began:
                self.plan.seconds = time.monotonic() - began
            return ended, code, head(out), head(err)

    def write_imported(self) -> None:
        """In the child of the unpatched script, at its end: the modules that are not the project's."""
        root = self.plan.root + "/"
        names = [
            name
            for name, module in list(sys.modules.items())
            if not str(getattr(module, "__file__", None) or "/").startswith(root)
            or "/site-packages/" in str(getattr(module, "__file__", None))
        ]
        self.imported.write("\n".join(names))
        self.imported.flush()

    def import_others(self) -> None:
        self.imported.seek(0)
        for name in self.imported.read().split("\n"):
            if name not in sys.modules and name.replace(".", "").replace("_", "").isalnum():
                with suppress(Exception):  # The program imports it itself, or not.
                    import_module(name)

    def tell(self, at: int, ended: str, code: int, out: bytes, err: bytes) -> None:
        """Candidates that end alike share what they printed."""
        if len(out) > MOST_OUTPUT:
            return
        same = hashlib.sha256(b"%r" % ((ended, code, out, err),)).hexdigest()
        record = {"is": "ran", "at": at, "ended": ended, "exit": code}
        if same in self.told:
            self.board.write({**record, "as": self.told[same]})
            return
        printed = {"out": base64.b64encode(out).decode(), "err": base64.b64encode(err).decode()}
        self.bytes_left -= len(printed["out"]) + len(printed["err"])
        if self.bytes_left > 0:
            self.told[same] = at
            self.board.write({**record, **printed})


def head(file: Any) -> bytes:
    """The beginning of what was printed: one byte more than is told, so that more is noticed."""
    file.seek(0)
    data: bytes = file.read(MOST_OUTPUT + 1)
    return data
