"""A long-lived boxed program: asked, late, dead, replaced, closed."""

import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from psutil import Process

from goldseam.core.errors import SandboxError
from goldseam.core.ports import Worker
from goldseam.sandbox.bubblewrap import Bubblewrap

PROGRAM = """
import json, os, sys, time
for line in sys.stdin:
    asked = json.loads(line)
    match asked.get("do"):
        case "sleep": time.sleep(60)
        case "die": print("last words", file=sys.stderr); sys.exit(3)
        case "crash": os.kill(os.getpid(), 11)
        case "noise": os.write(2, b"x" * 3_000_000)
        case "text": print("no json", flush=True); continue
        case "list": print("[1]", flush=True); continue
        case "hog": hoard = [bytes([1]) * 2**20 for _ in range(2000)]; time.sleep(60)
    answer = {"echo": asked, "pid": os.getpid(), "files": os.listdir("."), "uid": os.getuid()}
    print(json.dumps(answer), flush=True)
"""


@pytest.fixture
def worker(own_box: Bubblewrap, tmp_path: Path) -> Iterator[Worker]:
    program = tmp_path / "program.py"
    program.write_text(textwrap.dedent(PROGRAM))
    program.chmod(0o600)
    made = own_box.worker([sys.executable, "-I", "-S"], program)
    yield made
    made.close()


def test_answers_by_one_program(worker: Worker) -> None:
    answers = [worker.ask({"n": number}, seconds=10) for number in range(20)]
    assert [answer["echo"] for answer in answers] == [{"n": number} for number in range(20)]
    assert len({answer["pid"] for answer in answers}) == 1
    assert answers[0]["files"] == []
    assert answers[0]["uid"] != 0


def test_an_answer_is_quick(worker: Worker) -> None:
    worker.ask({}, seconds=10)
    start = time.monotonic()
    for _ in range(50):
        worker.ask({}, seconds=10)
    assert time.monotonic() - start < 0.5


def test_large_question_and_answer(worker: Worker) -> None:
    text = "ä" * 3_000_000
    assert worker.ask({"text": text}, seconds=20)["echo"]["text"] == text


def test_noise_on_stderr_does_not_block(worker: Worker) -> None:
    assert worker.ask({"do": "noise"}, seconds=10)["echo"] == {"do": "noise"}


@pytest.mark.parametrize(
    ("do", "message"),
    [
        ("sleep", "no answer within 0.5 s"),
        ("die", "exit code 3.*last words"),
        ("crash", "exit code -11"),
        ("text", "no JSON"),
        ("list", "no JSON object"),
    ],
)
def test_what_goes_wrong_is_told_and_the_program_replaced(worker: Worker, do: str, message: str) -> None:
    assert worker.ask({}, seconds=10)
    with pytest.raises(SandboxError, match=message):
        worker.ask({"do": do}, seconds=0.5 if do == "sleep" else 10)
    assert worker.ask({"again": 1}, seconds=10)["echo"] == {"again": 1}


def test_memory_of_a_worker_is_bounded(worker: Worker) -> None:
    with pytest.raises(SandboxError, match="memory"):
        worker.ask({"do": "hog"}, seconds=20)


def test_a_program_that_cannot_start_says_why(own_box: Bubblewrap, tmp_path: Path) -> None:
    (tmp_path / "x").write_text("")
    worker = own_box.worker(["/no/such/interpreter"], tmp_path / "x")
    with pytest.raises(SandboxError, match="not found"):
        worker.ask({}, seconds=10)
    worker.close()


def boxes_of(launchers: list[Process]) -> list[Process]:
    """Keepers and all below them; a launcher's children may be holders of groups, which stay."""
    return [box for launcher in launchers for holder in launcher.children() for box in holder.children()]


def test_close_leaves_nothing_and_may_be_repeated(worker: Worker, own_box: Bubblewrap) -> None:
    worker.ask({}, seconds=10)
    launchers = Process().children()
    assert any(launcher.children(recursive=True) for launcher in launchers)
    worker.close()
    worker.close()
    deadline = time.monotonic() + 2
    while boxes_of(launchers) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert boxes_of(launchers) == []
    assert worker.ask({}, seconds=10)


def test_no_descriptor_is_left(own_box: Bubblewrap, tmp_path: Path) -> None:
    (tmp_path / "x.py").write_text(PROGRAM)
    own_box.probe()
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(3):
        worker = own_box.worker([sys.executable, "-I", "-S"], tmp_path / "x.py")
        worker.ask({}, seconds=10)
        worker.close()
        own_box.probe()
    assert len(list(Path("/proc/self/fd").iterdir())) == before
