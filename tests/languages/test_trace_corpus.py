"""Traces that interpreters, pytest, pm2 and Xdebug print, and recorded ones: read right in 98 of 100.

What is not installed is said in the summary and lowers what must be there.
"""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from fetched import fetched
from goldseam.core.incident import Frame
from goldseam.core.observation import Failure
from goldseam.core.plain import readable
from goldseam.diagnose.analyzers.failure import classify
from goldseam.plugins import Plugins
from printed_traces import CORPUS, PHP_WAYS, Trace, by_interpreter, by_pm2, by_pytest, recorded

ALL, PRINTED, RIGHT = 150, 100, 0.98
INLINED = ("<listcomp>", "<dictcomp>", "<setcomp>")
"""Frames that Python has had no more since 3.12."""


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The programs of each family in a folder of their own."""
    root = tmp_path_factory.mktemp("traces").resolve()
    return {
        family: shutil.copytree(CORPUS / family, root / family)
        for family in ("python", "node", "php", "pytest", "pm2")
    }


@pytest.fixture(scope="module")
def traces(folders: dict[str, Path]) -> list[Trace]:
    """All that can be printed here."""
    return [*by_interpreter("python", folders["python"], {"": [sys.executable]}), *_more(folders)]


def _more(folders: dict[str, Path]) -> Iterator[Trace]:
    yield from by_pytest(folders["pytest"])
    if shutil.which("node"):
        yield from by_interpreter("node", folders["node"], {"": ["node"]})
    if shutil.which("php"):
        has_xdebug = any(Path("/usr/lib/php").glob("*/xdebug.so"))
        ways = {way: argv for way, argv in PHP_WAYS.items() if way != "xdebug" or has_xdebug}
        yield from by_interpreter("php", folders["php"], {way: ["php", *argv] for way, argv in ways.items()})
    if shutil.which("php") and (packages := fetched(folders["pm2"], "trace-corpus")):
        yield from by_pm2(packages / "pm2" / "bin" / "pm2", folders["pm2"], folders)


def told(trace: Trace) -> list[Failure]:
    """What all languages read in a trace, as the observer asks them."""
    text = readable(trace.text.encode())
    return [failure for language in Plugins().languages() for failure in language.failures_in(text)]


def own_frames(failure: Failure, folder: Path) -> list[str]:
    """Frames of the programs' own files."""
    return [_shown(frame, folder) for frame in failure.frames if _is_own(frame, folder)]


def _is_own(frame: Frame, folder: Path) -> bool:
    if frame.function in INLINED or frame.path.startswith("<"):
        return False
    return not frame.path.startswith("/") or frame.path.startswith(f"{folder}/")


def _shown(frame: Frame, folder: Path) -> str:
    return f"{frame.path.removeprefix(f'{folder}/')}:{frame.line} {frame.function}".strip()


def misses(trace: Trace) -> Iterator[str]:
    """How what was read differs from what is expected."""
    found = told(trace)
    if len(found) != len(trace.expected):
        yield f"{len(found)} failures for {len(trace.expected)}: {[failure.kind for failure in found]}"
        return
    for failure, expected in zip(found, trace.expected, strict=True):
        frames = [frame for frame in expected["frames"] if not frame.endswith(INLINED)]
        seen = {
            "kind": failure.kind,
            "message": failure.message.replace(f"{trace.folder}/", ""),
            "code": str(classify(failure)[0]),
            "frames": own_frames(failure, trace.folder)[-len(frames) :] if frames else [],
            "causes": [f"{cause.kind}: {cause.message}" for cause in failure.causes],
        }
        wanted = {"causes": [], **expected, "frames": frames}
        yield from (
            f"{name}: {seen[name]!r} for {wanted[name]!r}"
            for name in seen
            if not _agrees(wanted[name], seen[name])
        )


def _agrees(wanted: object, seen: object) -> bool:
    if isinstance(wanted, list) and isinstance(seen, list):
        return len(wanted) == len(seen) and all(map(_agrees, wanted, seen))
    if isinstance(wanted, str) and isinstance(seen, str):
        wanted, seen = _even(wanted), _even(seen)
        return seen.startswith(wanted[:-1].rstrip()) if wanted.endswith("…") else seen == wanted
    return wanted == seen


def _even(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.splitlines())


@pytest.mark.timeout(900)
def test_traces_are_read_right(traces: list[Trace]) -> None:
    every = [*traces, *recorded()]
    wrong = {trace.name: found for trace in every if (found := list(misses(trace)))}
    for name, found in wrong.items():
        print(name, *found, sep="\n  ")
    print(f"{len(every) - len(wrong)} of {len(every)} traces read right, {len(traces)} of them printed now")
    assert len(every) - len(wrong) >= RIGHT * len(every)
    assert len(traces) >= PRINTED
    assert len(every) >= ALL


def test_every_program_of_the_corpus_is_expected_to_fail() -> None:
    for trace in recorded():
        assert trace.expected, trace.name


def test_a_wrong_reading_is_seen() -> None:
    trace = next(recorded())
    moved = [{**failure, "frames": ["elsewhere.py:1 f"]} for failure in trace.expected]
    assert not list(misses(trace))
    assert list(misses(Trace(trace.name, trace.text, trace.folder, moved)))
