"""The few Linux calls that Python 3.11 does not have; each raises `OSError`.

Numbers of the newer calls are the same on all architectures.
"""

import ctypes
import os
import struct
from typing import Any

CLONE_NEWNS = 0x00020000
CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000
MS_RDONLY, MS_NOSUID, MS_NODEV = 1, 2, 4
MS_BIND, MS_REC = 4096, 16384
MS_PRIVATE, MS_SLAVE = 1 << 18, 1 << 19
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_CHILD_SUBREAPER = 1, 4, 36
PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 22, 38
SECCOMP_MODE_FILTER = 2

_OPEN_TREE, _MOVE_MOUNT, _MOUNT_SETATTR = 428, 429, 442
_AT_FDCWD, _AT_EMPTY_PATH = -100, 0x1000
_OPEN_TREE_CLONE, _MOVE_MOUNT_F_EMPTY_PATH = 1, 4
_MOUNT_ATTR_RDONLY, _MOUNT_ATTR_NOSUID, _MOUNT_ATTR_NODEV = 1, 2, 4
_MOUNT_ATTR_IDMAP = 0x00100000

_libc = ctypes.CDLL(None, use_errno=True)


def _checked(result: Any, what: str) -> int:
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error), what)
    return int(result)


def unshare(flags: int) -> None:
    _checked(_libc.unshare(flags), "unshare")


def prctl(option: int, value: int, argument: Any = 0) -> None:
    _checked(_libc.prctl(option, ctypes.c_ulong(value), argument, 0, 0), "prctl")


def checked_call(number: int, what: str, *arguments: Any) -> int:
    """A system call by its number."""
    return _checked(_libc.syscall(number, *arguments), what)


def mount(source: str, target: str, kind: str = "", flags: int = 0, options: str = "") -> None:
    arguments = [os.fsencode(text) or None for text in (source, target, kind)]
    result = _libc.mount(*arguments, ctypes.c_ulong(flags), os.fsencode(options) or None)
    _checked(result, f"mount {kind or 'bind'} on {target}")


def mount_as_owner(source: str, target: str, id_map: int) -> None:
    """Bind `source` read-only on `target` with its owners shown through the user namespace `id_map`."""
    tree = _checked(
        _libc.syscall(_OPEN_TREE, _AT_FDCWD, os.fsencode(source), _OPEN_TREE_CLONE | os.O_CLOEXEC),
        f"open_tree {source}",
    )
    try:
        attributes = _MOUNT_ATTR_IDMAP | _MOUNT_ATTR_RDONLY | _MOUNT_ATTR_NOSUID | _MOUNT_ATTR_NODEV
        packed = struct.pack("QQQQ", attributes, 0, 0, id_map)
        result = _libc.syscall(_MOUNT_SETATTR, tree, b"", _AT_EMPTY_PATH, packed, len(packed))
        _checked(result, f"mount_setattr {source}")
        result = _libc.syscall(
            _MOVE_MOUNT, tree, b"", _AT_FDCWD, os.fsencode(target), _MOVE_MOUNT_F_EMPTY_PATH
        )
        _checked(result, f"move_mount {target}")
    finally:
        os.close(tree)
