"""The same boxes asked for by root and by an ordinary user: both must hold."""

import os
import pickle
import shutil
import struct
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

import goldseam
from goldseam.core.observation import Run
from goldseam.core.ports import Job
from goldseam.sandbox.boxes import Boxes
from goldseam.sandbox.bubblewrap import Bubblewrap
from goldseam.sandbox.limits import MIB, Limits

ORDINARY_UID = 60_900
SYSTEM_PYTHON = "/usr/bin/python3"
SERVE = """
import pickle, struct, sys
def receive():
    size = sys.stdin.buffer.read(4)
    return pickle.loads(sys.stdin.buffer.read(struct.unpack("!I", size)[0])) if size else None
make, arguments = receive()
target = make(*arguments)
while asked := receive():
    name, arguments = asked
    try:
        answer = True, getattr(target, name)(*arguments)
    except Exception as error:
        answer = False, error
    data = pickle.dumps(answer)
    sys.stdout.buffer.write(struct.pack("!I", len(data)) + data)
    sys.stdout.buffer.flush()
"""
SMALL = Limits(memory_bytes=256 * MIB, processes=40, disk_bytes=32 * MIB, files=2000, output_bytes=64 * 1024)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    missing = shutil.which("bwrap") is None
    if missing and os.environ.get("CI") == "true":
        pytest.exit("bubblewrap is missing: `apt-get install bubblewrap`", returncode=1)
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker("sandbox")
            if missing:
                item.add_marker(pytest.mark.skip(reason="NOT TESTED: bubblewrap is not installed"))


def install_package(place: Path) -> Path:
    """What boxes need of goldseam, where an ordinary user can read it."""
    package = place / "package" / "goldseam"
    if not package.exists():
        source = Path(goldseam.__file__).parent
        for part in ("core", "sandbox"):
            shutil.copytree(source / part, package / part)
        shutil.copy(source / "__init__.py", package)
    return package


@pytest.fixture(name="package")
def _package() -> Callable[[Path], Path]:
    return install_package


class OrdinaryUser:
    """A sandbox that lives in a process of an ordinary user; asked by the same calls."""

    def __init__(
        self, level: type[Boxes], place: Path, arguments: Sequence[Any], environ: dict[str, str]
    ) -> None:
        path = str(install_package(place).parent)
        self.process = subprocess.Popen(
            [SYSTEM_PYTHON, "-c", SERVE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            user=ORDINARY_UID,
            group=ORDINARY_UID,
            extra_groups=[],
            cwd="/",
            env={"PATH": "/usr/bin:/bin", "HOME": str(place), **environ, "PYTHONPATH": path},
        )
        self._send((level, arguments))

    def _send(self, message: Any) -> None:
        data = pickle.dumps(message)
        assert self.process.stdin is not None
        self.process.stdin.write(struct.pack("!I", len(data)) + data)
        self.process.stdin.flush()

    def _ask(self, name: str, *arguments: Any) -> Any:
        self._send((name, arguments))
        assert self.process.stdout is not None
        (size,) = struct.unpack("!I", self.process.stdout.read(4))
        worked, answer = pickle.loads(self.process.stdout.read(size))
        if not worked:
            raise answer
        return answer

    def run(self, job: Job) -> Run:
        run: Run = self._ask("run", job)
        return run

    def probe(self) -> Any:
        return self._ask("probe")

    def close(self) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(20)
        self.process.stdout.close()


@pytest.fixture(params=["root", "ordinary user"])
def who(request: pytest.FixtureRequest) -> str:
    if request.param == "root" and os.geteuid() != 0:
        pytest.skip("NOT TESTED: root's sandbox needs root")
    if request.param == "ordinary user" and os.geteuid() == 0 and not Path(SYSTEM_PYTHON).exists():
        pytest.skip(f"NOT TESTED: an ordinary user's sandbox needs {SYSTEM_PYTHON}")
    return str(request.param)


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that anybody may enter: pytest's own belong to root alone."""
    folder = Path(tempfile.mkdtemp(prefix="goldseam-test-"))
    folder.chmod(0o755)
    yield folder
    subprocess.run(["/bin/rm", "-rf", str(folder)], check=True)


@pytest.fixture
def project(place: Path, who: str) -> Path:
    """A project of mode 0700 below a home of mode 0700, with files of mode 0600."""
    folder = place / "home" / "project"
    folder.mkdir(parents=True)
    (folder / "hello.txt").write_text("owner's\n")
    (folder / "tool.sh").write_text("#!/bin/sh\necho old\n")
    for path, mode in ((folder.parent, 0o700), (folder, 0o700)):
        path.chmod(mode)
    (folder / "hello.txt").chmod(0o600)
    (folder / "tool.sh").chmod(0o700)
    hand_over(folder.parent, who)
    return folder


@pytest.fixture(name="hand_over")
def _hand_over() -> Callable[[Path, str], None]:
    return hand_over


def hand_over(top: Path, who: str) -> None:
    """Make a tree the property of the one who asks for boxes."""
    if who == "ordinary user" and os.geteuid() == 0:
        for path in (top, *top.rglob("*")):
            os.chown(path, ORDINARY_UID, ORDINARY_UID, follow_symlinks=False)


type_of_sandbox = Callable[..., Any]


@pytest.fixture
def make(who: str, place: Path) -> Iterator[type_of_sandbox]:
    """Makes sandboxes of the one who asks: `make(project, limits, environ)`."""
    made: list[Any] = []

    def make_one(
        project: Path | None,
        limits: Limits = SMALL,
        environ: dict[str, str] | None = None,
        level: type[Boxes] = Bubblewrap,
        allow: Sequence[tuple[str, int]] = (),
    ) -> Any:
        given = {"PATH": "/usr/bin:/bin", **(environ or {})}
        if who == "root" or os.geteuid() != 0:
            made.append(level(project, limits, environ=given, home=place / "home", allow=allow))
        else:
            arguments = (project, limits, 0, given, place / "home", (), allow)
            made.append(OrdinaryUser(level, place, arguments, given))
        return made[-1]

    yield make_one
    for sandbox in made:
        sandbox.close()


@pytest.fixture
def box(make: type_of_sandbox, project: Path) -> Any:
    return make(project)


@pytest.fixture
def own_box(place: Path) -> Iterator[Bubblewrap]:
    """A box asked for by this process, whoever runs it."""
    project = place / "own"
    project.mkdir()
    with Bubblewrap(project, SMALL, environ={"PATH": os.environ["PATH"]}) as sandbox:
        yield sandbox
