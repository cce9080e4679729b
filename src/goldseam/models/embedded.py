"""The embedded model: llama.cpp in a child process, reached over loopback like any OpenAI-shaped server.

A child, because an abort in C++ must not take goldseam along. Cost on two idle cores, 1.5B parameters:
about 6 s to load, 15 to 30 ms a token read, 40 ms a token written, 2 GB of memory.
"""

import json
import re
import secrets
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from importlib.resources import as_file, files
from pathlib import Path

from goldseam.core.errors import ModelUnavailable
from goldseam.models.children import Child, Spawn, tail
from goldseam.models.embedded_server import READY
from goldseam.models.pace import Pace, threads_now

_POLL_SECONDS = 0.05
_ANSWER_SECONDS = 10.0
_METRIC = re.compile(r"^llamacpp:(tokens_predicted(?:_seconds)?_total) (\S+)$", re.M)
_ADDRESS = re.compile(rf"^{READY} http://127\.0\.0\.1:(\d+)$", re.M)
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "TMPDIR", "PYTHONPATH", "PYTHONHOME")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where an OpenAI-shaped server listens (`base_url` ends in `/v1`), and how to talk to it."""

    base_url: str
    api_key: str
    model: str

    def __repr__(self) -> str:
        return f"Endpoint(base_url={self.base_url!r}, api_key='…', model={self.model!r})"


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """What is served and how. `threads` None: chosen by the machine's load, and lowered when it slows."""

    path: Path
    model: str
    context_tokens: int = 8192
    threads: int | None = None
    prompt_cache_mb: int = 512
    start_seconds: float = 180.0


class EmbeddedServer:
    """One model server. The endpoint stays the same until `close`, restarts included."""

    def __init__(
        self,
        settings: ServerSettings,
        spawn: Spawn,
        environment: Mapping[str, str],
        choose_threads: Callable[[], int] = threads_now,
    ) -> None:
        self._settings = settings
        self._spawn = spawn
        self._environment = {name: environment[name] for name in _PASSED_ON if name in environment}
        self._choose_threads = choose_threads
        self._api_key = secrets.token_urlsafe(32)
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._child: Child | None = None
        self._port = 0
        self._pace = Pace()
        self.threads = 0
        self.start_seconds = 0.0

    @property
    def pid(self) -> int | None:
        """Process id of the server, or None while it does not run."""
        return self._child.pid if self._child else None

    def start(self) -> Endpoint:
        """Serve, and wait until the model is loaded; at once if it is. Raises `ModelUnavailable`.

        A server that died meanwhile is started again. Call it from a thread that outlives the loading.
        """
        if self._child is not None and not self._is_alive(self._child):
            self.stop()
        if self._child is None:
            self._start(self._settings.threads or self._choose_threads())
        return self.endpoint

    @property
    def endpoint(self) -> Endpoint:
        return Endpoint(f"http://127.0.0.1:{self._port}/v1", self._api_key, self._settings.model)

    def adapt(self) -> bool:
        """Between two questions: restart with one thread less if generation slowed to under half its best."""
        if self._settings.threads is not None or self._child is None or self.threads == 1:
            return False
        if not self._pace.slowed(*self._totals()):
            return False
        fewer = min(self.threads - 1, self._choose_threads())
        self.stop()
        self._start(max(1, fewer))
        return True

    def stop(self) -> None:
        """End the process; `start` may follow. Stopping twice is free."""
        if self._child is not None:
            self._child.stop()
            self._child = None

    def close(self) -> None:
        """Leave no process and no file; closing twice is free."""
        self.stop()
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def log_tail(self) -> str:
        """The last lines that the server printed."""
        return tail(self._log)

    @property
    def _log(self) -> Path:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="goldseam-model-")
        return Path(self._folder.name) / "server.log"

    def _start(self, threads: int) -> None:
        began = time.monotonic()
        self._log.unlink(missing_ok=True)
        with as_file(files("goldseam.models") / "embedded_server.py") as program:
            self._child = self._spawn(
                [sys.executable, "-P", str(program)], environment=self._environment, output=self._log
            )
            try:
                self._child.send(self._question(threads))
                self._port = self._wait_until_ready(self._child)
            except BaseException:
                self.stop()
                raise
        self.threads, self._pace = threads, Pace()
        self.start_seconds = time.monotonic() - began

    def _question(self, threads: int) -> bytes:
        settings = {
            "path": str(self._settings.path),
            "model": self._settings.model,
            "context_tokens": self._settings.context_tokens,
            "threads": threads,
            "prompt_cache_mb": self._settings.prompt_cache_mb,
            "port": self._port,
            "api_key": self._api_key,
        }
        return json.dumps(settings).encode() + b"\n"

    def _wait_until_ready(self, child: Child) -> int:
        deadline = time.monotonic() + self._settings.start_seconds
        while time.monotonic() < deadline:
            status = child.wait(_POLL_SECONDS)
            if status is not None:
                raise self._unavailable(f"ended with status {status}")
            if match := _ADDRESS.search(self._log.read_text("utf-8", "replace")):
                return self._healthy(int(match[1]))
        raise self._unavailable(f"was not ready after {self._settings.start_seconds:g} s")

    def _healthy(self, port: int) -> int:
        try:
            status, _ = self._get(port, "/health")
        except OSError as error:
            raise self._unavailable(f"does not answer on port {port}: {error}") from error
        if status != HTTPStatus.OK:
            raise self._unavailable(f"answers /health with HTTP {status}")
        return port

    def _is_alive(self, child: Child) -> bool:
        """A process being killed accepts no connections before it can be waited for."""
        try:
            return child.wait(0) is None and self._get(self._port, "/health")[0] == HTTPStatus.OK
        except OSError:
            return False

    def _get(self, port: int, path: str) -> tuple[int, str]:
        connection = HTTPConnection("127.0.0.1", port, timeout=_ANSWER_SECONDS)
        try:
            connection.request("GET", path, headers={"Authorization": f"Bearer {self._api_key}"})
            answer = connection.getresponse()
            return answer.status, answer.read().decode("utf-8", "replace")
        except HTTPException as error:
            raise OSError(f"no HTTP answer ({error!r})") from error
        finally:
            connection.close()

    def _unavailable(self, what: str) -> ModelUnavailable:
        return ModelUnavailable(
            f"the embedded model's server {what} with {self._settings.path.name}; its last words:"
            f" {self.log_tail() or 'none'}. Run: goldseam model test"
        )

    def _totals(self) -> tuple[float, float]:
        """Tokens generated and seconds spent on them since the server started."""
        try:
            _, text = self._get(self._port, "/metrics")
        except OSError:
            return 0.0, 0.0
        found = {name: float(value) for name, value in _METRIC.findall(text)}
        return found.get("tokens_predicted_total", 0.0), found.get("tokens_predicted_seconds_total", 0.0)
