"""Landlock: a process gives up, for itself and all its children, every file that is not named here.

Asked for is version 6 (Linux 6.12): the first that also keeps signals and abstract sockets apart.
"""

import ctypes
import os
import struct
from collections.abc import Iterable

from goldseam.sandbox.kernel import checked_call

NEEDED_VERSION = 6

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_ASK_VERSION, _PATH_BENEATH = 1, 1
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 2, 4, 8
_MAKE_CHARACTER, _MAKE_BLOCK, _TRUNCATE, _DEVICE_CALLS = 1 << 6, 1 << 11, 1 << 14, 1 << 15
_ALL = (1 << 16) - 1
_READ = _EXECUTE | _READ_FILE | _READ_DIR
_WRITE = _ALL & ~(_MAKE_CHARACTER | _MAKE_BLOCK | _DEVICE_CALLS)
_OF_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE
_TCP, _SCOPES = 0b11, 0b11

DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
FACTS = (
    "/proc/cpuinfo",
    "/proc/filesystems",
    "/proc/loadavg",
    "/proc/meminfo",
    "/proc/stat",
    "/proc/uptime",
    "/proc/version",
    "/sys/devices/system/cpu",
)
"""What programs ask about the machine; of `/proc` nothing that belongs to a process."""


def version() -> int:
    """The kernel's version of Landlock, 0 where it has none."""
    try:
        return checked_call(_CREATE, "landlock", None, ctypes.c_size_t(0), ctypes.c_uint(_ASK_VERSION))
    except OSError:
        return 0


def restrict(reads: Iterable[str], writes: Iterable[str]) -> None:
    """From now on this process sees what is below `reads` and changes what is below `writes`, no TCP at all.

    Needs `no_new_privs`; raises `OSError`. Paths that do not exist are left out.
    """
    packed = struct.pack("QQQ", _ALL, _TCP, _SCOPES)
    rules = checked_call(_CREATE, "landlock", packed, ctypes.c_size_t(len(packed)), ctypes.c_uint(0))
    for path in (*reads, *FACTS):
        _allow(rules, path, _READ)
    for path in DEVICES:
        _allow(rules, path, _READ_FILE | _WRITE_FILE)
    for path in writes:
        _allow(rules, path, _WRITE)
    checked_call(_RESTRICT, "landlock", ctypes.c_int(rules), ctypes.c_uint(0))
    os.close(rules)


def _allow(rules: int, path: str, access: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    if not os.path.isdir(path):  # noqa: PTH112 - a descriptor's own kind, without a Path in the child
        access &= _OF_FILES
    packed = struct.pack("=Qi", access, place)
    checked_call(
        _ADD, f"landlock {path}", ctypes.c_int(rules), ctypes.c_int(_PATH_BENEATH), packed, ctypes.c_uint(0)
    )
    os.close(place)
