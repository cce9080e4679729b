"""System calls that fail from outside under the real `goldseam heal`, from one of landing's effects on.

    make bench-heal-strace ARGS="--faults 1000 --seed 1"

A heal runs until an effect of landing that chance picks, and stops there; strace takes hold of it and lets it
go on with one call failing or killing. Only faults that strace reports as injected count. Afterwards the
next start recovers, and every promise is checked: the file is its owner's or the repair, whole, with its
mode; it is the repair if the command said so; nothing of ours lies beside it.
"""

import argparse
import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from landing_strace import CALLS, FAULTS

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from goldseam.config import load
from goldseam.wiring import open_landing
from running import Nursery, Running, Server, serving

BEFORE = b"import sys\r\ndef f()\r\n    return sys\r\n"
AFTER = BEFORE.replace(b"f()", b"f():")
COMMANDS = (
    ("heal", "job.py", "--rungs", "rewrite_file"),
    ("heal", "job.py", "--rungs", "rewrite_file", "--run", "python3 job.py"),
)
CONFIGURATION = """
[models]
chain = ["scripted"]
[models.entries.scripted]
provider = "openai_compatible"
model = "scripted"
base_url = "{url}"
"""


@dataclass(frozen=True, slots=True)
class Trial:
    """One heal: its command line, the effect where strace takes hold, and what it injects."""

    command: tuple[str, ...]
    stop_at: int
    call: str
    fault: str
    when: int

    @property
    def inject(self) -> str:
        return f"inject={self.call}:{self.fault}:when={self.when}"


def drawn(rng: random.Random, effects: int) -> Trial:
    return Trial(
        rng.choice(COMMANDS),
        rng.randint(1, effects),
        rng.choice(CALLS),
        rng.choice(FAULTS),
        rng.choice((1, 1, 1, 2, 2, 3, 4, 6, 9)),
    )


@dataclass(frozen=True, slots=True)
class Bench:
    """Where heals run: `folder` in memory, a nursery, a model that knows the answer."""

    folder: Path
    nursery: Nursery
    server: Server

    @property
    def root(self) -> Path:
        return self.folder / "work"

    def prepare(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        for name in ("work", "home", "home/cache", "home/tmp"):
            (self.folder / name).mkdir(parents=True)
        (self.root / "goldseam.toml").write_text(CONFIGURATION.format(url=self.server.url))
        (self.root / "job.py").write_bytes(BEFORE)
        (self.root / "job.py").chmod(0o750)
        self.server.asked.clear()
        self.server.answers[:] = [f"```python\n{AFTER.decode()}\n```"]

    def heal(self, command: tuple[str, ...], **watched: object) -> Running:
        tools = Path(sys.executable).parent
        environ = {
            "PATH": f"{tools}:/usr/local/bin:/usr/bin:/bin",
            "VIRTUAL_ENV": str(tools.parent),
            "HOME": str(self.folder / "home"),
            "XDG_CACHE_HOME": str(self.folder / "home" / "cache"),
            "TMPDIR": str(self.folder / "home" / "tmp"),
            "LANG": "C.UTF-8",
        }
        return self.nursery.start(command, cwd=self.root, environ=environ, **watched)  # type: ignore[arg-type]

    def broken(self, code: int) -> list[str]:
        """Recover as the next start does, then every promise that does not hold."""
        wrong = []
        with contextlib.suppress(FileNotFoundError):
            done = open_landing(self.root, load(self.root)).recover()
            wrong += [f"not recovered: {entry.trouble}" for entry in done if entry.trouble]
        job = self.root / "job.py"
        data = job.read_bytes() if job.exists() else None
        if data not in (BEFORE, AFTER):
            wrong.append(f"neither the owner's nor the repair: {data!r}")
        if code == 0 and data != AFTER:
            wrong.append("the command said that it healed")
        if code in (1, 3) and data != BEFORE:
            wrong.append(f"the command ended with {code} and left the repair")
        if job.exists() and job.stat().st_mode & 0o7777 != 0o750:
            wrong.append(f"mode {job.stat().st_mode:o}")
        beside = {path.name for path in self.root.iterdir()} - {"job.py", "goldseam.toml", ".goldseam"}
        return [*wrong, *(f"left {name}" for name in sorted(beside))]


def injected(bench: Bench, trial: Trial) -> tuple[bool, list[str]]:
    """Whether the fault took place, and what it broke."""
    bench.prepare()
    log = bench.folder / "strace.log"
    running = bench.heal(trial.command, stop_at=trial.stop_at)
    if not _stopped(running):
        return False, []
    options = ["-f", "-o", str(log), "-e", f"trace={trial.call}", "-e", trial.inject]
    with subprocess.Popen(
        ["strace", *options, "-p", str(running.pid)], stderr=subprocess.PIPE, text=True
    ) as tracer:
        assert tracer.stderr is not None
        told = tracer.stderr.readline()
        running.send(signal.SIGCONT)
        ended = running.wait()
        if "attached" not in told:
            return False, []
    told = log.read_text(errors="replace") if log.exists() else ""
    took_place = "INJECTED" in told or ended.code == -signal.SIGKILL
    return took_place, bench.broken(ended.code) if took_place else []


def _stopped(running: Running) -> bool:
    """Wait until it stops itself; False if it ended before."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            state = Path(f"/proc/{running.pid}/stat").read_text().rpartition(") ")[2][0]
        except (FileNotFoundError, ProcessLookupError):
            return False
        if state in "Zt":
            return False
        if state == "T":
            return True
        time.sleep(0.002)
    return False


@contextlib.contextmanager
def opened() -> Iterator[Bench]:
    folder = Path(tempfile.mkdtemp(prefix="goldseam-heal-", dir="/dev/shm"))
    folder.chmod(0o755)
    nursery, servers = Nursery(), serving()
    try:
        yield Bench(folder / "trial", nursery, next(servers))
    finally:
        nursery.close()
        servers.close()
        shutil.rmtree(folder)


def effects_of(bench: Bench) -> int:
    """How many effects an undisturbed heal has."""
    bench.prepare()
    steps = bench.folder / "steps"
    ended = bench.heal(COMMANDS[0], steps=steps).wait()
    assert ended.code == 0, ended
    return len(steps.read_text().splitlines())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--faults", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    start, faults, tries, violations = time.monotonic(), 0, 0, 0
    with opened() as bench:
        effects = effects_of(bench)
        while faults < given.faults:
            tries += 1
            trial = drawn(random.Random(f"{given.seed}-{tries}"), effects)
            hit, wrong = injected(bench, trial)
            faults += hit
            if wrong:
                violations += 1
                print(f"VIOLATION seed {given.seed}, try {tries}: {trial}: {wrong}", flush=True)
            if tries % 50 == 0:
                print(f"{faults} faults of {tries} tries", file=sys.stderr, flush=True)
    seconds = round(time.monotonic() - start, 1)
    record = {"seed": given.seed, "effects": effects, "tries": tries, "faults": faults}
    print(json.dumps({**record, "violations": violations, "seconds": seconds}))
    return 1 if violations else 0


if __name__ == "__main__":
    os.umask(0o022)
    sys.exit(main())
