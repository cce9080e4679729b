"""Bad input: one clear line, the right exit code, nothing written."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

import goldseam

pytestmark = pytest.mark.sandbox

BROKEN = "def f(\n"


def one_line(text: str) -> bool:
    return text.startswith("goldseam: ") and text.count("\n") == 1 and "\x1b" not in text


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("missing.py",), "missing.py: no such file"),
        (("empty",), "no source files below empty"),
        (("/",), "no project"),
        (("good.py", "../outside.py"), "lies outside the project"),
        (("a\nb\x1b[31mc.py",), "a\\nb\\x1b[31mc.py"),
        (("x" * 300,), "name too long"),
        (("good.py/below.py",), "not a directory"),
    ],
    ids=[
        "missing",
        "no sources",
        "root",
        "outside",
        "newline and colour",
        "long",
        "below a file",
    ],
)
def test_what_cannot_be_a_path(work, argv, said):
    work.write("good.py", "x = 1\n")
    (work.root.parent / "outside.py").write_text(BROKEN)
    (work.root / "empty").mkdir()
    before, began = work.names(), time.monotonic()
    ended = work.run("heal", *argv)
    assert ended.code == 2, ended
    assert one_line(ended.err), ended.err
    assert said in ended.err
    assert time.monotonic() - began < 5
    assert work.names() == before
    assert not (work.root / ".goldseam").exists()
    assert (work.root.parent / "outside.py").read_text() == BROKEN


DECLINED = {
    "binary": (b"\x7fELF\x00\x01" * 50, "job.py", "unsupported"),
    "ten megabytes": (b"x = (\n" + b"# filler\n" * 1_200_000, "job.py", "unsupported"),
    "protected": (BROKEN.encode(), "tests/test_x.py", "protected"),
}


@pytest.mark.parametrize(("data", "path", "reason"), DECLINED.values(), ids=DECLINED)
def test_what_is_declined_is_not_touched(work, data, path, reason):
    work.write(path, data)
    before = work.names()
    code, result = work.result("heal", path)
    assert (code, result["outcome"], result["reason"]) == (1, "declined", reason)
    assert work.read(path) == data
    assert work.names() == before
    assert not (work.root / ".goldseam").exists()
    plain = work.run("heal", path)
    assert plain.out.splitlines()[0] == f"✘ declined ({reason})  {path}"


LANDING_REFUSES = {
    "read-only": lambda file: file.chmod(0o444),
    "hard link": lambda file: (file.parent / "twin.py").hardlink_to(file),
}


@pytest.mark.parametrize("spoil", LANDING_REFUSES.values(), ids=LANDING_REFUSES)
def test_what_could_not_be_landed_is_declined_before_a_model_is_asked(work, spoil):
    file = work.write("job.py", BROKEN)
    spoil(file)
    code, result = work.result("heal", "job.py")
    assert (code, result["outcome"], result["reason"]) == (1, "declined", "protected")
    assert work.server.asked == []
    assert work.read("job.py").decode() == BROKEN


def test_a_folder_instead_of_a_file_and_a_pipe(work):
    (work.root / "folder.py").mkdir()
    os.mkfifo(work.root / "pipe.py")
    assert work.run("heal", "folder.py").code == 2
    code, result = work.result("heal", "pipe.py")
    assert (code, result["outcome"], result["reason"]) == (1, "declined", "unsupported")


CONFIGURATIONS = {
    "not toml": ("limits = [\n", "goldseam.toml"),
    "unknown key": ("[limits]\nattemps = 3\n", "attempts"),
    "wrong type": ("[limits]\nattempts = 'many'\n", "limits.attempts"),
    "unknown table": ("[limitz]\n", "limits"),
    "not utf-8": (b"\xff\xfe", "goldseam.toml"),
}


@pytest.mark.parametrize(("text", "said"), CONFIGURATIONS.values(), ids=CONFIGURATIONS)
def test_a_broken_configuration(work, text, said):
    work.write("goldseam.toml", text)
    work.write("job.py", BROKEN)
    for command in ("heal", "scan"):
        ended = work.run(command, "job.py")
        assert ended.code == 2
        assert one_line(ended.err), ended.err
        assert said in ended.err
    assert work.read("job.py").decode() == BROKEN
    assert not (work.root / ".goldseam").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="becomes an ordinary user")
def test_an_ordinary_user_who_may_not_read():
    """The package is copied to where that user can read it; the interpreter is one that everybody can run."""
    python, version = "/usr/bin/python3", f"{sys.version_info.major}.{sys.version_info.minor}"
    site = Path(sys.executable).parents[1] / "lib" / f"python{version}" / "site-packages"
    with tempfile.TemporaryDirectory() as place:
        root = Path(place, "work")
        package = Path(goldseam.__file__).parent
        shutil.copytree(package, Path(place, "goldseam"), ignore=shutil.ignore_patterns("__pycache__"))
        root.mkdir()
        for folder in (Path(place), root):
            folder.chmod(0o777)
        for name, mode in (("goldseam.toml", 0o644), ("open.py", 0o644), ("secret.py", 0o600)):
            (root / name).write_text(BROKEN if name.endswith(".py") else "")
            (root / name).chmod(mode)
        environ = {"PYTHONPATH": f"{place}:{site}", "PATH": "/usr/bin:/bin", "HOME": place, "LANG": "C.UTF-8"}

        def run(*argv: str) -> subprocess.CompletedProcess[str]:
            return subprocess.run(
                [python, "-m", "goldseam", *argv],
                cwd=root,
                env=environ,
                user=65_533,
                group=65_533,
                extra_groups=[],
                capture_output=True,
                text=True,
            )

        if run("scan", "--help").returncode:
            pytest.skip("the system's Python does not run the installed packages")
        healed, scanned = run("heal", "secret.py"), run("scan")
        assert (healed.returncode, scanned.returncode) == (1, 1)
        assert healed.stdout == (
            "✘ declined (unsupported)  secret.py\n  secret.py: not readable; check its permissions\n"
        )
        assert "secret.py:1:1  SYN.INVALID  cannot be read: Permission denied\n" in scanned.stdout
        assert scanned.stderr == "2 files, 2 do not parse\n"


@pytest.mark.parametrize(
    ("name", "text", "command"),
    [
        ("job.py", "print(x)\n", "python3 elsewhere.py"),
        ("job.js", "console.log(x)\n", "node elsewhere.js"),
        ("job.php", "<?php echo $x->y();\n", "php elsewhere.php"),
    ],
)
def test_a_command_that_names_no_file_is_told_at_once(work, name, text, command):
    if not shutil.which(command.split()[0]):
        pytest.skip(f"{command.split()[0]} is not installed")
    work.write(f"jobs/{name}", text)
    code, result = work.result("heal", f"jobs/{name}", "--run", command, "--no-model")
    assert code != 0
    assert (result["outcome"], result["reason"]) == ("declined", "environment")
    ended = work.run("heal", f"jobs/{name}", "--run", command, "--no-model")
    assert "there is no file" in ended.out + ended.err
    assert f"commands run in {work.root}" in (ended.out + ended.err).replace("\n", " ").replace("  ", " ")
