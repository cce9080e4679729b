"""Each missing sync and each missing check is a mutant of landing; the crash test must see every one.

    python bench/landing_mutants.py

copies the package, breaks one place of it, and runs the quick crash test on the copy until a promise is
broken. A survivor, or a mutant that no longer fits the code, fails the run.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).parent
_SOURCE = _HERE.parent / "src" / "goldseam"


@dataclass(frozen=True, slots=True)
class Mutant:
    """`old` occurs once in `file` and becomes `new`."""

    name: str
    file: str
    old: str
    new: str


TRANSACTION, BACKUPS, SESSION, LANDING = (
    f"land/{name}.py" for name in ("transaction", "backups", "session", "landing")
)
MUTANTS = (
    Mutant("new file not synced", TRANSACTION, "effects.sync(descriptor, part.label)", "pass"),
    Mutant("backup not synced", BACKUPS, "effects.sync(descriptor, place.label)", "pass"),
    Mutant(
        "folder of backups not synced",
        BACKUPS,
        'self.effects.sync_folder(self.blobs, f"{STATE_FOLDER}/{_BLOBS}")',
        "pass",
    ),
    Mutant(
        "project folder not synced",
        BACKUPS,
        "effects.sync_folder(project, str(root))",
        "pass",
    ),
    Mutant(
        "exchanges not synced before the oracle",
        TRANSACTION,
        "        self._sync_folders()\n        self._move(State.APPLIED)",
        "        self._move(State.APPLIED)",
    ),
    Mutant(
        "folders not synced after an undo",
        TRANSACTION,
        "_troubles([*restores, self._sync_folders])",
        "_troubles(restores)",
    ),
    Mutant(
        "displaced files not synced",
        TRANSACTION,
        "self._backups.sync()\n        self._sync_folders()",
        "pass",
    ),
    Mutant("displaced file not checked", TRANSACTION, "if came == expected:", "if True:"),
    Mutant(
        "owner's second save not noticed",
        TRANSACTION,
        "        for slot in self._slots:\n            self._require_ours(slot)\n",
        "",
    ),
    Mutant(
        "target not checked before the commit",
        TRANSACTION,
        "self._effects.look(slot.target) != intent.new",
        "False",
    ),
    Mutant(
        "displaced not checked before the commit",
        TRANSACTION,
        "or self._effects.look(slot.temp) != intent.base",
        "",
    ),
    Mutant("undo without looking", TRANSACTION, "if here != slot.intent.new:", "if False:"),
    Mutant(
        "displaced file dropped",
        TRANSACTION,
        "self._backups.retire(slot.temp, self._kept_name(slot))",
        "self._effects.discard(slot.temp)",
    ),
    Mutant(
        "torn file under the final name",
        TRANSACTION,
        "return self.temp.beside(self.temp.name + PART)",
        "return self.temp",
    ),
    Mutant("mode not kept", TRANSACTION, "effects.set_mode(descriptor, like.mode, label)", "pass"),
    Mutant("owner not kept", TRANSACTION, "effects.set_owner(descriptor, user, group, label)", "pass"),
    Mutant("attributes not kept", TRANSACTION, "effects.set_xattr(descriptor, name, value, label)", "pass"),
    Mutant("torn temp left behind", TRANSACTION, "self._effects.discard(slot.part)", "pass"),
    Mutant(
        "nothing is tried twice",
        TRANSACTION,
        "    except TROUBLE:\n        return step()",
        "    except TROUBLE:\n        raise",
    ),
    Mutant(
        "a committed repair is undone",
        TRANSACTION,
        "return _twice(self._stored_state) is State.VERIFIED",
        "return False",
    ),
    Mutant(
        "intent after the exchange",
        LANDING,
        "        with landing_errors():\n            transaction.commit()",
        "        with landing_errors():\n            transaction.finish()",
    ),
    Mutant("oracle not asked", LANDING, "        if not proven:", "        if False:"),
    Mutant("no undo", LANDING, "            _take_back(transaction, error)\n", ""),
    Mutant("recovery finishes what was not proven", SESSION, "entry.state is State.VERIFIED and not", "not"),
    Mutant(
        "recovery undoes what was proven",
        SESSION,
        "if entry.state is State.VERIFIED and not transaction.was_undone():",
        "if False:",
    ),
    Mutant(
        "half an undo is finished",
        SESSION,
        "entry.state is State.VERIFIED and not transaction.was_undone():",
        "entry.state is State.VERIFIED:",
    ),
    Mutant(
        "settled entries are not cleaned",
        SESSION,
        "            return transaction.close(entry.state)",
        "            return entry.state",
    ),
    Mutant("no lock", "land/effects.py", "fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)", "pass"),
    Mutant(
        "exchange by link not completed",
        TRANSACTION,
        "        self._effects.replace(slot.aside, slot.temp)\n\n    def _restorer",
        "\n    def _restorer",
    ),
    Mutant(
        "half an exchange by link is not finished",
        TRANSACTION,
        "            self._effects.replace(slot.aside, slot.temp)\n        elif",
        "            pass\n        elif",
    ),
    Mutant("torn backups are not swept", BACKUPS, "torn = name.endswith(PART)", "torn = False"),
)


def killed_by(mutant: Mutant, folder: Path) -> str:
    """The first broken promise, or empty if the mutant survived."""
    package = folder / "goldseam"
    shutil.rmtree(package, ignore_errors=True)
    shutil.copytree(_SOURCE, package, ignore=shutil.ignore_patterns("__pycache__"))
    path = package / mutant.file
    text = path.read_text()
    if text.count(mutant.old) != 1:
        raise SystemExit(f"the mutant {mutant.name!r} does not fit {mutant.file} any more")
    path.write_text(text.replace(mutant.old, mutant.new))
    command = [sys.executable, _HERE / "crash_test.py", "--only", "quick", "--stop"]
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if ended.returncode == 0:
        return ""
    lines = [line for line in (ended.stdout + ended.stderr).splitlines() if line.strip()]
    return next((line for line in lines if line.startswith("VIOLATION")), lines[-1])


def main() -> int:
    wanted = sys.argv[1:]
    results, start = [], time.monotonic()
    with tempfile.TemporaryDirectory(prefix="goldseam-mutants-") as folder:
        for mutant in MUTANTS:
            if wanted and not any(word in mutant.name for word in wanted):
                continue
            reason = killed_by(mutant, Path(folder))
            results.append({"mutant": mutant.name, "killed": bool(reason), "by": reason[:300]})
            print(f"{'killed  ' if reason else 'SURVIVED'}  {mutant.name}", file=sys.stderr, flush=True)
    survivors = [result["mutant"] for result in results if not result["killed"]]
    record = {"mutants": len(results), "survivors": survivors, "seconds": round(time.monotonic() - start, 1)}
    print(json.dumps({**record, "results": results}, indent=1))
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
