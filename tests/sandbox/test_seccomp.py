"""Calls that no box needs are refused; honest programs do not notice."""

import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from goldseam.core.ports import Job
from goldseam.sandbox import launch
from goldseam.sandbox.bubblewrap import Bubblewrap
from goldseam.sandbox.limits import Limits
from goldseam.sandbox.seccomp import ABSENT, CALLS, CLONE, IOCTL, MACHINES, TERMINAL_INJECTION, program

TRY = """
import ctypes, json
libc = ctypes.CDLL(None, use_errno=True)
def refusal(number, *arguments):
    result = libc.syscall(number, *arguments, 0, 0, 0, 0)
    return ctypes.get_errno() if result == -1 else 0
print(json.dumps([refusal(*call) for call in {calls}]))
"""


def refusals(box: Bubblewrap, calls: list[tuple[int, ...]]) -> list[int]:
    run = box.run(Job("python3 try.py", overlay={"try.py": TRY.format(calls=calls).encode()}))
    answers: list[int] = json.loads(run.stdout)
    return answers


def test_refused(own_box: Bubblewrap) -> None:
    column, _ = MACHINES[os.uname().machine]
    calls = [(numbers[column],) for numbers in (CALLS | ABSENT).values()]
    wanted = [errno.EPERM] * len(CALLS) + [errno.ENOSYS] * len(ABSENT)
    assert dict(zip(CALLS | ABSENT, refusals(own_box, calls), strict=True)) == dict(
        zip(CALLS | ABSENT, wanted, strict=True)
    )


def test_refused_by_argument(own_box: Bubblewrap) -> None:
    column, _ = MACHINES[os.uname().machine]
    new_mounts = (CLONE[column], 0x0002_0011)
    inject = [(IOCTL[column], 1, code) for code in TERMINAL_INJECTION]
    assert refusals(own_box, [new_mounts, *inject]) == [errno.EPERM] * 3


def test_without_the_filter_they_are_possible(own_box: Bubblewrap) -> None:
    """The control: refused by the filter, not by something else."""
    column, _ = MACHINES[os.uname().machine]
    calls = [(ABSENT["memfd_create"][column], b"x"), (ABSENT["shmget"][column], 0x676F6C64, 1)]
    calls += [(CALLS["personality"][column], 0xFFFFFFFF)]
    own_box.probe()
    unboxed = subprocess.run(
        ["/usr/bin/python3", "-c", TRY.format(calls=calls)], capture_output=True, check=True
    )
    assert errno.EPERM not in json.loads(unboxed.stdout)
    assert errno.ENOSYS not in json.loads(unboxed.stdout)
    assert set(refusals(own_box, calls)) == {errno.EPERM, errno.ENOSYS}


HONEST = """
import asyncio, concurrent.futures, ctypes, multiprocessing, os, sqlite3, subprocess, tempfile, threading

def square(n):
    return n * n

async def main():
    process = await asyncio.create_subprocess_exec("true")
    return await process.wait()

if __name__ == "__main__":
    assert asyncio.run(main()) == 0
    for method in ("fork", "spawn", "forkserver"):
        with concurrent.futures.ProcessPoolExecutor(2, multiprocessing.get_context(method)) as pool:
            assert list(pool.map(square, range(4))) == [0, 1, 4, 9]
    thread = threading.Thread(target=square, args=[1]); thread.start(); thread.join()
    sqlite3.connect("x.db").execute("create table t (a)")
    assert subprocess.run("echo x | cat", shell=True, capture_output=True).stdout == b"x\\n"
    callback = ctypes.CFUNCTYPE(ctypes.c_int)(lambda: 7)
    assert callback() == 7
    from multiprocessing import shared_memory
    block = shared_memory.SharedMemory(create=True, size=1000); block.close(); block.unlink()
    print("fine")
"""


def test_honest_python(own_box: Bubblewrap) -> None:
    run = own_box.run(Job("python3 honest.py", overlay={"honest.py": HONEST.encode()}))
    assert run.stdout == b"fine\n", run.stderr.decode()


NODE = """
const { Worker } = require("worker_threads"); const { execSync } = require("child_process");
const http = require("http");
if (execSync("echo x").toString() !== "x\\n") process.exit(1);
new Worker("require('worker_threads').parentPort.postMessage(7)", { eval: true }).on("message", (seven) => {
  const server = http.createServer((_, answer) => answer.end("hello")).listen(0, async () => {
    const text = await (await fetch(`http://127.0.0.1:${server.address().port}`)).text();
    console.log(text + seven); process.exit(0);
  });
});
"""
HONEST_COMMANDS = {
    "node": ("node honest.js", b"hello7\n"),
    "php": ("php -r 'echo array_sum([1, 2]), shell_exec(\"echo x\");'", b"3x\n"),
    "git": (
        "git init -q . && git config user.email a@b && git config user.name n && git add . && "
        "git commit -qm m && git log --format=%s",
        b"m\n",
    ),
}


@pytest.mark.parametrize("tool", sorted(HONEST_COMMANDS))
def test_honest_tools(place: Path, tool: str) -> None:
    if shutil.which(tool) is None:
        pytest.skip(f"NOT TESTED: {tool} is not installed")
    command, output = HONEST_COMMANDS[tool]
    with Bubblewrap(place, Limits()) as box:
        run = box.run(Job(command, overlay={"honest.js": NODE.encode()}))
    assert run.stdout == output, run.stderr.decode()


def test_pytest_in_a_box(place: Path) -> None:
    test = b"import asyncio\ndef test_one(tmp_path):\n    asyncio.run(asyncio.sleep(0))\n"
    job = Job(f"{sys.executable} -m pytest -q", overlay={"test_it.py": test})
    with Bubblewrap(place, Limits(), environ={"VIRTUAL_ENV": sys.prefix, "PATH": "/usr/bin:/bin"}) as box:
        run = box.run(job)
    assert b"1 passed" in run.stdout, run.stderr.decode()


def test_an_unknown_machine_has_no_filter() -> None:
    assert program("vax") == b""
    assert len(program("aarch64")) == len(program("x86_64")) > 0


def test_filter_holds_for_both(box: Any) -> None:
    assert b"Seccomp:\t2" in box.run(Job("cat /proc/self/status")).stdout


def test_without_a_filter_user_namespaces_are_disabled(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without = "from goldseam.sandbox import seccomp; seccomp.program = lambda: b''; launcher.main"
    monkeypatch.setattr(launch, "BOOT", launch.BOOT.replace("launcher.main", without))
    with Bubblewrap(place, Limits()) as box:
        run = box.run(Job("grep Seccomp: /proc/self/status; unshare -U echo escaped"))
    assert run.stdout.split() == [b"Seccomp:", b"0"]
    assert b"unshare failed" in run.stderr
