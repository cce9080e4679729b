"""The best level: bubblewrap, with each box's own copy of the project laid over the owner's files."""

import os
import secrets
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from goldseam.core.errors import SandboxError
from goldseam.sandbox import recipe
from goldseam.sandbox.boxes import Boxes


class Bubblewrap(Boxes):
    """Namespaces of its own for every box: files, network, processes, users."""

    level = "bubblewrap"
    opens_addresses = True
    private = recipe.PRIVATE

    @property
    def are_apart(self) -> bool:
        return not self._allow

    def _report_folder(self) -> str:
        return f"{self.private}/{secrets.token_hex(8)}"

    def _words(
        self,
        script: str,
        words: Sequence[str],
        project: Path | None,
        folder: str,
        added: Mapping[str, str],
    ) -> tuple[list[str], dict[str, str]]:
        argv = recipe.arguments(
            _installed(),
            script,
            words,
            limits=self._limits,
            etc=self.stage["etc"],
            binds=self.stage["sources"],
            project=project,
            lower=self.stage["lower"],
            environment={**recipe.variables(self._tools), **added},
            report_folder=folder,
            network=project is not None and bool(self._allow),
        )
        return argv, {}


def _installed() -> str:
    found = shutil.which("bwrap", path="/usr/bin:/bin:/usr/local/bin:" + os.environ.get("PATH", ""))
    if found is None:
        raise SandboxError("bubblewrap is not installed: `apt-get install bubblewrap` as root")
    return found
