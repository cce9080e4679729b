"""Many candidates in one box: the job that tries them, and what it reports.

The owner's own command runs beside a language's *screener*, which takes over where the command's program
starts and tries one candidate after the other (`languages/workers/python_screen*.py`). Its report is written
in the same box in which candidates run, so it is data of untrusted programs: every size and shape is checked,
and a forged line can do no more than make a candidate promising, or hide one. What is promising is judged.
"""

import base64
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from goldseam.core.candidate import Candidate, Mark, Screening
from goldseam.core.errors import SandboxError
from goldseam.core.language import Language, language_of
from goldseam.core.observation import Ended, Run, TestOutcome, TestResult
from goldseam.core.plain import one_line
from goldseam.core.ports import Job, Sandbox
from goldseam.core.source import Edit

BATCH = "batch.json"
MOST_BYTES = 4_000_000
MAX_MARKS, MAX_MARK = 200, 16
MAX_RECORDS, MAX_EVIDENCE, MAX_OUTPUT = 20_000, 300, 1_000_000
TEST, RUN = "test", "run"
Record = dict[str, Any]
_MASK = re.compile(r"[0-9a-f]{1,32}")


@dataclass(frozen=True, slots=True)
class Batch:
    """Candidates for a command, in their order, and what the command did without them.

    `tests` maps test ids to results, `ignored` are those that count for nothing; both stay empty for `RUN`.
    `overlay` is what lies over the owner's files.
    """

    mode: str
    plain: Run
    path: str
    candidates: Sequence[Candidate]
    overlay: Mapping[str, bytes]
    tests: Mapping[str, TestResult] = field(default_factory=dict)
    ignored: Iterable[str] = ()


@dataclass(slots=True)
class Screener:
    """Runs batches in boxes; a command that no screener can take over is not tried again."""

    sandbox: Sandbox
    languages: tuple[Language, ...]
    programs: Path | None
    refused: set[tuple[str, str]] = field(default_factory=set)

    def reported(self, batch: Batch, seconds: float) -> dict[int, Record]:
        """What was reported of each candidate, by its place; nothing of those that were not reached."""
        found: dict[int, Record] = {}
        for language, places in self._by_language(batch.candidates):
            key = (language.name, batch.plain.command)
            if key in self.refused:
                continue
            part = replace(batch, candidates=[batch.candidates[place] for place in places])
            records, could = self._run(part, language, seconds)
            if not could:
                self.refused.add(key)
            found |= {places[at]: record for at, record in records.items()}
        return found

    def _by_language(self, candidates: Sequence[Candidate]) -> list[tuple[Language, list[int]]]:
        """Places of the candidates that are all in one language which has a screener, up to a size."""
        found: dict[str, tuple[Language, list[int]]] = {}
        left = MOST_BYTES
        for place, candidate in enumerate(candidates):
            left -= candidate.patch.size
            language, *others = [language_of(path, self.languages) for path in candidate.patch.paths] or [
                None
            ]
            is_one = language is not None and all(other is language for other in others)
            if left >= 0 and is_one and language is not None and language.screener is not None:
                found.setdefault(language.name, (language, []))[1].append(place)
        return list(found.values())

    def _run(self, batch: Batch, language: Language, seconds: float) -> tuple[dict[int, Record], bool]:
        """Records by place, and whether the screener could take over."""
        job = screening_job(batch, language, self.programs, seconds)
        if job is None:
            return {}, False
        try:
            run = self.sandbox.run(job)
        except SandboxError:
            return {}, True
        records = list(_records(run.report or b""))
        could = run.ended is not Ended.EXITED or any(one.get("is") != "unable" for one in records)
        return _by_place(records, len(batch.candidates)), could


def screening_job(batch: Batch, language: Language, programs: Path | None, seconds: float) -> Job | None:
    """The owner's command beside a language's screener; None where there is none."""
    screener = language.screener
    if screener is None or programs is None:
        return None
    laid = {name: (programs / name).read_text("utf-8") for name in screener.files}
    laid[BATCH] = json.dumps(
        {
            "command": batch.plain.command,
            "path": batch.path,
            "seconds": seconds,
            "ran": batch.plain.seconds if batch.plain.ended is Ended.EXITED else 0.0,
            "tests": {
                name: (result.outcome.value, result.seconds)
                for name, result in batch.tests.items()
                if result.outcome is not TestOutcome.SKIPPED
            },
            "ignored": sorted(batch.ignored),
            "candidates": [
                [(path, [_told(edit) for edit in edits]) for path, edits in one.patch.edits.items()]
                for one in batch.candidates
            ],
        }
    )
    environment = {**screener.environment, "GOLDSEAM_SCREEN_MODE": batch.mode}
    return Job(batch.plain.command, batch.overlay, environment, seconds, laid)


def _told(edit: Edit) -> tuple[int, int, str]:
    return edit.span.start, edit.span.end, base64.b64encode(edit.replacement).decode()


def _records(report: bytes) -> Iterator[Record]:
    for line in report.splitlines()[:MAX_RECORDS]:
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(record, dict):
            yield record


def _by_place(records: Iterable[Record], count: int) -> dict[int, Record]:
    """The first record of each candidate, with what it shares with an earlier one."""
    found: dict[int, Record] = {}
    for record in records:
        at, other = record.get("at"), record.get("as")
        if type(at) is not int or not 0 <= at < count:
            continue
        if at not in found:
            found[at] = {**found.get(other, {}), **record} if type(other) is int else record
        elif record.get("is") == "behaviour":
            found[at]["behaviour"] = record.get("behaviour")
    return found


def screening_in(record: Record | None) -> Screening:
    """The screening that a record of a test run tells; unscreened if it is damaged or missing."""
    told = record or {}
    mark, gain, evidence = told.get("mark"), told.get("gain"), told.get("evidence")
    if mark not in ("red", "promising") or type(evidence) is not str:
        return Screening(Mark.UNSCREENED)
    if not isinstance(gain, int | float) or not -1 <= gain <= 1:
        return Screening(Mark.UNSCREENED)
    line = one_line(evidence, MAX_EVIDENCE)
    return Screening(Mark(mark), float(gain), line, _behaviour(told), _mended(told.get("mended")))


def _mended(mask: Any) -> int:
    """The tests that a candidate turned green, a bit each."""
    return int(mask, 16) if type(mask) is str and _MASK.fullmatch(mask) else 0


def _behaviour(told: Record) -> tuple[str, ...]:
    marks = told.get("behaviour")
    if not isinstance(marks, list) or not all(type(mark) is str for mark in marks[:MAX_MARKS]):
        return ()
    return tuple(mark[:MAX_MARK] for mark in marks[:MAX_MARKS])


def run_in(record: Record | None, command: str) -> Run | None:
    """The run of a script that a record tells; None if it is damaged or missing."""
    told = record or {}
    ended, code = told.get("ended"), told.get("exit")
    out, err = _decoded(told.get("out")), _decoded(told.get("err"))
    if ended not in ("exited", "killed", "timeout") or type(code) is not int or out is None or err is None:
        return None
    return Run(command, code, Ended(ended), out, err, 0.0)


def _decoded(text: Any) -> bytes | None:
    if type(text) is not str or len(text) > 2 * MAX_OUTPUT:
        return None
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return None
