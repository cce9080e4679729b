"""A model server on loopback: real sockets, recorded requests, and every way of answering badly."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest


@dataclass(frozen=True, slots=True)
class Request:
    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    at: float


Behaviour = Callable[[BaseHTTPRequestHandler], None]


@dataclass(slots=True)
class Loopback:
    """`script` is used up one behaviour a request; its last one is used for ever."""

    url: str = ""
    script: list[Behaviour] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)

    def next(self) -> Behaviour:
        return self.script.pop(0) if len(self.script) > 1 else self.script[0]

    def says(self, body: Any, status: int = 200, **headers: str) -> Behaviour:
        data = body.encode() if isinstance(body, str) else json.dumps(body).encode()

        def behave(handler: BaseHTTPRequestHandler) -> None:
            self._head(handler, status, len(data), headers)
            handler.wfile.write(data)

        return behave

    def cuts(self, body: Any) -> Behaviour:
        """Half of the answer, then the connection is closed."""
        data = json.dumps(body).encode()

        def behave(handler: BaseHTTPRequestHandler) -> None:
            self._head(handler, 200, len(data), {})
            handler.wfile.write(data[: len(data) // 2])
            handler.wfile.flush()
            handler.close_connection = True

        return behave

    def drips(self, body: Any, every: float) -> Behaviour:
        """One byte at a time."""
        data = json.dumps(body).encode()

        def behave(handler: BaseHTTPRequestHandler) -> None:
            self._head(handler, 200, len(data), {})
            for byte in data:
                if self.stopped.wait(every):
                    return
                handler.wfile.write(bytes([byte]))
                handler.wfile.flush()

        return behave

    def hangs(self, handler: BaseHTTPRequestHandler) -> None:
        self.stopped.wait(30)

    def _head(self, handler: BaseHTTPRequestHandler, status: int, size: int, headers: dict[str, str]) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(size))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()


@pytest.fixture
def loopback() -> Iterator[Loopback]:
    yield from _serving("127.0.0.1")


@pytest.fixture
def elsewhere() -> Iterator[Loopback]:
    """On loopback too, but by an address that goldseam does not take for this machine."""
    yield from _serving("127.0.0.2")


def _serving(host: str) -> Iterator[Loopback]:
    state = Loopback()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", "0"))) or b"{}")
            headers = {name.lower(): value for name, value in self.headers.items()}
            state.requests.append(Request(self.path, headers, body, time.monotonic()))
            try:
                state.next()(self)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer((host, 0), Handler)
    server.daemon_threads = True
    state.url = f"http://{host}:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield state
    state.stopped.set()
    server.shutdown()
    server.server_close()
    thread.join()
