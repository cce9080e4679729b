"""What `doctor` looks at: sandbox, tools, landing and its state, record, models, configuration."""

import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from goldseam.config import Config, load_with_origins, problems
from goldseam.core.errors import (
    ConfigurationError,
    GoldseamError,
    ModelMissing,
    SandboxError,
    ToolMissing,
)
from goldseam.core.journal import Entry, Kind, State
from goldseam.core.ports import Job
from goldseam.land.places import STATE_FOLDER
from goldseam.languages.tools.fetching import COMMAND as PULL
from goldseam.languages.tools.fetching import located, pinned, tools_folder
from goldseam.models.selection import chain_from
from goldseam.models.weights import DEFAULT_MODEL, known_model, locate, model_at, model_folder
from goldseam.sandbox.boxes import Boxes, Probe
from goldseam.sandbox.choose import LEVELS
from goldseam.sandbox.limits import Limits
from goldseam.sandbox.selftest import Held, Trial, self_test
from goldseam.store.journal import SqliteJournal
from goldseam.store.records import StoredRepair
from goldseam.wiring import open_landing, open_records, probed_sandbox

TOOLS = ("python3", "pytest", "node", "npm", "php", "phpunit", "git")
NEEDED_FOR = {
    "node": "JavaScript and TypeScript are neither checked nor run",
    "npm": "what `goldseam tools pull` fetches cannot be fetched",
    "php": "PHP is neither checked nor run",
}
"""What is left undone without a program."""
OLDEST_NODE = 20
RECORDS = 1000
WEAKER = {
    "landlock": "weaker than bubblewrap: other programs' names and file names can be seen",
    "plain": "limits only: commands can read and write whatever their user can",
}


class Health(StrEnum):
    """`NOTE` is worth knowing, `WRONG` makes the exit code 1."""

    OK = "ok"
    NOTE = "note"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Check:
    """One line: what was looked at, how it is, and what mends it."""

    topic: str
    name: str
    state: Health
    message: str
    mend: str = ""


def check_up(root: Path) -> Iterator[Check]:
    """Everything that `doctor` knows of the project at `root`, as it is found out."""
    config, found = _configuration(root)
    yield from found
    yield from _sandbox(root, config)
    yield from _landing(root, config)
    yield from _models(config)


def _configuration(root: Path) -> tuple[Config, list[Check]]:
    topic = "configuration"
    wrong = [Check(topic, "mistake", Health.WRONG, text, "goldseam config check") for text in problems(root)]
    try:
        loaded = load_with_origins(root)
    except ConfigurationError:
        return Config(), wrong
    notes = [Check(topic, "loosened", Health.NOTE, text) for text in loaded.loosened]
    return loaded.config, wrong + notes or [Check(topic, "files", Health.OK, "valid")]


def _sandbox(root: Path, config: Config) -> Iterator[Check]:
    if not sys.platform.startswith("linux"):
        message = f"there is none for {sys.platform} yet, so nothing of a project is run"
        yield Check("sandbox", "level", Health.WRONG, message, "use Linux, or see docs/safety.md")
        return
    try:
        sandbox, probe = probed_sandbox(root, config)
    except SandboxError as error:
        yield Check("sandbox", "level", Health.WRONG, str(error), _level_mend())
        return
    with sandbox:
        yield _level(sandbox, probe)
        yield from _tools(sandbox)
    yield from _self_test(sandbox.level, config)


def _level(sandbox: Boxes, probe: Probe) -> Check:
    groups = sandbox.stage["cgroups"]
    memory = "memory held exactly by cgroups" if groups else "memory watched every 20 to 100 ms"
    weaker = [text for text in (WEAKER.get(sandbox.level, ""), probe.detail) if text]
    message = f"{sandbox.level}; {memory}" + "".join(f"; {text}" for text in weaker)
    strong = sandbox.level == "bubblewrap"
    return Check(
        "sandbox", "level", Health.OK if strong else Health.NOTE, message, "" if strong else _level_mend()
    )


def _level_mend() -> str:
    return "install bubblewrap: `apt-get install bubblewrap` (or dnf, apk, pacman)"


def _tools(sandbox: Boxes) -> Iterator[Check]:
    asked = " ".join(TOOLS)
    told = '"$(command -v $tool)" "$($tool --version 2>&1 | head -n 1)"'
    run = sandbox.run(Job(f"for tool in {asked}; do printf '%s\\t%s\\t%s\\n' $tool {told}; done"))
    for line in run.stdout.decode("utf-8", "replace").splitlines():
        name, _, rest = line.partition("\t")
        place, _, version = rest.partition("\t")
        yield _tool(name, place, version)
    yield _pulled()


