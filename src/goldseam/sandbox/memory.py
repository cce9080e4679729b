"""How much memory a tree of processes holds."""

import os
from collections.abc import Iterator
from pathlib import Path

FILL_RATE = 8 << 30
"""Bytes a second that a program might touch."""


def next_look(left: int) -> float:
    """Seconds until the next measurement: sooner the less is left, 20 to 100 ms."""
    return min(0.1, max(0.02, left / FILL_RATE))


def memory_below(pid: int, limit: int) -> int:
    """Bytes in memory of all processes below `pid`.

    The cheap sum counts shared pages once for each process; only where it passes `limit` are they divided
    among those who share them.
    """
    tree = list(tree_below(pid))
    resident = sum(map(_resident, tree))
    return resident if resident <= limit else sum(map(_proportional, tree))


def tree_below(pid: int) -> Iterator[int]:
    """Every process below `pid`, as they are now."""
    try:
        threads = os.listdir(f"/proc/{pid}/task")  # noqa: PTH208
    except OSError:
        return
    for thread in threads:
        try:
            below = Path(f"/proc/{pid}/task/{thread}/children").read_bytes()
        except OSError:
            continue
        for child in below.split():
            yield int(child)
            yield from tree_below(int(child))


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_bytes().split()[1]) * os.sysconf("SC_PAGESIZE")
    except (OSError, IndexError):
        return 0


def _proportional(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_bytes().splitlines()
    except OSError:
        return _resident(pid)
    return sum(int(line.split()[1]) << 10 for line in lines if line.startswith(b"Pss:"))
