"""Hostile inputs by the million: `make bench-fuzz ARGS="--target traceback --inputs 1000000"`.

Mutates valid inputs with the words that each reader looks for; `--engine atheris` lets coverage choose
instead (needs `pip install atheris`). A crash is any exception that leaves a target, a hang an input that
takes more than `--seconds` of the processor. Prints a JSON line for each target and what failed; then the
exit code is 1.
"""

import argparse
import json
import random
import signal
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import FrameType

from fuzz_targets import CORPORA, Feed, feed_of

MOST_FAILURES = 20


class Hang(BaseException):
    """An input took more of the processor than it may."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raises `Hang` inside after so much time of the processor; targets wait for nobody."""
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _hang(number: int, frame: FrameType | None) -> None:
    raise Hang


def failure_of(feed: Feed, data: bytes, seconds: float) -> str | None:
    """What went wrong with one input, or None."""
    try:
        with limited(seconds):
            feed(data)
    except Hang:
        return f"hang of {seconds:g} s"
    except Exception:  # noqa: BLE001 - that is what is looked for
        return traceback.format_exc(limit=-3)
    return None


def fuzz(name: str, inputs: int, seconds: float, seed: int, most_seconds: float) -> dict[str, object]:
    """Feed mutations until `inputs` or `most_seconds` are used up; what was found."""
    signal.signal(signal.SIGPROF, _hang)
    rng, corpus = random.Random(seed), CORPORA[name]
    failures: list[tuple[str, str]] = []
    fed, slowest, began = 0, 0.0, time.monotonic()
    with feed_of(name) as feed:
        while fed < inputs and len(failures) < MOST_FAILURES and time.monotonic() - began < most_seconds:
            data = corpus.mutated(rng)
            start = time.process_time()
            if said := failure_of(feed, data, seconds):
                failures.append((repr(data), said))
            slowest = max(slowest, time.process_time() - start)
            fed += 1
    hangs = sum(said.startswith("hang") for _, said in failures)
    return {
        "target": name,
        "inputs": fed,
        "crashes": len(failures) - hangs,
        "hangs": hangs,
        "slowest_seconds": round(slowest, 3),
        "seconds": round(time.monotonic() - began, 1),
        "failures": failures,
    }


def guided(name: str, inputs: int) -> None:
    """The same target under atheris, which ends the process; goldseam is imported anew for it."""
    import atheris

    for module in [known for known in sys.modules if known.startswith(("goldseam", "fuzz_targets"))]:
        del sys.modules[module]
    with atheris.instrument_imports(include=["goldseam"]):
        targets = import_module("fuzz_targets")
    with targets.feed_of(name) as feed:
        atheris.Setup([sys.argv[0], f"-runs={inputs}", "-timeout=20", "-max_len=20000"], feed)
        atheris.Fuzz()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--target", choices=[*CORPORA, "all"], default="all")
    parser.add_argument("--inputs", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--most-seconds", type=float, default=float("inf"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engine", choices=["mutate", "atheris"], default="mutate")
    given = parser.parse_args()
    if given.engine == "atheris":
        guided(given.target, given.inputs)
    failed = False
    for name in CORPORA if given.target == "all" else [given.target]:
        found = fuzz(name, given.inputs, given.seconds, given.seed, given.most_seconds)
        failures = found.pop("failures")
        print(json.dumps(found), flush=True)
        for data, said in failures:
            print(f"{data}\n{said}", file=sys.stderr)
        failed = failed or bool(failures)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