def _tool(name: str, place: str, version: str) -> Check:
    if not place:
        lost = NEEDED_FOR.get(name, "commands that need it cannot run")
        return Check("tools", name, Health.NOTE, f"not on PATH: {lost}")
    found = re.match(r"v(\d+)\.", version)
    if name == "node" and found and int(found[1]) < OLDEST_NODE:
        mend = f"install Node.js {OLDEST_NODE} or later"
        return Check("tools", name, Health.NOTE, f"{place} ({version}): too old for the checker", mend)
    return Check("tools", name, Health.OK, f"{place} ({version})")


def _pulled() -> Check:
    """What is asked about TypeScript, and of JavaScript what no run tells."""
    named = ", ".join(f"{tool.name} {tool.version}" for tool in pinned())
    try:
        return Check("tools", "pulled", Health.OK, f"{located(tools_folder())} ({named})")
    except ToolMissing as error:
        return Check("tools", "pulled", Health.NOTE, f"{error}: TypeScript is not checked", PULL)


def _self_test(level: str, config: Config) -> Iterator[Check]:
    def make(project: Path, limits: Limits) -> Boxes:
        extra = config.sandbox.extra_read_only
        return LEVELS[level](project, limits, config.sandbox.uid, extra_read_only=extra)

    return map(_tried, self_test(make))


def _tried(trial: Trial) -> Check:
    detail = f" ({trial.detail})" if trial.detail else ""
    state = {Held.HELD: Health.OK, Held.ESCAPED: Health.WRONG}.get(trial.held, Health.NOTE)
    mend = "do not let goldseam run here; report it" if state is Health.WRONG else ""
    return Check("self-test", trial.name, state, f"{trial.held}{detail}", mend)


def _landing(root: Path, config: Config) -> Iterator[Check]:
    landing = open_landing(root, config)
    try:
        yield Check("landing", "guarantee", Health.OK, landing.guarantee())
        for finding in landing.audit():
            state = Health.WRONG if finding.is_fault else Health.NOTE
            yield Check("landing", finding.path, state, finding.message, finding.mend)
        with open_records(root) as records:
            yield from compared(_journal_entries(root), records.recent(RECORDS, outcome="healed"))
    except GoldseamError as error:
        yield Check("landing", "state", Health.WRONG, str(error))


def _journal_entries(root: Path) -> tuple[Entry, ...]:
    place = root / STATE_FOLDER / "journal.db"
    if not place.is_file():
        return ()
    journal = SqliteJournal(place)
    try:
        return journal.entries()
    finally:
        journal.close()


def compared(entries: Iterable[Entry], healed: Iterable[StoredRepair]) -> Iterator[Check]:
    """The journal of landings against the record of repairs."""
    last = {entry.repair_id: entry for entry in entries if entry.state is State.DONE}
    stored = {each.record.repair_id: each for each in healed}
    for repair_id, entry in last.items():
        names = ", ".join(file.path for file in entry.files)
        if repair_id not in stored:
            message = f"{repair_id} landed in {names} and is not recorded"
            yield Check("record", repair_id, Health.NOTE, message, f"goldseam revert {repair_id} still works")
        elif (entry.kind is Kind.REVERT) != (stored[repair_id].reverted_at is not None):
            message = f"{repair_id} is {_standing(entry)} by the journal of landings, and not by the record"
            yield Check("record", repair_id, Health.NOTE, message, "nothing; the journal is right")
    for repair_id, each in stored.items():
        if repair_id not in last and each.reverted_at is None:
            message = f"{repair_id} is recorded as healed, and the journal of landings does not know it"
            yield Check("record", repair_id, Health.WRONG, message, "it cannot be reverted; look at its diff")
    yield Check(
        "record", "repairs", Health.OK, f"{len(stored)} healed, {len(last)} in the journal of landings"
    )


def _standing(entry: Entry) -> str:
    return "reverted" if entry.kind is Kind.REVERT else "standing"


def _models(config: Config) -> Iterator[Check]:
    try:
        chain = chain_from(config)
    except ConfigurationError as error:
        yield Check("models", "chain", Health.WRONG, str(error), "goldseam config check")
        return
    for named in chain:
        entry = named.entry
        if entry.api_key_env:
            is_set = bool(os.environ.get(entry.api_key_env))
            state = Health.OK if is_set else Health.NOTE
            message = f"{entry.provider}; {entry.api_key_env} is {'set' if is_set else 'not set'}"
            yield Check("models", named.name, state, message)
        elif entry.provider == "local":
            yield _local_model(named.name, entry.path, entry.model)
        else:
            yield Check("models", named.name, Health.OK, entry.provider)


def _local_model(name: str, path: Path | None, model: str) -> Check:
    try:
        file = model_at(path) if path else locate(known_model(model or DEFAULT_MODEL), model_folder())
    except ModelMissing as error:
        return Check("models", name, Health.NOTE, str(error), "goldseam model pull")
    except GoldseamError as error:
        return Check("models", name, Health.WRONG, str(error))
    return Check("models", name, Health.OK, f"{file}")
