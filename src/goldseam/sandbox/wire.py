"""What goldseam and its launcher say to each other: a length, a JSON object, and bytes that it announced."""

import json
import os
import shutil
import socket
import struct
from pathlib import Path
from typing import Any

BOX = "{box}"
"""Stands in an argument for the box's folder, whose name only its keeper knows."""

DATA = "{data}"
"""Stands in the arguments for the files whose text the order carries."""


def send(line: socket.socket, message: dict[str, Any]) -> None:
    text = json.dumps(message).encode()
    line.sendall(struct.pack("!I", len(text)) + text)


def receive(line: socket.socket) -> dict[str, Any]:
    (length,) = struct.unpack("!I", read(line, 4))
    message: dict[str, Any] = json.loads(read(line, length))
    return message


def read(line: socket.socket, size: int) -> bytes:
    """Exactly `size` bytes; raises `ConnectionResetError` if the other side is gone."""
    parts = bytearray()
    while len(parts) < size:
        part = line.recv(min(size - len(parts), 1 << 20))
        if not part:
            raise ConnectionResetError(0, "the other side closed the line")
        parts += part
    return bytes(parts)


def remove_tree(path: str) -> None:
    """Remove a box's folder on disk, also where the box took its own rights away."""
    for folder, folders, _ in os.walk(path):
        for name in folders:
            if not Path(folder, name).is_symlink():
                Path(folder, name).chmod(0o700)
    shutil.rmtree(path, ignore_errors=True)


def decoded_with_rest(data: bytes) -> tuple[dict[str, Any], bytes]:
    """A message that came whole, and the bytes after it."""
    (length,) = struct.unpack("!I", data[:4])
    message: dict[str, Any] = json.loads(data[4 : 4 + length])
    return message, data[4 + length :]


def decoded(data: bytes) -> dict[str, Any]:
    return decoded_with_rest(data)[0]
