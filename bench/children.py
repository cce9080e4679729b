"""One child process: what it printed, how it ended, and how much memory the largest process of it took."""

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

POLL_SECONDS = 0.05


@dataclass(frozen=True)
class End:
    """`code` is -N for signal N. Memory is that of the largest process that was waited for."""

    code: int
    stdout: bytes
    stderr: bytes
    seconds: float
    memory_mib: int


def ended(words: Sequence[str], folder: Path, seconds: float) -> End:
    """Run a program in a folder to its end, or until it has run for too long and is killed with its group."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        began = time.monotonic()
        child = subprocess.Popen(words, cwd=folder, stdout=out, stderr=err, start_new_session=True)
        is_killed = False
        try:
            while not (waited := os.wait4(child.pid, os.WNOHANG))[0]:
                if not is_killed and time.monotonic() - began > seconds:
                    os.killpg(child.pid, signal.SIGKILL)
                    is_killed = True
                time.sleep(POLL_SECONDS)
        except BaseException:
            os.killpg(child.pid, signal.SIGINT)
            raise
        _, status, usage = waited
        child.returncode = os.waitstatus_to_exitcode(status)
        took = time.monotonic() - began
        out.seek(0)
        err.seek(0)
        return End(child.returncode, out.read(), err.read(), took, usage.ru_maxrss // 1024)
