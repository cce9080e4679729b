"""The best level that works here, found out by trying."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from goldseam.core.errors import SandboxError
from goldseam.core.loopback import parse_address
from goldseam.sandbox.boxes import SANDBOX_UID, Boxes, Probe
from goldseam.sandbox.bubblewrap import Bubblewrap
from goldseam.sandbox.limits import Limits
from goldseam.sandbox.unboxed import Landlock, Plain

LEVELS: dict[str, type[Boxes]] = {"bubblewrap": Bubblewrap, "landlock": Landlock, "plain": Plain}
BY_ITSELF = ("bubblewrap", "landlock")
"""Best first. Plain limits are never chosen: only the owner's configuration asks for them."""


def choose(
    project: Path | None,
    limits: Limits,
    *,
    level: str = "auto",
    uid: int = SANDBOX_UID,
    extra_read_only: Iterable[Path] = (),
    allow: Iterable[str] = (),
) -> tuple[Boxes, Probe]:
    """The sandbox, and what its probe told; `level` is `auto` or the one level that may be used.

    Raises `SandboxError` with the reason of every level that was tried: then nothing is run.
    """
    extra, addresses = tuple(extra_read_only), tuple(map(parse_address, allow))
    refused: list[str] = []
    for name in _tried(level):
        sandbox = LEVELS[name](project, limits, uid, extra_read_only=extra, allow=addresses)
        probe = sandbox.probe()
        if probe.works:
            closed = f"sandbox.allow is not followed: {name} cannot open one address alone"
            notes = [*refused, probe.detail, closed if addresses and not sandbox.opens_addresses else ""]
            return sandbox, Probe(True, "; ".join(filter(None, notes)))
        sandbox.close()
        refused.append(f"no {name}: {probe.detail}")
    raise SandboxError(f"no sandbox works here, so nothing is run: {'; '.join(refused)}")


def _tried(level: str) -> Sequence[str]:
    if level == "auto":
        return BY_ITSELF
    if level not in LEVELS:
        raise SandboxError(f"{level}: not a sandbox level; choose one of {', '.join(LEVELS)}")
    return (level,)
