"""Real `goldseam` processes without the second of imports, and a model server that answers from a script.

A *nursery* imports everything once and forks a child for each command line, started as `goldseam` itself is:
own session, own streams, own environment. It adopts what a killed child leaves behind, so that a test
can ask whether anything is left.
"""

import contextlib
import ctypes
import importlib
import json
import os
import pkgutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import psutil

PR_SET_CHILD_SUBREAPER = 36
LONG_SECONDS = 60.0


@dataclass(frozen=True)
class Ended:
    """How a command line ended; `code` is -N for signal N."""

    code: int
    out: str
    err: str


class Running:
    """A command line that runs."""

    def __init__(self, nursery: "Nursery", pid: int, folder: Path) -> None:
        self.pid = pid
        self._nursery = nursery
        self._folder = folder

    @property
    def err(self) -> str:
        return (self._folder / "err").read_text("utf-8", "replace")

    def send(self, number: int) -> None:
        """Send a signal, if it still runs."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def wait(self) -> Ended:
        code = self._nursery.ended(self.pid)
        out = (self._folder / "out").read_bytes().decode("utf-8", "replace")
        return Ended(code, out, self.err)

    def until(self, condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + LONG_SECONDS
        while not condition():
            assert time.monotonic() < deadline, f"did not happen; {self.err}"
            time.sleep(0.005)


class Nursery:
    """The process that forks."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, __file__, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        self._line = ours
        self._line.settimeout(LONG_SECONDS)
        self._ended: dict[int, int] = {}
        self._outputs = tempfile.TemporaryDirectory(prefix="nursery-")
        assert self._line.recv(100) == b"ready"

    def start(
        self,
        argv: Iterable[str],
        *,
        cwd: Path,
        environ: Mapping[str, str],
        terminal: str | None = None,
        steps: Path | None = None,
        kill_at: int = 0,
        stop_at: int = 0,
    ) -> Running:
        """Start a command line. `steps` gets a line for each effect of landing; before `kill_at` it dies,
        before `stop_at` it stops until it is told to go on."""
        folder = Path(tempfile.mkdtemp(dir=self._outputs.name))
        order = {
            "argv": [*argv],
            "cwd": str(cwd),
            "environ": dict(environ),
            "folder": str(folder),
            "terminal": terminal,
            "steps": str(steps) if steps else None,
            "kill_at": kill_at,
            "stop_at": stop_at,
        }
        self._line.send(json.dumps(order).encode())
        pid = int(self._answer("pid"))
        self._ended.pop(pid, None)  # of a child long ago that had the same number
        return Running(self, pid, folder)

    def ended(self, pid: int) -> int:
        while pid not in self._ended:
            status = self._answer("status")
            self._ended[status[0]] = status[1]
        return self._ended[pid]

    def left(self) -> list[str]:
        """Command lines of all that still lives below; waits a little for what is about to end."""
        deadline = time.monotonic() + 5
        while True:
            alive = []
            for child in psutil.Process(self.process.pid).children(recursive=True):
                with contextlib.suppress(psutil.Error):
                    if child.status() != psutil.STATUS_ZOMBIE:
                        alive.append(f"{child.pid} {' '.join(child.cmdline())[:200]}")
            if not alive or time.monotonic() > deadline:
                return alive
            time.sleep(0.02)

    def close(self) -> None:
        self._line.close()
        self.process.wait(LONG_SECONDS)
        self._outputs.cleanup()

    def _answer(self, kind: str) -> Any:
        while True:
            told = json.loads(self._line.recv(1 << 16))
            if told["kind"] == kind:
                return told["value"]
            self._ended[told["value"][0]] = told["value"][1]


