"""What all levels share: a job becomes an order to the launcher, its answer a run."""

import os
import secrets
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from goldseam.core.errors import SandboxError
from goldseam.core.loopback import Address
from goldseam.core.observation import Run
from goldseam.core.ports import PROGRAM_PLACE, REPORT_PLACE, Job
from goldseam.sandbox import recipe, toolchain
from goldseam.sandbox.box import Order, run_box
from goldseam.sandbox.launch import Launcher
from goldseam.sandbox.limits import Limits
from goldseam.sandbox.pool import BoxedWorker

SANDBOX_UID = 60_873
"""Whom boxes of a root goldseam run as: a number that Debian and systemd give to nobody."""


@dataclass(frozen=True, slots=True)
class Probe:
    """Whether the level works here. `detail` tells of what is weaker than it could be, or why it fails."""

    works: bool
    detail: str


class Boxes(ABC):
    """Implements `core.ports.Sandbox`. `uid` counts only for root; everybody else stays who they are.

    `extra_read_only` are more paths that boxes may read, `allow` addresses of the host's loopback that they
    may reach, where the level can open one alone.
    """

    level: str
    opens_addresses = False
    private: str
    """Where a box has the folders that belong to no project: reports and worker programs."""

    def __init__(
        self,
        project: Path | None,
        limits: Limits,
        uid: int = SANDBOX_UID,
        environ: Mapping[str, str] | None = None,
        home: Path | None = None,
        extra_read_only: Iterable[Path] = (),
        allow: Iterable[Address] = (),
    ) -> None:
        self._project = _checked_project(project)
        self._limits = limits
        self._allow = tuple(allow) if self.opens_addresses else ()
        uid, gid = (uid, uid) if os.geteuid() == 0 else (os.geteuid(), os.getegid())
        self._tools = toolchain.find(self._project, environ or os.environ, home or Path.home())
        binds = [*self._tools.binds, *_volumes(self._project), *extra_read_only]
        self._launcher = Launcher(self.level, self._project, recipe.existing(binds), uid, gid)

    @property
    def stage(self) -> Mapping[str, Any]:
        """What the launcher prepared; see `stage.Stage`."""
        return self._launcher.stage

    def probe(self) -> Probe:
        """Run one command that does nothing."""
        try:
            run = self.run(Job("exit 7", seconds=20))
        except SandboxError as error:
            return Probe(False, str(error))
        if run.exit_code != 7:
            return Probe(False, f"a command that exits 7 ended {run.ended} with {run.exit_code}")
        return Probe(True, self.stage["detail"])

    def run(self, job: Job) -> Run:
        name, folder = secrets.token_hex(8), self._report_folder()
        places = {REPORT_PLACE: f"{folder}/{name}", PROGRAM_PLACE: f"{self.private}/programs"}
        added = {key: _placed(value, places) for key, value in job.environment.items()}
        overlay = {self._target(path): data for path, data in job.overlay.items()}
        argv, environment = self._words(job.command, (), self._project, folder, added)
        data = [(f"{places[PROGRAM_PLACE]}/{_file_name(file)}", text) for file, text in job.programs.items()]
        what = Order(
            argv, environment, data, overlay, self._project is not None, name, job.seconds, self._allow
        )
        end, stdout, stderr = run_box(self._launcher, what, self._limits)
        return Run(
            job.command,
            end.exit_code,
            end.ended,
            self._as_owner_names(stdout.data(), end.copy),
            self._as_owner_names(stderr.data(), end.copy),
            end.seconds,
            end.report and self._as_owner_names(end.report, end.copy),
            stdout.truncated or stderr.truncated,
            end.written,
        )

    def worker(self, argv: Sequence[str], program: Path) -> BoxedWorker:
        inside = f"{self.private}/worker/{program.name}"

        def order() -> Order:
            data = [(inside, program.read_text("utf-8"))]
            words, environment = self._words('exec "$@"', [*argv, inside], None, self._report_folder(), {})
            return Order(words, environment, data, {}, False, "none", None)

        return BoxedWorker(self._launcher, order, self._limits)

    @property
    def are_apart(self) -> bool:
        """Whether two boxes at once neither share ports nor services nor files."""
        return False

    def close(self) -> None:
        """End every box that still runs; there will be no other."""
        self._launcher.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @abstractmethod
    def _report_folder(self) -> str:
        """Where the next box has its folder for the report."""

    @abstractmethod
    def _words(
        self,
        script: str,
        words: Sequence[str],
        project: Path | None,
        folder: str,
        added: Mapping[str, str],
    ) -> tuple[list[str], dict[str, str]]:
        """Command line and environment of the shell script `script` with `words` as its arguments."""

    def _as_owner_names(self, text: bytes, copy: str | None) -> bytes:
        """Output that names the project where a box saw its copy, which lies elsewhere each time."""
        if copy is None or self._project is None:
            return text
        return text.replace(os.fsencode(copy), os.fsencode(self._project))

    def _target(self, path: str) -> str:
        """The file that a path of the project means, links followed, relative to the project."""
        if self._project is None:
            raise SandboxError(f"{path}: this sandbox has no project to lay it over")
        target = (self._project / path).resolve()
        if not target.is_relative_to(self._project) or target == self._project:
            raise SandboxError(f"{path}: not a file inside the project {self._project}")
        return str(target.relative_to(self._project))


def _placed(value: str, places: Mapping[str, str]) -> str:
    for stand_in, place in places.items():
        value = value.replace(stand_in, place)
    return value


def _file_name(name: str) -> str:
    if name != Path(name).name or name in ("", ".."):
        raise SandboxError(f"{name!r}: not the name of a program file")
    return name


def _checked_project(project: Path | None) -> Path | None:
    if project is None:
        return None
    try:
        resolved = project.resolve(strict=True)
    except OSError as error:
        raise SandboxError(f"{project}: {error.strerror}") from error
    if resolved == resolved.parent or not resolved.is_dir():
        raise SandboxError(f"{project}: not a folder that can be a project")
    return resolved


def _volumes(project: Path | None) -> tuple[Path, ...]:
    if project is None:
        return ()
    mount_info = Path("/proc/self/mountinfo").read_text("utf-8", "replace")
    return toolchain.mounted_below(project, mount_info)
