"""What a box may use."""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one box.

    `memory_bytes` is for all its processes together, `processes` counts threads too. `disk_bytes` and
    `files` bound all that the box writes (its copy of the project, /tmp, /dev/shm), which lies in memory.
    `output_bytes` is for each stream: the first and the last half of it are kept.
    """

    memory_bytes: int = 2048 * MIB
    processes: int = 512
    disk_bytes: int = 1024 * MIB
    files: int = 100_000
    open_files: int = 1024
    output_bytes: int = 1 * MIB
    report_bytes: int = 16 * MIB
