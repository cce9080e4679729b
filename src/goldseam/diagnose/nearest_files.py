"""Which files of a case a tool is asked about where it cannot be asked about all."""

from collections.abc import Collection
from pathlib import PurePosixPath

from goldseam.core.case import Case


def nearest_files(
    case: Case, most_files: int, most_bytes: int, suffixes: Collection[str] | None = None
) -> dict[str, bytes]:
    """Sources of the case, those that a failure went through first, innermost before; of `suffixes` alone."""
    frames = [frame.path for failure in case.observation.failures for frame in failure.frames]
    ordered = dict.fromkeys([*reversed(frames), case.incident.path, *case.current.files])
    chosen: dict[str, bytes] = {}
    left = most_bytes
    for path in ordered:
        data = case.current.files.get(path)
        is_asked = suffixes is None or PurePosixPath(path).suffix.lower() in suffixes
        if data is not None and is_asked and len(data) <= left and len(chosen) < most_files:
            chosen[path] = data
            left -= len(data)
    return chosen
