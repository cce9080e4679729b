"""Where a red run showed a failure, in the files of the case."""

from collections.abc import Iterator
from dataclasses import dataclass

from goldseam.core.case import Case
from goldseam.core.fault import Code, Evidence, Fault, Place
from goldseam.core.incident import Frame
from goldseam.core.observation import Failure
from goldseam.core.redaction import REDACTED
from goldseam.core.source import Edit, Span
from goldseam.diagnose.names.program import Module, Program, program_of

MAX_SYMPTOMS = 40


@dataclass(frozen=True)
class Symptom:
    """A failure and its frames in files of the case, outermost first; `is_own` if the innermost is one."""

    failure: Failure
    frames: tuple[tuple[Frame, Module], ...]
    is_own: bool
    program: Program

    @property
    def frame(self) -> Frame:
        return self.frames[-1][0]

    @property
    def module(self) -> Module:
        return self.frames[-1][1]

    @property
    def line(self) -> int:
        return self.frame.line

    @property
    def kind(self) -> str:
        return self.failure.kind.rpartition(".")[2]

    @property
    def message(self) -> str:
        return " ".join(self.failure.message.split())

    def fault(
        self,
        code: Code,
        module: Module,
        span: Span,
        hint: str,
        suspiciousness: float = 0.95,
        fix: tuple[Edit, ...] = (),
        why: str = "",
    ) -> Fault:
        """A fault that this symptom shows."""
        said = f"{self.failure.kind}: {self.message}".removesuffix(": ")
        shown = Evidence("traceback", f"{self.frame.path}, line {self.line}: {said}")
        evidence = (shown, Evidence("source", why)) if why else (shown,)
        return Fault(
            code,
            module.path,
            span,
            said,
            hint,
            suspiciousness,
            detail=self.kind,
            fix=fix,
            evidence=evidence,
            symptom=Place(self.frame.path, self.line),
        )


def symptoms(case: Case) -> Iterator[Symptom]:
    """Each distinct failure that went through a file of the case, and the failures that caused it."""
    program = program_of(case.current.files)
    seen: set[tuple[str, str, str, int]] = set()
    for failure in _with_causes(case):
        frames = tuple(
            (frame, module)
            for frame in failure.frames
            if (module := program.module(frame.path)) and _is_true(frame, module)
        )
        if not frames or len(seen) == MAX_SYMPTOMS:
            continue
        key = (failure.kind, failure.message, frames[-1][0].path, frames[-1][0].line)
        if key not in seen:
            seen.add(key)
            yield Symptom(failure, frames, frames[-1][0] == failure.frames[-1], program)


def _with_causes(case: Case) -> Iterator[Failure]:
    for failure in case.observation.failures:
        yield failure
        yield from failure.causes


def _is_true(frame: Frame, module: Module) -> bool:
    """A log can claim anything: the frame's line must hold what it quotes, unless that was rewritten."""
    quoted = frame.source.strip()
    if not quoted or REDACTED in quoted or not quoted.isascii():
        return True
    return quoted.encode() in module.data
