"""The bytes of a candidate, laid over the project."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from goldseam.core.errors import SandboxError
from goldseam.core.ports import Job


def test_overlay_is_seen_and_keeps_the_mode(box: Any, project: Path) -> None:
    job = Job("./tool.sh; stat -c %a tool.sh hello.txt; cat hello.txt")
    changed = {"tool.sh": b"#!/bin/sh\necho new\n", "hello.txt": b"\xff\r\nnew"}
    run = box.run(Job(job.command, overlay=changed))
    assert run.stdout == b"new\n700\n600\n\xff\r\nnew"
    assert (project / "hello.txt").read_text() == "owner's\n"
    assert box.run(job).stdout == b"old\n700\n600\nowner's\n"


def test_a_new_file_in_a_new_folder_belongs_to_the_box(box: Any) -> None:
    run = box.run(Job("cat a/b/c.txt && echo more >> a/b/c.txt && touch a/d", overlay={"a/b/c.txt": b"x"}))
    assert (run.exit_code, run.stdout) == (0, b"x")


def test_read_only_file(box: Any, project: Path) -> None:
    (project / "hello.txt").chmod(0o400)
    run = box.run(Job("stat -c %a hello.txt; cat hello.txt", overlay={"hello.txt": b"new"}))
    assert run.stdout == b"400\nnew"


def test_symlinked_file_keeps_its_link(box: Any, project: Path) -> None:
    (project / "link.txt").symlink_to("hello.txt")
    (project / "absolute.txt").symlink_to(project / "tool.sh")
    run = box.run(
        Job(
            "readlink link.txt; cat hello.txt; cat absolute.txt",
            overlay={"link.txt": b"1", "absolute.txt": b"2"},
        )
    )
    assert run.stdout == b"hello.txt\n12"


@pytest.mark.parametrize("path", ["../outside", "/etc/passwd", "way-out/f", "a/../../outside", "."])
def test_paths_that_leave_the_project_are_refused(box: Any, project: Path, path: str) -> None:
    (project / "way-out").symlink_to("/tmp")
    with pytest.raises(SandboxError, match="not a file inside the project"):
        box.run(Job("true", overlay={path: b"x"}))


def test_a_cached_pyc_of_the_same_second_and_size_is_not_used(
    box: Any, project: Path, who: str, hand_over: Callable[[Path, str], None]
) -> None:
    module = project / "m.py"
    module.write_text("X = 1\n")
    hand_over(project, who)
    subprocess.run(["/usr/bin/python3", "-m", "py_compile", str(module)], check=True)
    assert list((project / "__pycache__").iterdir())
    run = box.run(Job("python3 -c 'import m; print(m.X)'", overlay={"m.py": b"X = 2\n"}))
    assert run.stdout == b"2\n"


def test_ten_megabytes(box: Any) -> None:
    data = os.urandom(10 << 20)
    run = box.run(Job("wc -c < big; tail -c 4 big", overlay={"big": data}))
    assert run.stdout == b"10485760\n" + data[-4:]


def test_overlay_that_does_not_fit_is_an_error(box: Any) -> None:
    with pytest.raises(SandboxError, match="No space left"):
        box.run(Job("true", overlay={"big": bytes(40 << 20)}))
    assert box.run(Job("true")).succeeded