@dataclass
class Server:
    """An OpenAI-compatible server: answers in order, the last one for ever; keeps what it was asked."""

    url: str = ""
    answers: list[str] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    meanwhile: Callable[[], None] = lambda: None
    """Called when a question has come, before it is answered."""

    def answer(self) -> str:
        self.meanwhile()
        return self.answers[min(len(self.asked), len(self.answers)) - 1]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Any

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_POST(self) -> None:
        scripted: Server = self.server.scripted
        scripted.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        message = {"role": "assistant", "content": scripted.answer()}
        body = json.dumps(
            {
                "id": "1",
                "object": "chat.completion",
                "created": 1,
                "model": "scripted",
                "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
                "usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120},
            }
        ).encode()
        with contextlib.suppress(OSError):
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)


def serving() -> Iterator[Server]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.block_on_close = False
    scripted = Server(f"http://127.0.0.1:{server.server_port}/v1")
    server.scripted = scripted  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield scripted
    server.shutdown()
    server.server_close()


def _serve(line: socket.socket) -> None:
    """The nursery's life: imports, then a fork an order; tells when a child has ended."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    _import_everything()
    line.send(b"ready")
    line.settimeout(0.01)
    children: set[int] = set()
    while True:
        with contextlib.suppress(TimeoutError):
            order = line.recv(1 << 20)
            if not order:
                return
            children.add(pid := _fork(json.loads(order), line))
            line.send(json.dumps({"kind": "pid", "value": pid}).encode())
        with contextlib.suppress(ChildProcessError):
            while (ended := os.waitpid(-1, os.WNOHANG))[0]:
                if ended[0] in children:
                    status = [ended[0], os.waitstatus_to_exitcode(ended[1])]
                    line.send(json.dumps({"kind": "status", "value": status}).encode())


def _import_everything() -> None:
    import goldseam

    for module in pkgutil.walk_packages(goldseam.__path__, "goldseam."):
        if "__main__" not in module.name and "workers" not in module.name and "migrations" not in module.name:
            importlib.import_module(module.name)
    for name in (
        "openai",
        "pydantic_ai.models.openai",
        "rich.live",
        "sqlalchemy.dialects.sqlite",
        "alembic.command",
    ):
        importlib.import_module(name)


def _fork(order: dict[str, Any], line: socket.socket) -> int:
    pid = os.fork()
    if pid:
        return pid
    code = 70
    try:
        line.close()
        _become(order)
        _watch_landing(order["steps"], order["kill_at"], order["stop_at"])
        from goldseam.cli.main import main

        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException as error:  # noqa: BLE001 - the border of a process
        print(repr(error), file=sys.stderr)
    finally:
        with contextlib.suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)
    return 0


def _become(order: dict[str, Any]) -> None:
    os.setsid()
    os.chdir(order["cwd"])
    os.environ.clear()
    os.environ.update(order["environ"])
    tempfile.tempdir = None
    terminal = order["terminal"]
    names = [terminal] * 3 if terminal else [os.devnull, f"{order['folder']}/out", f"{order['folder']}/err"]
    for number, name in enumerate(names):
        opened = os.open(name, (os.O_RDWR if number else os.O_RDONLY) | os.O_CREAT)
        os.dup2(opened, number)
        os.close(opened)
    for name in ("out", "err"):
        Path(order["folder"], name).touch()
    sys.stdin = open(0, closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", closefd=False, buffering=1)  # noqa: SIM115
    sys.argv = ["goldseam", *order["argv"]]
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _watch_landing(steps: str | None, kill_at: int, stop_at: int) -> None:
    """Number the effects of landing over the whole command line, write them down, die or stop before one."""
    from goldseam import wiring
    from goldseam.land.effects import Effects, Step

    def around(step: Step, action: Callable[[], Any]) -> Any:
        if step.number == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        if step.number == stop_at:
            os.kill(os.getpid(), signal.SIGSTOP)
        if steps is not None:
            with Path(steps).open("a") as log:
                log.write(json.dumps([step.number, step.name, step.changes]) + "\n")
        return action()

    if steps is not None or kill_at or stop_at:
        wiring.FileLanding = partial(wiring.FileLanding, effects=Effects(around))  # type: ignore[misc]


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
