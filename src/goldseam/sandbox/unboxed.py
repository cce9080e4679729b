"""The levels without bubblewrap: a real copy of the project, and a process that confines itself."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from goldseam.sandbox import recipe, wire
from goldseam.sandbox.boxes import Boxes, Probe
from goldseam.sandbox.landlock import NEEDED_VERSION, version


class _Confined(Boxes):
    private = wire.BOX

    def _report_folder(self) -> str:
        return f"{wire.BOX}/report"

    def _words(
        self,
        script: str,
        words: Sequence[str],
        project: Path | None,
        folder: str,
        added: Mapping[str, str],
    ) -> tuple[list[str], dict[str, str]]:
        own = {"HOME": f"{wire.BOX}/home", "TMPDIR": f"{wire.BOX}/tmp"}  # noqa: S108
        environment = {**recipe.variables(self._tools), **own, **added}
        return ["/bin/sh", "-c", recipe.TELL + script, "sh", *words], environment


class Landlock(_Confined):
    """Landlock, seccomp, no new privileges, limits, and a sweep of all that is left behind."""

    level = "landlock"

    def probe(self) -> Probe:
        if (found := version()) < NEEDED_VERSION:
            has = f"version {found}" if found else "none"
            return Probe(
                False, f"Landlock version {NEEDED_VERSION} (Linux 6.12) is needed, this kernel has {has}"
            )
        return super().probe()


class Plain(_Confined):
    """Limits, a session of its own, wall time and the sweep. It hides and protects no file and no network."""

    level = "plain"
