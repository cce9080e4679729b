"""What a command needs is there, wherever it is installed, and nothing beside it."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from goldseam.core.ports import Job
from goldseam.sandbox.bubblewrap import Bubblewrap
from goldseam.sandbox.limits import Limits
from goldseam.sandbox.toolchain import find


def make_venv(place: Path, python: str) -> Path:
    subprocess.run([python, "-m", "venv", "--without-pip", place], check=True)
    package = next((place / "lib").glob("python3*/site-packages")) / "planted"
    package.mkdir()
    (package / "__init__.py").write_text("ANSWER = 42\n")
    return place


IMPORT = Job('python -c "import planted, sys; print(planted.ANSWER, sys.prefix)"')


def test_environment_of_the_project_at_its_own_path(
    make: Any, project: Path, who: str, hand_over: Any
) -> None:
    venv = make_venv(project / ".venv", "/usr/bin/python3")
    hand_over(venv, who)
    assert make(project).run(IMPORT).stdout == f"42 {venv}\n".encode()


def test_active_environment_in_another_closed_folder(
    make: Any, project: Path, who: str, hand_over: Any, place: Path
) -> None:
    venv = make_venv(place / "home" / "envs" / "one", "/usr/bin/python3")
    (place / "home" / "envs" / "secret").write_text("planted")
    venv.parent.chmod(0o700)
    hand_over(place / "home", who)
    box = make(project, environ={"VIRTUAL_ENV": str(venv)})
    assert box.run(IMPORT).stdout == f"42 {venv}\n".encode()
    assert box.run(Job(f"ls {venv.parent}")).stdout == b"one\n"


def test_environment_made_from_this_interpreter(place: Path) -> None:
    """Whose prefix lies below root's home where pyenv or uv installed it."""
    venv = make_venv(place / ".venv", sys.executable)
    with Bubblewrap(place, Limits(), environ={"PATH": os.environ["PATH"]}) as box:
        assert box.run(IMPORT).stdout == f"42 {venv}\n".encode()
        run = box.run(Job("python -c 'import sys; print(sys.base_prefix)'"))
    assert run.stdout.decode().strip() == sys.base_prefix


def test_a_closed_installation_of_root_is_readable_by_the_box(place: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("NOT TESTED: root's sandbox needs root")
    venv = make_venv(place / "env", "/usr/bin/python3")
    subprocess.run(["/bin/chmod", "-R", "go-rwx", str(venv)], check=True)
    (place / "p").mkdir()
    with Bubblewrap(place / "p", Limits(), environ={"VIRTUAL_ENV": str(venv)}) as box:
        assert box.run(IMPORT).stdout.startswith(b"42")
        assert box.run(Job(f"touch {venv}/x")).exit_code != 0


def test_numeric_packages_of_this_environment_run(tmp_path: Path) -> None:
    """A heavy import with threads and shared libraries, under the default limits."""
    with Bubblewrap(tmp_path, Limits(), environ={"VIRTUAL_ENV": sys.prefix}) as box:
        run = box.run(Job('python -c "import psutil, sqlalchemy; print(psutil.Process().name())"'))
    assert run.stdout == b"python\n", run.stderr


@pytest.mark.parametrize("tool", ["node --version", "php --version"])
def test_tools_of_the_system(own_box: Bubblewrap, tool: str) -> None:
    if subprocess.run(
        f"command -v {tool.split()[0]}", shell=True, stdout=subprocess.DEVNULL, check=False
    ).returncode:
        pytest.skip(f"NOT TESTED: {tool} is not installed")
    assert own_box.run(Job(tool)).succeeded


def folder(path: Path, *files: str) -> Path:
    for name in files:
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text("")
    return path


def binds_of(home: Path, *entries: Path, venv: Path | None = None) -> set[Path]:
    environ = {"PATH": ":".join(map(str, entries))} | ({"VIRTUAL_ENV": str(venv)} if venv else {})
    own = find(None, {}, home).binds
    return {bind for bind in find(None, environ, home).binds if bind not in own}


def test_prefixes_are_bound_and_never_a_home(tmp_path: Path) -> None:
    home = folder(tmp_path / "home", "bin/mine", ".local/bin/tool", ".local/share/keyrings/secret")
    node = folder(home / ".nvm/versions/node/v20", "bin/node", "include/node/node.h")
    pyenv = folder(home / ".pyenv", "shims/python", "versions/3.12/bin/python")
    work = folder(home / "work", "bin/run", "secret")
    entries = (home / "bin", home / ".local/bin", node / "bin", pyenv / "shims", work / "bin", home / "gone")
    assert binds_of(home, *entries) == {home / "bin", home / ".local/bin", node, pyenv, work / "bin"}


def test_a_linked_tool_brings_its_environment_and_what_that_was_made_from(tmp_path: Path) -> None:
    home = folder(tmp_path / "home", ".local/bin/plain")
    base = folder(home / ".local/share/uv/python/cpython-3.12", "bin/python3.12", "lib/python3.12/os.py")
    tool = folder(home / ".local/share/pipx/venvs/pytest", "bin/pytest", "pyvenv.cfg")
    (tool / "pyvenv.cfg").write_text(f"home = {base}/bin\n")
    (home / ".local/bin/pytest").symlink_to(tool / "bin/pytest")
    assert binds_of(home, home / ".local/bin") == {home / ".local/bin", tool, base}


def test_the_active_environment_comes_first_then_path_then_our_own(tmp_path: Path) -> None:
    venv = folder(tmp_path / "venv", "bin/python", "pyvenv.cfg")
    tools = find(None, {"VIRTUAL_ENV": str(venv), "PATH": "/usr/bin"}, tmp_path / "home")
    assert tools.path[:2] == (venv / "bin", Path("/usr/bin"))
    assert tools.path[-1] == Path(sys.executable).parent or Path(sys.executable).parent in tools.path
    assert tools.venv == venv
