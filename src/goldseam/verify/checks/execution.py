"""The `--run` check: the program ends well and prints what it should."""

from collections.abc import Callable
from dataclasses import dataclass

from goldseam.core.observation import Ended, Run
from goldseam.core.outputs import differing_lines, same_output, starts_with
from goldseam.core.plain import readable


@dataclass(frozen=True, slots=True)
class Finding:
    """One check's word: `measure` ranks red findings, smaller is nearer to green."""

    name: str
    green: bool
    measure: float
    evidence: str


def judge_run(
    run: Run,
    *,
    expected: bytes | None,
    prefix: list[bytes | None],
    lines_left: float,
    text_of: Callable[[bytes], str] = readable,
) -> Finding:
    """Exit code 0 and the demanded output.

    `prefix` is what the failing program printed first; `lines_left` how many lines of the file under
    repair lie behind the point where it failed. `text_of` makes output readable.
    """
    if not run.succeeded:
        return Finding("run", False, 1_000 + lines_left, _ending(run))
    if expected is not None:
        if same_output(run.stdout, expected):
            return Finding("run", True, 0, "exit code 0, expected output")
        evidence = f"printed {_shown(text_of(run.stdout))}, expected {_shown(text_of(expected))}"
        return Finding("run", False, differing_lines(run.stdout, expected), evidence)
    if not starts_with(run.stdout, prefix):
        return Finding("run", False, 500, "exit code 0, but what it printed before is gone or changed")
    return Finding("run", True, 0, "exit code 0, earlier output kept")


def _ending(run: Run) -> str:
    match run.ended:
        case Ended.TIMEOUT:
            return f"'{run.command}' did not end within {run.seconds:.0f} s"
        case Ended.MEMORY:
            return f"'{run.command}' filled the memory it may have"
        case Ended.KILLED:
            return f"'{run.command}' was ended by signal {-run.exit_code}"
        case Ended.EXITED:
            last = run.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
            said = f": {last[0][:300]}" if last else ""
            return f"'{run.command}' ended with exit code {run.exit_code}{said}"


def _shown(output: str) -> str:
    text = output.strip()
    return repr(text if len(text) <= 600 else f"{text[:300]} … {text[-300:]}")
