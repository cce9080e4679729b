"""System calls that fail from outside: strace injects errors and kills into a real landing process.

    python bench/landing_strace.py --faults 1000 --seed 1                   a process that lands a repair
    python bench/landing_strace.py --faults 100 --command "goldseam revert"  the real command line

Faults hit what our own numbered steps cannot: the calls inside SQLite and the interpreter. Only calls after
landing has taken its lock count, and only faults that strace reports as injected.
"""

import argparse
import functools
import json
import random
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from landing_world import Owner, Repair, build, plain_repair, wrong_contents, wrong_leftovers

from goldseam.core.journal import State
from goldseam.land.landing import FileLanding
from goldseam.store.journal import SqliteJournal

CALLS = (
    *(
        "openat",
        "write",
        "pwrite64",
        "fsync",
        "fdatasync",
        "rename",
        "renameat",
        "renameat2",
        "unlink",
        "unlinkat",
    ),
    *(
        "ftruncate",
        "fchmod",
        "fchown",
        "fsetxattr",
        "mkdirat",
        "flock",
        "fcntl",
        "newfstatat",
        "read",
        "pread64",
    ),
)
FAULTS = ("signal=SIGKILL", "error=ENOSPC", "error=EIO", "error=EACCES", "error=EINTR", "error=EDQUOT")
_LOCKED = re.compile(r'"lock", O_RDWR')


@dataclass(frozen=True, slots=True)
class Job:
    """A landing of `count` files in a process of its own; `command` is the real command line or empty."""

    count: int
    accepted: bool
    command: str

    @property
    def repair(self) -> Repair:
        """What the process does, seen as a repair: `revert` puts the base in place of the new bytes."""
        repair = plain_repair(self.count)
        return Repair(repair.new, repair.base, repair.modes) if self.command else repair


def prepare(tree: Path, job: Job) -> list[str]:
    """The project before the process starts, and the process."""
    if not job.command:
        build(tree, job.repair)
        return [sys.executable, __file__, "--land", str(tree), str(job.count), str(int(job.accepted))]
    repair = plain_repair(job.count)
    build(tree, repair)
    FileLanding(tree, SqliteJournal).land("r", repair.original, repair.repaired, lambda: True)
    return [*shlex.split(job.command), "r"]


def traced(tree: Path, log: Path, options: list[str], command: list[str]) -> int:
    """Run under strace; the exit status."""
    start = ["strace", "-f", "-qq", "--seccomp-bpf", "-o", str(log), *options, "--"]
    ended = subprocess.run([*start, *command], cwd=tree, capture_output=True, timeout=120, check=False)
    return ended.returncode


@functools.cache
def calls_under_lock(tree: Path, job: Job, call: str) -> tuple[int, int]:
    """Numbers of the first and the last `call` after the lock was taken, in an undisturbed run."""
    log = tree.with_name("calls.log")
    traced(tree, log, ["-e", f"trace={call},openat"], prepare(tree, job))
    numbers, locked, seen = [], False, 0
    for line in log.read_text(errors="replace").splitlines():
        if re.search(rf"\b{call}\(", line):
            seen += 1
            numbers += [seen] if locked else []
        locked = locked or bool(_LOCKED.search(line))
    return (numbers[0], numbers[-1]) if numbers else (0, 0)


def inject(tree: Path, job: Job, rng: random.Random) -> tuple[bool, str, list[str]]:
    """One fault; whether it took place, which, and what it broke."""
    call, fault = rng.choice(CALLS), rng.choice(FAULTS)
    first, last = calls_under_lock(tree, job, call)
    if not first:
        return False, call, []
    number = rng.randint(first, last)
    name = f"{call}:{fault}:when={number} {job}"
    log = tree.with_name("fault.log")
    command = prepare(tree, job)
    code = traced(tree, log, ["-e", f"trace={call}", "-e", f"inject={call}:{fault}:when={number}"], command)
    killed = code == -signal.SIGKILL
    if not killed and "INJECTED" not in log.read_text(errors="replace"):
        return False, name, []
    return True, name, broken(tree, job)


def broken(tree: Path, job: Job) -> list[str]:
    """Recover, then check every promise."""
    committed = _is_committed(tree, job)
    wrong = [
        f"not recovered: {done.trouble}"
        for done in FileLanding(tree, SqliteJournal).recover()
        if done.trouble
    ]
    allowed = {"new"} if committed else {"base"}
    return wrong + wrong_contents(tree, job.repair, Owner(tree), allowed) + wrong_leftovers(tree)


def _is_committed(tree: Path, job: Job) -> bool:
    path = tree / ".goldseam" / "journal.db"
    if not path.exists():
        return False
    journal = SqliteJournal(path)
    entries = journal.entries()
    journal.close()
    return len(entries) > bool(job.command) and entries[-1].state in (State.VERIFIED, State.DONE)


def land(tree: str, count: str, accepted: str) -> int:
    """The process under strace."""
    repair = plain_repair(int(count))
    FileLanding(Path(tree), SqliteJournal).land(
        "r", repair.original, repair.repaired, lambda: accepted == "1"
    )
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--faults", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--command", default="", help="the real command line, run as COMMAND ID")
    parser.add_argument("--land", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.land:
        return land(*given.land)
    start, faults, tries, violations = time.monotonic(), 0, 0, 0
    folder = Path(tempfile.mkdtemp(prefix="goldseam-strace-", dir="/dev/shm"))
    try:
        while faults < given.faults:
            tries += 1
            rng = random.Random(f"{given.seed}-{tries}")
            job = Job(rng.choice((1, 3)), bool(given.command) or rng.random() < 0.6, given.command)
            hit, name, wrong = inject(folder / "tree", job, rng)
            faults += hit
            violations += bool(wrong)
            if wrong:
                print(f"VIOLATION seed {given.seed}, try {tries}: {name}: {wrong}", flush=True)
    finally:
        shutil.rmtree(folder)
    seconds = round(time.monotonic() - start, 1)
    record = {"seed": given.seed, "command": given.command or "land", "tries": tries, "faults": faults}
    print(json.dumps({**record, "violations": violations, "seconds": seconds}))
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
