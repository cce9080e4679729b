"""Reads files for a diagnosis: any that can be read, whether or not a repair of them could land."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from goldseam.core.errors import Refused
from goldseam.core.source import Snapshot


@dataclass(frozen=True, slots=True)
class ReadOnly:
    """Implements `Landing` below `root` and lands nothing."""

    root: Path

    def read(self, paths: Sequence[str]) -> Snapshot:
        return Snapshot({path: self._bytes_of(path) for path in paths})

    def land(
        self, repair_id: str, original: Snapshot, repaired: Snapshot, confirm: Callable[[], bool]
    ) -> None:
        raise Refused("a diagnosis writes nothing")

    def _bytes_of(self, path: str) -> bytes:
        try:
            return (self.root / path).read_bytes()
        except OSError as error:
            raise Refused(f"{path} cannot be read: {error.strerror}") from error
