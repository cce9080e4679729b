"""Harmless targets for hostile programs, and what became of them, looked at from outside.

A wall counts as held only where the same program gets through without it: whoever tries walls runs each
program once unboxed against one arena and once boxed against another.
"""

import os
import secrets
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Self

from goldseam.sandbox.host import TrustedProcess, spawn_trusted

ESCAPED = "ESCAPED"
"""Printed by a program that got what leaves no trace outside."""

STARTED = "started"
_SHARED = ("/tmp", "/var/tmp", "/dev/shm")  # noqa: S108 - looked through, never written
_VICTIM_SECONDS = 600


class Arena:
    """A folder with a project, a secret and a folder beside it, sockets that listen, and a victim process.

    `environment` tells a program where its targets are; `token` is what it must not come to know, `mark`
    what its traces carry. All belongs to `uid`, if root makes the arena for an ordinary user.
    """

    def __init__(self, uid: int | None = None) -> None:
        self._uid = uid
        self.token, self.mark = secrets.token_hex(8), secrets.token_hex(8)
        self._open = ExitStack()
        self.folder = Path(tempfile.mkdtemp(prefix="goldseam-arena-"))
        self._open.callback(shutil.rmtree, self.folder, ignore_errors=True)
        self.folder.chmod(0o755)
        self.project, self.outside = self.folder / "project", self.folder / "outside"
        self.secret = self.outside / "secret"
        self.project.mkdir(0o755)
        self._listening: dict[str, socket.socket] = {}
        self._victim: TrustedProcess | None = None
        self._intact: Mapping[str, object] = {}
        self.restore()
        self.take_as_intact()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._disarm()
        self._open.close()

    @property
    def environment(self) -> dict[str, str]:
        assert self._victim is not None
        return {
            "T_SECRET": str(self.secret),
            "T_OUT": str(self.outside),
            "T_PROJECT": str(self.project),
            "T_TCP": str(self._listening["TCP"].getsockname()[1]),
            "T_UDP": str(self._listening["UDP"].getsockname()[1]),
            "T_ABSTRACT": f"goldseam-{self.mark}",
            "T_SOCKET": str(self.outside / "socket"),
            "T_VICTIM": str(self._victim.pid),
            "T_GOLDSEAM": str(os.getpid()),
            "T_MARK": self.mark,
        }

    @property
    def own_environment(self) -> dict[str, str]:
        """What the program's starter has in its environment and must not pass on."""
        return {"T_API_KEY": self.token}

    def restore(self) -> None:
        """Everything as at the start; the project's folder itself stays the same."""
        self._disarm()
        for path in self.project.iterdir():
            _remove(path)
        (self.project / "tests").mkdir()
        (self.project / "tests" / "test_x.py").write_text("assert True\n")
        (self.project / "app.py").write_text("print('hello')\n")
        _remove(self.outside)
        self.outside.mkdir()
        self.outside.chmod(0o777)
        self.secret.write_text(f"{self.token}\n")
        self.secret.chmod(0o666)
        (self.project / ".git" / "hooks").mkdir(parents=True)
        (self.project / ".goldseam").mkdir()
        (self.project / ".goldseam" / "state").write_text(f"{self.token}\n")
        self._listen()
        sleep = ["/bin/sleep", str(_VICTIM_SECONDS)]
        if self._uid is not None:
            for path in (self.project, self.outside, *self.project.rglob("*"), *self.outside.rglob("*")):
                os.chown(path, self._uid, self._uid)
            become = (
                f"import os; os.setgid({self._uid}); os.setuid({self._uid}); os.execv({sleep[0]!r}, {sleep})"
            )
            sleep = [sys.executable, "-I", "-S", "-c", become]
        self._victim = spawn_trusted(
            sleep,
            environment={"T_API_KEY": self.token},
            output=Path(os.devnull),
        )

    def take_as_intact(self) -> None:
        """Whatever lies in the arena now belongs there."""
        self._intact = self._files()

    def effects(self, output: bytes) -> tuple[str, ...]:
        """What a program achieved, by what it printed and by what is different now."""
        return tuple(self._effects(output))

    def _effects(self, output: bytes) -> Iterator[str]:
        if self.token.encode() in output:
            yield "read a secret"
        if ESCAPED.encode() in output:
            yield "got what it wanted, by its own account"
        now = self._files()
        for name in sorted({name for name, _ in now.items() ^ self._intact.items()}):
            yield f"changed {name}"
        for folder in _SHARED:
            for path in Path(folder).glob(f"*{self.mark}*"):
                yield f"left {path}"
                _remove(path)
        for name, listening in self._listening.items():
            if _was_reached(listening):
                yield f"reached the {name} socket"
        if self._victim is None or self._victim.wait(0) is not None:
            yield "killed another process"
        for pid in self._strays():
            yield f"left process {pid} behind"
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def _files(self) -> Mapping[str, object]:
        """Contents, modes and number of links of all that lies in the arena."""
        found: dict[str, object] = {}
        for path in self.folder.rglob("*"):
            state = path.lstat()
            data = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
            links = 0 if path.is_dir() else state.st_nlink
            found[str(path.relative_to(self.folder))] = (data, state.st_mode, links)
        return found

    def _strays(self) -> Iterator[int]:
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and int(entry.name) != os.getpid():
                with suppress(OSError):
                    if self.mark.encode() in (entry / "cmdline").read_bytes():
                        yield int(entry.name)

    def _listen(self) -> None:
        tcp = socket.create_server(("127.0.0.1", 0), backlog=16)
        udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        udp.bind(("127.0.0.1", 0))
        self._listening = {"TCP": tcp, "UDP": udp}
        for name, address in (
            ("abstract", f"\0goldseam-{self.mark}"),
            ("Unix", str(self.outside / "socket")),
        ):
            self._listening[name] = socket.socket(socket.AF_UNIX)
            self._listening[name].bind(address)
            self._listening[name].listen()
        (self.outside / "socket").chmod(0o777)
        for listening in self._listening.values():
            listening.setblocking(False)

    def _disarm(self) -> None:
        for listening in self._listening.values():
            listening.close()
        self._listening = {}
        if self._victim is not None:
            self._victim.stop()
            self._victim = None


def _was_reached(listening: socket.socket) -> bool:
    try:
        if listening.type == socket.SOCK_DGRAM:
            listening.recv(1 << 16)
        else:
            listening.accept()[0].close()
    except BlockingIOError:
        return False
    return True


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
