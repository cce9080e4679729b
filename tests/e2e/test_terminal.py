"""On a terminal: the live status, the coloured diff, the question for the missing model."""

import contextlib
import os
import pty
import re
import threading
import time

import pytest

pytestmark = pytest.mark.sandbox


class Terminal:
    """A pseudo terminal that keeps what is shown and can type."""

    def __init__(self) -> None:
        self.main, side = pty.openpty()
        self.name = os.ttyname(side)
        self._side = side
        self.shown = b""
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        with contextlib.suppress(OSError):
            while part := os.read(self.main, 65536):
                self.shown += part

    def text(self) -> str:
        time.sleep(0.1)
        return self.shown.decode("utf-8", "replace")

    def type(self, text: str) -> None:
        os.write(self.main, text.encode())

    def close(self) -> None:
        os.close(self._side)
        os.close(self.main)


@pytest.fixture
def terminal():
    terminal = Terminal()
    yield terminal
    terminal.close()


def test_the_status_is_live_and_the_diff_coloured(work, terminal):
    work.write("job.py", b"def f()\n    return 1\n")
    work.answer("def f():\n    return 1\n")
    work.server.meanwhile = lambda: time.sleep(1.2)
    ended = work.start(
        "heal", "job.py", "--rungs", "rewrite_function,rewrite_file", terminal=terminal.name
    ).wait()
    shown = terminal.text()
    assert ended.code == 0
    elapsed = {int(seconds) for seconds in re.findall(r"attempt 1: proposing · (\d+) s", shown)}
    assert max(elapsed) > min(elapsed)
    assert "\x1b[2K" in shown
    assert "\x1b[" in shown.split("+++ b/job.py")[1]
    assert "✔ healed" in shown
    assert shown.count("\x1b[?25l") == shown.count("\x1b[?25h"), "the cursor comes back"


def test_ctrl_c_on_the_keyboard(work, terminal):
    work.write("job.py", b"def f()\n    return 1\n")
    work.answer("")
    asked = threading.Event()
    work.server.meanwhile = lambda: (asked.set(), time.sleep(5))
    running = work.start("heal", "job.py", "--rungs", "rewrite_function,rewrite_file", terminal=terminal.name)
    assert asked.wait(20)
    terminal.type("\x03")
    assert running.wait().code == 130
    shown = terminal.text()
    assert "goldseam: interrupted" in shown
    assert "Traceback" not in shown
    assert shown.count("\x1b[?25l") == shown.count("\x1b[?25h"), "the cursor comes back"
    assert work.leftovers() == []


def test_a_missing_model_is_asked_for(work, terminal):
    (work.root / "goldseam.toml").write_text("")
    work.write("job.py", b"def f()\n    return 1\n")
    running = work.start("heal", "job.py", "--rungs", "rewrite_function,rewrite_file", terminal=terminal.name)
    running.until(lambda: "Pull it now? [y/N]" in terminal.text())
    terminal.type("n\n")
    assert running.wait().code == 1
    assert "unhealed (model_missing)" in terminal.text()
