"""What `heal` does between the command line and its results."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from goldseam.cli.asking import offer_pull, print_prompt, warn
from goldseam.cli.document import result_of
from goldseam.cli.ending import Told
from goldseam.cli.incidents import Asked, refused_result, root_of, spec_of, writable
from goldseam.cli.terminal import Progress
from goldseam.config import Config, load_with_origins
from goldseam.core.budget import Budget
from goldseam.core.errors import LandingError, UsageError
from goldseam.core.incident import Incident
from goldseam.core.outcome import Autonomy, Reason
from goldseam.core.ports import MODEL_RUNGS, RUNGS
from goldseam.core.record import RepairRecord
from goldseam.core.redaction import Redactor
from goldseam.detect.failing_command import Refusal, Scope, incidents, scope_of
from goldseam.pipeline import repair
from goldseam.plugins import Plugins
from goldseam.wiring import Assembly, Choice, assemble, open_branches, open_landing, protection


@dataclass(frozen=True, slots=True)
class Request:
    """The options of one `heal`, checked against each other."""

    asked: Asked
    autonomy: Autonomy
    branch: bool
    choice: Choice
    max_seconds: float | None
    max_tokens: int | None
    max_attempts: int | None

    @classmethod
    def of(cls, paths: tuple[Path, ...], given: Mapping[str, Any]) -> "Request":
        """From parsed options; `UsageError` where they contradict each other."""
        if given["dry_run"] and (given["review"] or given["branch"]):
            raise UsageError("--dry-run changes nothing: leave out --review and --branch")
        return cls(
            asked=Asked.of(paths, given),
            autonomy=_autonomy(given["dry_run"], given["review"] or given["branch"]),
            branch=given["branch"],
            choice=Choice(
                chain=given["chain"],
                rungs=_rungs(given["rungs"], no_model=given["no_model"]),
                remembers=not given["dry_run"],
                on_prompt=print_prompt if given["show_prompt"] else None,
            ),
            max_seconds=given["max_seconds"],
            max_tokens=given["max_tokens"],
            max_attempts=given["max_attempts"],
        )


def heal(request: Request) -> list[Told]:
    """A result for each incident and each path that was refused."""
    root = root_of(request.asked.paths)
    loaded = load_with_origins(root)
    warn(loaded.loosened)
    config = loaded.config
    plugins = Plugins()
    languages = plugins.languages()
    scope = scope_of(root, request.asked.paths or (root,), languages, protection(config))
    spec = spec_of(request.asked, scope, languages)
    if request.branch:
        _require_tracked(root, scope)
    told: list[Told] = []
    if scope.files:
        if request.autonomy > Autonomy.PROPOSE:
            open_landing(root, config).recover()
        with assemble(root, config, request.choice, plugins) as assembly:
            progress = Progress(redacted=assembly.redactor.redacted)
            scope = writable(root, scope, spec, assembly.workshop.landing)
            found = incidents(scope, spec, assembly.checker, root)
            told = [_healed(incident, request, assembly, progress) for incident in found]
    return [*told, *map(_refused, scope.refused)]


def _require_tracked(root: Path, scope: Scope) -> None:
    try:
        open_branches(root).require_tracked(scope.files)
    except LandingError as error:
        raise UsageError(f"--branch: {error}") from error


def _healed(incident: Incident, request: Request, assembly: Assembly, progress: Progress) -> Told:
    record = repaired(incident, assembly, progress, budget_of(request, assembly.config), request.autonomy)
    if record.reason == Reason.MODEL_MISSING and offer_pull():
        budget = budget_of(request, assembly.config)
        record = repaired(incident, assembly, progress, budget, request.autonomy)
    if request.branch and record.outcome == "held":
        branch = open_branches(assembly.root).commit(record.repair_id, record.changes, _subject(record))
        return Told(
            result_of(record, assembly.redactor),
            f"committed to the branch {branch}; your files are as they were",
        )
    told = told_of(record, assembly.redactor)
    stored = request.autonomy > Autonomy.PROPOSE
    return told if stored else replace(told, result=replace(told.result, repair_id=None))


def repaired(
    incident: Incident, assembly: Assembly, progress: Progress, budget: Budget, autonomy: Autonomy
) -> RepairRecord:
    """Repair one incident, shown as it goes."""
    return progress.follow(repair(incident, assembly.workshop, budget=budget, autonomy=autonomy)).record


def told_of(record: RepairRecord, redactor: Redactor) -> Told:
    """The record as a result with its sentence."""
    return Told(result_of(record, redactor), record.description)


def _subject(record: RepairRecord) -> str:
    codes = ", ".join(record.codes) or "fault"
    return f"Repair {codes} in {record.path}\n\n{record.symptom}\n\nRepair: {record.repair_id}"


def _refused(refusal: Refusal) -> Told:
    return Told(refused_result(refusal), refusal.declined.message)


def budget_of(request: Request, config: Config) -> Budget:
    """The command line's limits, else the configured ones; what neither gives, the faults will decide."""
    asked = {
        "attempts": request.max_attempts,
        "tokens": request.max_tokens,
        "seconds": request.max_seconds,
    }
    limits = config.limits
    return Budget(
        attempts=request.max_attempts or limits.attempts,
        tokens=limits.tokens if request.max_tokens is None else request.max_tokens,
        seconds=request.max_seconds or limits.seconds,
        left_open=frozenset(
            name for name, value in asked.items() if value is None and name not in limits.model_fields_set
        ),
    )


def _autonomy(dry_run: bool, review: bool) -> Autonomy:
    if dry_run:
        return Autonomy.PROPOSE
    return Autonomy.QUEUE if review else Autonomy.LAND


def _rungs(text: str | None, *, no_model: bool) -> tuple[str, ...] | None:
    """The chosen rungs; None for all."""
    chosen = tuple(part.strip() for part in text.split(",") if part.strip()) if text is not None else None
    if unknown := [rung for rung in chosen or () if rung not in RUNGS]:
        raise UsageError(f"unknown rung {unknown[0]!r}; the rungs are: {', '.join(RUNGS)}")
    if not no_model:
        return chosen
    return tuple(rung for rung in chosen or RUNGS if rung not in MODEL_RUNGS)
