"""A repair as a commit on a branch of its own: the owner's work tree, index and current branch stay.

Plumbing commands over a private index, so that neither hooks nor filters of a check-out run.
"""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from goldseam.core.errors import LandingError, Refused
from goldseam.core.record import FileChange

BRANCHES = "goldseam"
IDENTITY = {
    "GIT_AUTHOR_NAME": "goldseam",
    "GIT_AUTHOR_EMAIL": "goldseam@localhost",
    "GIT_COMMITTER_NAME": "goldseam",
    "GIT_COMMITTER_EMAIL": "goldseam@localhost",
}
QUIET = ("-c", "core.hooksPath=/dev/null", "-c", "core.pager=cat", "-c", "core.fsmonitor=false")


class RunGit(Protocol):
    """Runs git with `arguments` in a folder; exit status and all output."""

    def __call__(
        self, arguments: Sequence[str], *, folder: Path, environment: Mapping[str, str]
    ) -> tuple[int, bytes]: ...


class BranchLanding:
    """Commits proven repairs of the project at `root` to branches `goldseam/ID`."""

    def __init__(self, root: Path, run_git: RunGit) -> None:
        self._root = root
        self._run_git = run_git

    def require_tracked(self, paths: Sequence[str]) -> None:
        """`Refused` unless `root` lies in a git repository that tracks all `paths`."""
        for path in paths:
            self._mode_of(path)

    def commit(self, repair_id: str, changes: Sequence[FileChange], message: str) -> str:
        """The name of the new branch, HEAD's commit plus the changed files; `LandingError` if git refuses."""
        branch = f"{BRANCHES}/{repair_id}"
        with tempfile.TemporaryDirectory(prefix="goldseam-git-") as folder:
            index = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
            prefix = self._git("rev-parse", "--show-prefix")
            self._git("read-tree", "HEAD", environment=index)
            for number, change in enumerate(changes):
                blob = Path(folder) / str(number)
                blob.write_bytes(change.after)
                digest = self._git("hash-object", "-w", f"--path={change.path}", str(blob))
                entry = f"{self._mode_of(change.path)},{digest},{prefix}{change.path}"
                self._git("update-index", "--cacheinfo", entry, environment=index)
            tree = self._git("write-tree", environment=index)
        commit = self._git("commit-tree", tree, "-p", "HEAD", "-m", message)
        self._git("update-ref", f"refs/heads/{branch}", commit, "0" * len(commit))
        return branch

    def _mode_of(self, path: str) -> str:
        entry = self._git("ls-files", "--stage", "--", f":(literal){path}")
        if not entry:
            raise Refused(f"{path} is not tracked by git; commit it first, or leave out --branch")
        return entry.split()[0]

    def _git(self, *arguments: str, environment: Mapping[str, str] | None = None) -> str:
        status, output = self._run_git(
            [*QUIET, *arguments], folder=self._root, environment={**IDENTITY, **(environment or {})}
        )
        text = output.decode("utf-8", "replace").strip()
        if status != 0:
            raise LandingError(f"git {arguments[0]} failed in {self._root}: {text or f'status {status}'}")
        return text
