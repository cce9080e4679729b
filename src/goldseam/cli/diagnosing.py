"""What `diagnose` does between the command line and its results."""

import posixpath
import shlex
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from goldseam.cli.asking import warn
from goldseam.cli.document import Judgement, Result
from goldseam.cli.incidents import Asked, refused_result, root_of, spec_of, writable
from goldseam.cli.working import Working
from goldseam.config import load_with_origins
from goldseam.core.diagnosis import Diagnosis
from goldseam.core.incident import Incident, OracleSpec
from goldseam.core.ports import SyntaxChecker
from goldseam.core.redaction import Redactor
from goldseam.detect.failing_command import Scope, incidents, scope_of
from goldseam.land.reading import ReadOnly
from goldseam.pipeline import examine
from goldseam.plugins import Plugins
from goldseam.wiring import Assembly, Choice, assemble, protection

MAX_TOGETHER = 400
"""So many sound files of a folder are examined as one program; the sentence of the result says so."""


@dataclass(frozen=True, slots=True)
class Examined:
    """A result and a sentence about it."""

    result: Result
    message: str


def diagnose(asked: Asked) -> list[Examined]:
    """A result for each incident, for the sound files of a folder together, and for each path refused."""
    root = root_of(asked.paths)
    loaded = load_with_origins(root)
    warn(loaded.loosened)
    plugins = Plugins()
    languages = plugins.languages()
    judged = asked.run or asked.test or asked.expected is not None
    protected = protection(loaded.config) if judged else lambda path: None
    scope = scope_of(root, asked.paths or (root,), languages, protected)
    spec = spec_of(asked, scope, languages)
    found: list[Examined] = []
    working = Working()
    if scope.files:
        with working.shown(), assemble(root, loaded.config, Choice(remembers=False), plugins) as assembly:
            reading = ReadOnly(root)
            assembly = replace(assembly, workshop=replace(assembly.workshop, landing=reading))
            named = _incidents(writable(root, scope, spec, reading), spec, assembly.checker, root, working)
            found = [_examined(incident, assembly, working) for incident in named]
    refused = [Examined(refused_result(one), one.declined.message) for one in scope.refused]
    return [*found, *(replace(one, result=replace(one.result, suspicions=())) for one in refused)]


def heal_command(asked: Asked) -> str:
    """The command line that repairs what was diagnosed."""
    words = ["goldseam", "heal", *map(str, asked.paths)]
    for option, value in (("--run", asked.run), ("--test", asked.test)):
        words += [option, value] if value else []
    if asked.expected is not None:
        words += ["--expect", asked.expected.decode("utf-8", "replace")]
    return shlex.join(words)


def _incidents(
    scope: Scope, spec: OracleSpec, checker: SyntaxChecker, root: Path, working: Working
) -> Iterator[Incident]:
    """As for `heal`; without a command also the sound files below folders, as one incident."""
    if spec.commands:
        yield from incidents(scope, spec, checker, root)
        return
    yield from incidents(replace(scope, found=()), spec, checker, root)
    sound = []
    for path in scope.found:
        working.say(f"reading {path}")
        if path in scope.named:
            continue
        if checker.check(path, (root / path).read_bytes()) is None:
            sound.append(path)
        else:
            yield Incident(path, (path,), "does not parse", spec)
    if sound:
        yield Incident(sound[0], tuple(sound[:MAX_TOGETHER]), f"{len(sound)} files that parse", spec)


def _examined(incident: Incident, assembly: Assembly, working: Working) -> Examined:
    working.say(f"examining {_name_of(incident)}")
    with _clock() as seconds:
        diagnosis = examine(incident, assembly.workshop)
    sources = diagnosis.snapshot.files if diagnosis.snapshot else {}
    redactor = _knowing(assembly.redactor, diagnosis, sources)
    result = Result(
        path=_name_of(incident),
        outcome=_outcome(diagnosis),
        reason=str(diagnosis.declined.reason) if diagnosis.declined else None,
        faults=diagnosis.faults,
        seconds=seconds[0],
        judgement=_judgement(diagnosis),
        sources=sources,
        suspicions=diagnosis.suspicions,
        plan=diagnosis.plan,
        redactor=redactor,
    )
    return Examined(result, redactor.redacted(_sentence(incident, diagnosis)))


def _name_of(incident: Incident) -> str:
    """The file; of many files without a command the folder that holds them."""
    if incident.oracle.commands or len(incident.paths) == 1:
        return incident.path
    return posixpath.commonpath(incident.paths) or "."


def _outcome(diagnosis: Diagnosis) -> str:
    if diagnosis.declined:
        return "declined"
    green = diagnosis.verdict is not None and diagnosis.verdict.plausible
    return "clean" if green and not diagnosis.faults else "faulty"


def _sentence(incident: Incident, diagnosis: Diagnosis) -> str:
    if diagnosis.declined or diagnosis.verdict is None:
        return diagnosis.declined.message if diagnosis.declined else ""
    if not incident.oracle.commands and diagnosis.verdict.plausible:
        left_out = incident.symptom if len(incident.paths) == MAX_TOGETHER else ""
        return f"the first {MAX_TOGETHER} of {left_out}" if left_out else _parses(len(incident.paths))
    return diagnosis.verdict.evidence


def _parses(count: int) -> str:
    return "parses" if count == 1 else f"{count} files parse"


def _judgement(diagnosis: Diagnosis) -> Judgement | None:
    if diagnosis.verdict is None:
        return None
    colour = "green" if diagnosis.verdict.plausible else "red"
    return Judgement(colour, colour, diagnosis.verdict.checks)


def _knowing(redactor: Redactor, diagnosis: Diagnosis, sources: Mapping[str, bytes]) -> Redactor:
    """One that knows what the shown files hold as secrets."""
    shown = {fault.path for fault in (*diagnosis.faults, *diagnosis.suspicions)}
    return redactor.knowing(sources.get(path, b"").decode("utf-8", "replace") for path in sorted(shown))


@contextmanager
def _clock() -> Iterator[list[float]]:
    """Seconds that the block took, in the list when it has ended."""
    start, seconds = time.monotonic(), list[float]()
    yield seconds
    seconds.append(time.monotonic() - start)
