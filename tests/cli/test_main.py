"""The command line around the commands: help, mistakes, one clear line, the right exit code."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

MISTAKES = {
    "unknown command": (("heall", "x.py"), "No such command 'heall'"),
    "unknown option": (("heal", "--nosuch", "x.py"), "No such option '--nosuch'"),
    "no value": (("heal", "x.py", "--run"), "requires an argument"),
    "a number that is none": (("heal", "x.py", "--max-tokens", "many"), "not a valid integer"),
    "too small": (("heal", "x.py", "--max-attempts", "0"), "not in the range"),
    "both expectations": (("heal", "x.py", "--expect", "1", "--expect-file", "y"), "not both"),
    "a file as the text": (("heal", "x.py", "--expect", "goldseam.toml"), "--expect-file goldseam.toml"),
    "empty command": (("heal", "x.py", "--run", " "), "--run needs a command"),
    "contradiction": (("heal", "x.py", "--dry-run", "--review"), "--dry-run changes nothing"),
    "unknown rung": (("heal", "x.py", "--rungs", "templates"), "unknown rung 'templates'"),
    "missing expectation": (("heal", "x.py", "--expect-file", "nowhere"), "nowhere"),
    "unknown model": (("heal", "x.py", "--model", "nosuch"), "nosuch"),
}


@pytest.mark.parametrize(("argv", "said"), MISTAKES.values(), ids=MISTAKES)
@pytest.mark.parametrize("as_json", [False, True], ids=["plain", "json"])
def test_a_mistake_is_one_line_and_exit_code_2(work, argv, said, as_json, follows_schema):
    work.write("x.py", "x = (\n")
    before = work.names()
    ended = work.run(argv[0], *(["--json"] if as_json else []), *argv[1:])
    assert ended.code == 2, ended
    assert said in ended.err
    assert ended.err.startswith("goldseam: ")
    assert ended.err.count("\n") == 1
    if as_json:
        document = follows_schema(ended.out)
        assert document["error"]["kind"] == "usage"
        assert said in document["error"]["message"]
    else:
        assert ended.out == ""
    assert work.names() == before
    assert not (work.root / ".goldseam").exists()


def test_help_teaches_with_examples(work):
    for argv in (("--help",), ("heal", "--help"), ("scan", "-h")):
        ended = work.run(*argv)
        assert (ended.code, ended.err) == (0, "")
        assert "goldseam heal" in ended.out or "goldseam scan" in ended.out


def test_called_with_nothing_it_shows_its_help(work):
    ended = work.run()
    assert ended.code in (0, 2)
    assert "Usage: goldseam" in ended.out + ended.err
    assert not ended.err.startswith("goldseam: ")


def test_the_version(work):
    ended = work.run("--version")
    assert ended.code == 0
    assert ended.out.startswith("goldseam, version ")


def test_a_reader_that_goes_away_is_no_defect(work):
    for number in range(200):
        work.write(f"f{number}.py", "def f(\n")
    process = subprocess.Popen(
        [sys.executable, "-m", "goldseam", "scan"],
        cwd=work.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **work.environ},
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    text = process.stderr.read().decode()
    assert process.wait(30) == 1
    assert "Traceback" not in text
    assert "defect" not in text


def test_an_output_on_a_full_disk_is_no_defect(work):
    work.write("a.py", "def f(\n")
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "goldseam", "scan"],
            cwd=work.root,
            stdout=full,
            stderr=subprocess.PIPE,
            env={**os.environ, **work.environ},
            check=False,
        )
    text = ended.stderr.decode()
    assert ended.returncode == 4
    assert "the output cannot be written: No space left on device" in text
    assert "Traceback" not in text


def test_the_installed_command_is_the_same(work):
    work.write("a.py", "def f(\n")
    ended = subprocess.run(
        ["goldseam", "scan", "--json"], cwd=work.root, capture_output=True, env={**os.environ, **work.environ}
    )
    assert ended.returncode == 1
    assert json.loads(ended.stdout)["results"][0]["path"] == "a.py"
