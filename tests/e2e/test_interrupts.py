"""Ctrl-C and SIGTERM leave the file as it was, no process and no temporary file."""

import signal
import threading
import time

import psutil
import pytest

pytestmark = pytest.mark.sandbox

BY_MODEL = ("--rungs", "rewrite_function,rewrite_file")
BROKEN = b"def f()\n    return 1\n"
FIXED = b"def f():\n    return 1\n"
SIGNALS = pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "sigterm"])


def interrupted(work, running, number):
    running.send(number)
    began = time.monotonic()
    ended = running.wait()
    assert ended.code == 130, ended
    assert time.monotonic() - began < 10
    assert ended.err.endswith("goldseam: interrupted; nothing is left half done\n")
    assert "Traceback" not in ended.err
    assert work.leftovers() == []
    assert work.names() == {"goldseam.toml", "job.py"}
    return ended


@SIGNALS
def test_while_the_model_thinks(work, number):
    work.write("job.py", BROKEN)
    work.answer(FIXED.decode())
    asked, released = threading.Event(), threading.Event()
    work.server.meanwhile = lambda: (asked.set(), released.wait(20))
    running = work.start("heal", "job.py", "--json", *BY_MODEL)
    assert asked.wait(20)
    ended = interrupted(work, running, number)
    released.set()
    assert '"kind": "interrupted"' in ended.out
    assert work.read("job.py") == BROKEN


@SIGNALS
def test_while_a_command_runs_in_the_sandbox(work, number):
    work.write("job.py", BROKEN.replace(b"f()", b"f():"))
    running = work.start("heal", "job.py", "--run", "sleep 61; exit 1")

    def sleeps():
        below = psutil.Process(running.pid).children(recursive=True)
        return any(process.cmdline()[:2] == ["sleep", "61"] for process in below)

    running.until(lambda: _quietly(sleeps))
    interrupted(work, running, number)


def _quietly(condition):
    try:
        return condition()
    except psutil.Error:
        return False


@SIGNALS
def test_while_the_repair_is_landing(work, number):
    before = b"print(sum([]) / len([]))\n"
    work.write("job.py", before)
    work.answer("print(sum([]) / max(1, len([])))\n")
    running = work.start("heal", "job.py", "--run", "python3 job.py && sleep 2", *BY_MODEL)
    running.until(lambda: work.read("job.py") != before)
    interrupted(work, running, number)
    assert work.read("job.py") == before
    assert work.json("history") == (0, {"schema": "goldseam/1", "results": []})


@SIGNALS
def test_a_later_file_does_not_take_an_earlier_one_back(work, number):
    work.write("job.py", BROKEN)
    work.write("late.py", BROKEN)
    work.answer(FIXED.decode())
    asked = threading.Event()

    def meanwhile():
        if len(work.server.asked) == 2:
            asked.set()
            time.sleep(5)

    work.server.meanwhile = meanwhile
    running = work.start("heal", "job.py", "late.py", *BY_MODEL)
    assert asked.wait(20)
    running.send(number)
    assert running.wait().code == 130
    assert work.read("job.py") == FIXED
    assert work.read("late.py") == BROKEN
    _, listed = work.result("history")
    assert (listed["path"], listed["outcome"]) == ("job.py", "healed")
